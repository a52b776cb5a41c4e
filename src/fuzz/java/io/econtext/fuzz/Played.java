package io.econtext.fuzz;

import io.econtext.Sender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Logger;

/** What the recorded sessions run in their contexts. Stateless. */
final class Played {
    private Played() {}

    static String shout(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static List<Integer> count(int to) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < to; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    static void log() {
        Logger.getLogger("com.acme.App").warning("looks \u00fcber");
        System.out.println("printed");
        System.err.println("complained");
    }

    static void fail() throws IOException {
        IOException failure = new IOException("disk on fire", new IllegalStateException("no water"));
        failure.addSuppressed(new RuntimeException("nobody there"));
        throw failure;
    }

    static void send(Sender<String> sender) throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            sender.send("item " + i);
        }
        sender.close();
    }
}
