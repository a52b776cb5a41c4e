package io.econtext.tests.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What tests run on targets of Java 17 and newer. Its methods keep nothing. */
final class OnTarget {

    private OnTarget() {}

    /** Loads classes by name and says how many of them came from the controller. */
    static int load(List<String> names) throws ClassNotFoundException {
        int forwarded = 0;
        for (String name : names) {
            Class<?> type = Class.forName(name, false, OnTarget.class.getClassLoader());
            forwarded += type.getClassLoader() == OnTarget.class.getClassLoader() ? 1 : 0;
        }
        return forwarded;
    }

    /** Where it ran, and how many of the classes came from the controller. */
    record Census(String user, String host, int forwarded) {}

    static Census census(List<String> names) throws ClassNotFoundException, IOException {
        return new Census(
                System.getProperty("user.name"),
                Files.readString(Path.of("/etc/hostname")).strip(),
                load(names));
    }

    /** The text of a resource, by its URL. */
    static String resource(String name) throws IOException {
        try (InputStream in = OnTarget.class.getClassLoader().getResource(name).openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static long pid() {
        return ProcessHandle.current().pid();
    }

    /** Takes all memory there is. */
    static int hoard() {
        List<long[]> hoard = new ArrayList<>();
        while (true) {
            hoard.add(new long[1 << 20]);
        }
    }

    /** Goes on whatever it is told. */
    static int spin() {
        int i = 0;
        while (true) {
            i++;
        }
    }

    /** Waits for an interrupt. */
    static void wait(String forWhat) throws InterruptedException {
        System.out.println("waiting for " + forWhat);
        new CountDownLatch(1).await();
    }
}
