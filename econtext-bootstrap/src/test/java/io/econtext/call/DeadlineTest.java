package io.econtext.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private static final long TEN_YEARS = Duration.ofDays(3650).toNanos();

    @Test
    void oneThatIsEndlessIsFarAway() {
        assertThat(Deadline.none().isEndless()).isTrue();
        assertThat(Deadline.none().left()).isGreaterThan(TEN_YEARS);
    }

    @Test
    void oneMayBeLongerThanAnyClockGoes() {
        Deadline longest = new Deadline(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(longest.isEndless()).isFalse();
        assertThat(longest.left()).isGreaterThan(TEN_YEARS);
        assertThat(longest.passed("it", true)).hasMessageContaining("did not answer within");
    }

    @Test
    void oneThatHasPassedSaysWhatItWas() {
        Deadline passed = new Deadline(Duration.ofMillis(1));
        while (passed.left() > 0) {
            Thread.onSpinWait();
        }
        assertThat(passed.passed("it", false)).hasMessage("it did not answer within 1 ms; it was not sent");
    }
}
