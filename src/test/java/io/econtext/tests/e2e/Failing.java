package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.ConnectFailedException;
import io.econtext.RemoteContext;
import io.econtext.Way;
import java.util.function.Function;

/** Ways that lead nowhere. Stateless. */
final class Failing {
    private Failing() {}

    static void assertFailure(
            Class<? extends ConnectFailedException> type, Way way, Function<Way, RemoteContext> connect) {
        assertThat(catchThrowableOfType(ConnectFailedException.class, () -> connect.apply(way)))
                .isExactlyInstanceOf(type)
                .hasMessageStartingWith(way.address() + ": ");
    }
}
