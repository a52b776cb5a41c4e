package io.econtext.tests.hostile;

import io.econtext.CommandLine;
import io.econtext.ContextOptions;
import io.econtext.Way;
import io.econtext.core.Message;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@link HostileChild} as a program, which takes the place of what its parent meant to start: so it can be the child of
 * any context that has Java on its host.
 *
 * <pre>
 *   java -cp CLASSES io.econtext.tests.hostile.HostileProgram LIE COMMAND
 * </pre>
 *
 * LIE is the name of one of {@link Lies}, COMMAND what the parent would run.
 */
final class HostileProgram {
    private static final Pattern NONCE = Pattern.compile("a=\\$\\(\\(([0-9]+)\\*17\\)\\)");
    private static final Pattern SCRIPT = Pattern.compile("c=\\$\\(\\(([0-9]+)-");
    private static final Pattern BOOT_JAR = Pattern.compile("l=\\$\\(\\(([0-9]+)-\\$\\(wc");

    private HostileProgram() {}

    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        String command = arguments[1];
        byte[] script = new byte[number(SCRIPT, command)];
        in.readFully(script);
        in.readFully(new byte[number(BOOT_JAR, new String(script, StandardCharsets.US_ASCII))]);
        String answer = Integer.toString(17 * number(NONCE, command));
        new HostileChild(in, new FileOutputStream(FileDescriptor.out), answer, Lies.named(arguments[0])).run();
    }

    private static int number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern + " in " + text);
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Leads to one on the host of the context that starts it. */
    static Way way(String name, ContextOptions options, String lie) {
        return CommandLine.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx64m",
                        "-cp",
                        home(HostileProgram.class) + File.pathSeparator + home(Message.class),
                        HostileProgram.class.getName(),
                        lie)
                .oneLine()
                .named(name)
                .with(options)
                .build();
    }

    private static Path home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
