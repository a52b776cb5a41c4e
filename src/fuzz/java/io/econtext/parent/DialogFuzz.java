package io.econtext.parent;

import io.econtext.ConnectFailedException;
import io.econtext.Launch;
import io.econtext.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a program prints that is to start a context, any bytes at all. The first byte says what kind of program it is, the
 * second in what pieces they come; a byte 1 in them leads from stdout to stderr and back.
 *
 * <p>Nothing is thrown; a context is up by the right answer only; a password is given away once, to whom may ask; little
 * is kept.
 */
public final class DialogFuzz {
    private static final String ANSWER = "4711";
    private static final byte[] BOOT = "all that is sent while it boots".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PASSWORD = "sesame\n".getBytes(StandardCharsets.US_ASCII);

    private DialogFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        BootDialog dialog = new BootDialog(launch(data[0] & 7), ANSWER);
        Said said = new Said((data[0] & 7) == 0);
        said.take(dialog.begin(BOOT.clone()));
        int piece = 1 + (data[1] & 255);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean err = false;
        int at = 2;
        while (at < data.length && !dialog.isUp()) {
            int end = at;
            while (end < data.length && end - at < piece && data[end] != 1) {
                end++;
            }
            if (err) {
                dialog.err(data, at, end - at);
            } else {
                dialog.out(data, at, end - at);
                out.write(data, at, end - at);
            }
            byte[] due = dialog.next();
            while (due != null) {
                said.take(due);
                due = dialog.written();
            }
            err ^= end < data.length && data[end] == 1;
            at = end < data.length && data[end] == 1 ? end + 1 : end;
        }
        dialog.errEnded();
        check(
                !dialog.isUp() || out.toString(StandardCharsets.ISO_8859_1).contains("econtext-" + ANSWER + " "),
                "up without the answer");
        check(dialog.isUp() || dialog.ended("exit status 1") != null, "failed without a reason");
        checkLines(dialog.lastLines());
        if (dialog.failure() != null) {
            checkLines(dialog.failure().lines());
            Printable.line(dialog.failure().text());
        }
    }

    private static Launch launch(int kind) {
        Launch.Builder launch = Launch.of("/usr/bin/sudo", "-k").failsBy(1);
        launch.fails("(?i)is not in the sudoers", ConnectFailedException.NotAllowed.class, "ask for it");
        switch (kind) {
            case 0:
                return null;
            case 1:
                return launch.build();
            case 2:
                return launch.asksPassword("[econtext] password:", Secret.of("sesame"))
                        .build();
            case 3:
                return launch.asksPassword(null, Secret.of("sesame")).build();
            case 4:
                return launch.asksPassword("password:", null).build();
            default:
                return launch.asksPasswordOnTerminal(Secret.of("sesame")).build();
        }
    }

    private static void checkLines(List<String> lines) {
        check(lines.size() <= 20, "keeps " + lines.size() + " lines");
        for (String line : lines) {
            check(line.length() <= 8192, "keeps a line of " + line.length());
            Printable.line(line);
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** What was written to the program: the boot bytes once, before them the password once at most. */
    private static final class Said {
        private final boolean withoutPassword;
        private boolean password;
        private boolean boot;

        Said(boolean withoutPassword) {
            this.withoutPassword = withoutPassword;
        }

        void take(byte[] bytes) {
            if (bytes == null) {
                return;
            }
            check(!boot, "writes after the boot");
            boot = Arrays.equals(bytes, BOOT);
            if (!boot) {
                check(Arrays.equals(bytes, PASSWORD), "writes " + Arrays.toString(bytes));
                check(!withoutPassword && !password, "gives the password away");
                password = true;
            }
        }
    }
}
