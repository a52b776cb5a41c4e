package io.econtext.tests.hostile;

import io.econtext.tests.hostile.HostileChild.Received;
import java.io.IOException;

/** What a child says whenever it is called, before it answers. */
record ToldLie(String name, Outcome outcome, Script script) implements Lie {

    enum Outcome {
        /** Dropped, logged with its name, counted; the child may go on. */
        REFUSED,
        /** As above, and the child has lost its link. */
        LOSES_LINK,
        /** Goes without a word: its link ends, and that is all. */
        DIES,
        /** Could have been honest, as what comes too late is; nothing happens. */
        IGNORED
    }

    interface Script {
        void tell(HostileChild child) throws IOException;
    }

    static ToldLie refused(String name, Script script) {
        return new ToldLie(name, Outcome.REFUSED, script);
    }

    static ToldLie losesLink(String name, Script script) {
        return new ToldLie(name, Outcome.LOSES_LINK, script);
    }

    static ToldLie dies(String name, Script script) {
        return new ToldLie(name, Outcome.DIES, script);
    }

    static ToldLie ignored(String name, Script script) {
        return new ToldLie(name, Outcome.IGNORED, script);
    }

    @Override
    public void called(HostileChild child, Received call) throws IOException {
        script.tell(child);
        Lie.super.called(child, call);
    }

    @Override
    public String toString() {
        return name;
    }
}
