package io.econtext.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.levels.Levels;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LevelTreeTest {
    private static final int FINE = 500;
    private static final int INFO = 800;
    private static final int SEVERE = 1000;

    @Test
    void aLoggerThereHasTheLevelOfItsNamesakeHere() {
        Map<String, Integer> levels = LevelTree.of("web1", Map.of("", INFO, "com.acme", FINE, "io.econtext", SEVERE));
        assertThat(Levels.of("com.acme.Disk", levels)).isEqualTo(FINE);
        assertThat(Levels.of("com.other", levels)).isEqualTo(INFO);
        assertThat(Levels.of("io.econtext.calls", levels)).isEqualTo(SEVERE);
    }

    @Test
    void whatIsSetForTheContextGoesBefore() {
        Map<String, Integer> levels = LevelTree.of(
                "web1", Map.of("", INFO, "com.acme", FINE, "com.acme.db", FINE, "econtext.ctx.web1.com.acme", SEVERE));
        assertThat(Levels.of("com.acme.Disk", levels)).isEqualTo(SEVERE);
        assertThat(Levels.of("com.acme.db.Pool", levels)).isEqualTo(SEVERE);
        assertThat(Levels.of("com.other", levels)).isEqualTo(INFO);
    }

    @Test
    void whatIsSetForAllOfAContextOrForAllContextsLeavesNothingToNamesakes() {
        Map<String, Integer> one =
                LevelTree.of("web1", Map.of("", INFO, "com.acme", SEVERE, "econtext.ctx.web1", FINE));
        assertThat(Levels.of("com.acme.Disk", one)).isEqualTo(FINE);
        Map<String, Integer> all = LevelTree.of("web2", Map.of("", INFO, "com.acme", SEVERE, "econtext.ctx", FINE));
        assertThat(Levels.of("com.acme.Disk", all)).isEqualTo(FINE);
        assertThat(LevelTree.of("web2", Map.of("", INFO, "econtext.ctx.web1", FINE)))
                .isEqualTo(Map.of("", INFO));
    }

    @Test
    void dotsInAContextsNameAreNoSteps() {
        assertThat(LevelTree.of("web1.example", Map.of("", INFO, "econtext.ctx.web1_example", FINE)))
                .isEqualTo(Map.of("", FINE));
    }
}
