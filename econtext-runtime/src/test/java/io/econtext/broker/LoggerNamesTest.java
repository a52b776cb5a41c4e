package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoggerNamesTest {
    private final LoggerNames names = new LoggerNames();

    @Test
    void aNameIsUsedAsItIs() {
        assertThat(names.usable("com.acme.App")).isEqualTo("com.acme.App");
        assertThat(names.usable("")).isEmpty();
    }

    @Test
    void aNameIsCutWhereItIsTooLong() {
        assertThat(names.usable("x".repeat(70_000))).hasSize(200);
        assertThat(names.usable("a.".repeat(90))).isEqualTo("a.".repeat(15) + "a");
    }

    @Test
    void namesAreNotMadeUpWithoutEnd() {
        for (int i = 0; i < LoggerNames.MAX_NAMES; i++) {
            assertThat(names.usable("logger" + i)).isNotEmpty();
        }
        assertThat(names.usable("one too many")).isEmpty();
        assertThat(names.usable("logger7")).isEqualTo("logger7");
    }
}
