package io.econtext.parent;

import io.econtext.core.Message;
import java.util.Map;

/** What a context with children keeps in mind of what passed. Stateless. */
public final class Remembered {
    private Remembered() {}

    /** Of how many links it is known to whom something was sent by them. */
    public static int links(Withdrawals withdrawals) {
        return withdrawals.sentTo.size();
    }

    /** How many messages have passed in part. */
    public static int messages(Passage passage) {
        int messages = 0;
        for (Map<Long, Message> begun : passage.begun.values()) {
            messages += begun.size();
        }
        return messages;
    }
}
