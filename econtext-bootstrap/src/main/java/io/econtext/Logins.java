package io.econtext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds who is logged in: in {@code utmp}, and where that was abandoned, among logind's sessions. Stateless. */
final class Logins {
    /*
     * struct utmp: type (2, padded to 4) | pid (4) | line (32) | id (4) | user (32) | host (256) | …
     * in all 384 bytes, or 400 where its times have 64 bits, as on aarch64
     */
    private static final int SIZE = 384;
    private static final int WIDE_SIZE = 400;
    private static final int PID = 4;
    private static final int LINE = 8;
    private static final int USER = 44;
    private static final int HOST = 76;
    private static final int NAME_LENGTH = 32;
    private static final int HOST_LENGTH = 256;
    private static final int USER_PROCESS = 7;

    private Logins() {}

    static List<HostFacts.Login> of(HostFiles files) {
        return files.exists("run/utmp") ? fromUtmp(files) : fromSessions(files);
    }

    private static List<HostFacts.Login> fromUtmp(HostFiles files) {
        List<HostFacts.Login> logins = new ArrayList<>();
        byte[] bytes = files.bytes("run/utmp");
        int size = bytes.length % SIZE == 0 ? SIZE : WIDE_SIZE;
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        for (int at = 0; at + size <= bytes.length; at += size) {
            // a session that was killed leaves its record behind
            if (numbers.getShort(at) == USER_PROCESS && files.exists("proc/" + numbers.getInt(at + PID))) {
                logins.add(new HostFacts.Login(
                        text(bytes, at + USER, NAME_LENGTH),
                        text(bytes, at + LINE, NAME_LENGTH),
                        text(bytes, at + HOST, HOST_LENGTH)));
            }
        }
        return logins;
    }

    private static String text(byte[] bytes, int from, int limit) {
        int length = 0;
        while (length < limit && bytes[from + length] != 0) {
            length++;
        }
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    private static List<HostFacts.Login> fromSessions(HostFiles files) {
        List<HostFacts.Login> logins = new ArrayList<>();
        for (String session : files.filesIn("run/systemd/sessions")) {
            List<String> lines = files.lines(session);
            if (value(lines, "CLASS").equals("user") && value(lines, "STATE").equals("active")) {
                logins.add(new HostFacts.Login(value(lines, "USER"), value(lines, "TTY"), value(lines, "REMOTE_HOST")));
            }
        }
        return logins;
    }

    private static String value(List<String> lines, String key) {
        for (String line : lines) {
            if (line.startsWith(key + "=")) {
                return line.substring(key.length() + 1);
            }
        }
        return "";
    }
}
