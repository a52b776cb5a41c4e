package io.econtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(10));

    @Test
    void eachPauseIsTwiceAsLongAsTheOneBeforeUpToTheLongest() {
        assertThat(backoff.before(0, 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.before(1, 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.before(3, 1)).isEqualTo(Duration.ofSeconds(8));
        assertThat(backoff.before(4, 1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(backoff.before(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void upToAHalfOfEachIsLeftToChance() {
        assertThat(backoff.before(1, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.before(9, 0.5)).isEqualTo(Duration.ofMillis(7500));
    }

    @Test
    void pausesThatMakeNoSenseAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> Backoff.of(Duration.ZERO, second)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backoff.of(second, Duration.ofMillis(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backoff.of(second, Duration.ofHours(25))).isInstanceOf(IllegalArgumentException.class);
    }
}
