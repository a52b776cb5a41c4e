package io.econtext.parent;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;

/** What {@code ps} shows of a context: text that is harmless to any shell and terminal. Functions only. */
public final class ProcessName {
    private static final int LIMIT = 80;

    private ProcessName() {}

    /** The default: {@code econtext:user@host:pid} of this process. */
    public static String ofThisProcess() {
        return sanitized("econtext:" + System.getProperty("user.name") + "@" + host() + ":" + pid());
    }

    /** {@code text} with everything else than letters, digits and {@code @:._/+-} replaced, at most 80 characters. */
    public static String sanitized(String text) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length() && name.length() < LIMIT; i++) {
            char c = text.charAt(i);
            boolean plain = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            // a dash in front marks a login shell
            name.append(plain || "@:._/+".indexOf(c) >= 0 || c == '-' && i > 0 ? c : '_');
        }
        return name.length() == 0 ? "econtext" : name.toString();
    }

    private static String host() {
        try {
            // no look-up of this host's name, which may take seconds
            byte[] name = Files.readAllBytes(Paths.get("/proc/sys/kernel/hostname"));
            return new String(name, StandardCharsets.UTF_8).trim();
        } catch (IOException e) {
            String windows = System.getenv("COMPUTERNAME");
            String name = windows == null ? System.getenv("HOSTNAME") : windows;
            return name == null ? "localhost" : name;
        }
    }

    private static String pid() {
        try {
            return new File("/proc/self").getCanonicalFile().getName();
        } catch (IOException e) {
            return "0";
        }
    }
}
