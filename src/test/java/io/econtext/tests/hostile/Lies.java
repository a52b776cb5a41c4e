package io.econtext.tests.hostile;

import io.econtext.tests.hostile.HostileChild.Received;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** All lies by their names. Stateless. */
final class Lies {
    private Lies() {}

    static List<ToldLie> told() {
        return Stream.concat(HeaderLies.all().stream(), BodyLies.all().stream()).toList();
    }

    /** Those after which the child goes on. */
    static List<ToldLie> bearable() {
        return told().stream()
                .filter(lie -> lie.outcome() == ToldLie.Outcome.REFUSED || lie.outcome() == ToldLie.Outcome.IGNORED)
                .toList();
    }

    /** Those that cost a link. */
    static List<ToldLie> fatal() {
        return told().stream()
                .filter(lie -> lie.outcome() == ToldLie.Outcome.LOSES_LINK || lie.outcome() == ToldLie.Outcome.DIES)
                .toList();
    }

    static Lie named(String name) {
        return Stream.of(told(), FalseReply.all(), FalseBoot.all(), List.of(new OneByOne()))
                .flatMap(List::stream)
                .filter(lie -> lie.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no lie '" + name + "'"));
    }

    /** Tells all that are bearable, with each call the next. */
    static final class OneByOne implements Lie {
        static final String NAME = "tells all lies that are bearable";

        private final List<ToldLie> lies = bearable();
        private int told;

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void called(HostileChild child, Received call) throws IOException {
            // what wants no answer isn't the test's
            if (call.replyTo() != 0) {
                lies.get(told++ % lies.size()).called(child, call);
            }
        }
    }
}
