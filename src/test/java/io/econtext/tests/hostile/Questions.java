package io.econtext.tests.hostile;

import io.econtext.Sender;
import java.io.IOException;

/** What runs in contexts, honest or not. */
final class Questions {
    private Questions() {}

    /** Not one of econtext's own functions, as those may be tried twice. */
    static void nothing() {}

    static String text() throws IOException {
        return "honest";
    }

    static int plusOne(int number) {
        return number + 1;
    }

    /** Until it is interrupted. */
    static void waitForEver() throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE);
    }

    /** One item, and no end. */
    static void say(String item, Sender<String> sender) throws InterruptedException {
        sender.send(item);
        Thread.sleep(Long.MAX_VALUE);
    }
}
