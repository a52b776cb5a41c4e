package io.econtext.tests.hostile;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long anything may take on a machine that does much else. Stateless. */
final class Patience {
    static final Duration LONG = Duration.ofSeconds(90);

    private Patience() {}

    static ConditionFactory await() {
        return Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(5));
    }
}
