package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoggerNamesTest {
    private final LoggerNames names = new LoggerNames();

    @Test
    void aNameIsUsedAsItIs() {
        assertThat(names.usable("web1", "com.acme.App")).isEqualTo("com.acme.App");
        assertThat(names.usable("web1", "")).isEmpty();
    }

    @Test
    void aNameIsCutWhereItIsTooLong() {
        assertThat(names.usable("web1", "x".repeat(70_000))).hasSize(200);
        assertThat(names.usable("web1", "a.".repeat(90))).isEqualTo("a.".repeat(15) + "a");
        assertThat(names.usable("web1", "a$".repeat(90))).isEqualTo("a$".repeat(15) + "a");
    }

    @Test
    void namesAreNotMadeUpWithoutEnd() {
        for (int i = 0; i < LoggerNames.MAX_NAMES; i++) {
            assertThat(names.usable("web1", "logger" + i)).isNotEmpty();
        }
        assertThat(names.usable("web1", "one too many")).isEmpty();
        assertThat(names.usable("web1/child", "logger7"))
                .as("of a context that its code starts")
                .isEmpty();
        assertThat(names.usable("web1", "logger7")).isEqualTo("logger7");
    }
}
