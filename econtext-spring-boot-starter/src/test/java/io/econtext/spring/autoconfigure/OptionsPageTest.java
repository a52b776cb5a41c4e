package io.econtext.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.ContextOptions;
import io.econtext.spring.Specs;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds docs/options.md to the options that there are. */
class OptionsPageTest {
    private static final Path PAGE = Path.of("../docs/options.md");

    /** By its Spring property. */
    private static final Map<String, Row> ROWS = new LinkedHashMap<>();

    private record Row(String property, String option, String java, String byDefault) {}

    @BeforeAll
    static void read() throws IOException {
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| `")) {
                String[] cells = line.split("\\|");
                ROWS.put(first(cells[1]), new Row(first(cells[1]), first(cells[2]), first(cells[3]), first(cells[4])));
            }
        }
    }

    /** What stands in the first backquotes, or else all. */
    private static String first(String cell) {
        String[] parts = cell.split("`");
        return parts.length < 2 ? cell.trim() : parts[1];
    }

    @Test
    void thePageHasEveryProperty() {
        assertThat(ROWS.keySet()).containsExactlyInAnyOrderElementsOf(ContextWays.COMMON);
    }

    @Test
    void thePageHasEveryOptionOfSpecifications() {
        IllegalArgumentException refusal =
                catchThrowableOfType(IllegalArgumentException.class, () -> new Specs().parse("local:?misspelt=1"));
        List<String> allowed =
                List.of(refusal.getMessage().replaceAll(".*allowed are ", "").split(", "));
        assertThat(allowed.stream().filter(name -> !name.matches("name|program|connect-back-.*")))
                .containsExactlyInAnyOrderElementsOf(column(Row::option).toList());
    }

    @Test
    void thePageHasEveryOptionOfPrograms() {
        assertThat(column(Row::java).filter(name -> name.matches("\\w+")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ContextOptions.Builder.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName)
                        .filter(name -> !name.equals("build"))
                        .toList());
    }

    private static Stream<String> column(Function<Row, String> cell) {
        return ROWS.values().stream().map(cell).filter(text -> !text.isEmpty());
    }

    @Test
    void thePageHasTheDefaults() {
        ContextOptions options = ContextOptions.DEFAULTS;
        assertThat(duration("connect-timeout")).isEqualTo(options.connectTimeout());
        assertThat(duration("call-timeout")).isEqualTo(options.callTimeout());
        assertThat(duration("grace")).isEqualTo(options.grace());
        assertThat(duration("heartbeat")).isEqualTo(options.heartbeat());
        assertThat(ROWS.get("workers").byDefault()).isEqualTo(Integer.toString(options.workers()));
        assertThat(ROWS.get("max-heap").byDefault()).isEqualTo(options.maxHeap());
        assertThat(options.isEndedWhenStuck()).isFalse();
    }

    private static Duration duration(String property) {
        return Duration.parse("PT" + ROWS.get(property).byDefault());
    }
}
