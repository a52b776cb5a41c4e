package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToldLevelsTest {
    private final ToldLevels told = new ToldLevels();

    @Test
    void whatIsNotNamedAnyMoreIsToldTheLevelThatItHas() {
        assertThat(told.all(Map.of("", 800, "com.acme", 500))).isEqualTo(".level=800\ncom.acme.level=500\n");
        assertThat(told.changed(Map.of("", 800, "com.acme", 500))).isNull();
        assertThat(told.changed(Map.of("", 900))).isEqualTo(".level=900\ncom.acme.level=900\n");
    }

    @Test
    void namesThatCouldBeReadAsSomethingElseAreLeftOut() {
        assertThat(told.all(Map.of("", 800, "a=b", 500, "a\nb", 500, "a b", 500)))
                .isEqualTo(".level=800\n");
    }

    @Test
    void thereIsRoomForAllThatPeopleSetAndNotForMore() {
        Map<String, Integer> many = new HashMap<>(Map.of("", 800));
        for (int i = 0; i < 10_000; i++) {
            many.put("com.acme.Logger" + i, 500);
        }
        assertThat(told.all(many)).startsWith(".level=800\n").hasSizeBetween(19_000, ToldLevels.MAX_LENGTH);
    }
}
