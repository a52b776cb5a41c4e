package io.econtext.tests.hostile;

import java.io.IOException;

/** What a hostile child expects of its parent; it dies of a surprise, and so does its test. Stateless. */
final class Answered {
    private static final int FOUND = 0;
    private static final int REFUSED = 1;

    private Answered() {}

    static void bounced(HostileChild.Answer answer, String reason) throws IOException {
        if (!answer.bounced() || !answer.text().startsWith(reason)) {
            throw new IOException("answered with '" + answer.text() + "' instead of '" + reason + "'");
        }
    }

    /** A request for an id for a child. */
    static void refused(HostileChild.Answer answer) throws IOException {
        if (answer.bounced() || answer.body()[0] != REFUSED) {
            throw new IOException("was given an id");
        }
    }

    /** A request for a class or a resource, whatever the reason. */
    static void withoutBytes(HostileChild.Answer answer) throws IOException {
        if (answer.bounced() || answer.body()[0] == FOUND) {
            throw new IOException("was given " + answer.body().length + " bytes");
        }
    }
}
