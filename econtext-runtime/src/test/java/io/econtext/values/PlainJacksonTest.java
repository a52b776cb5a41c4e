package io.econtext.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.TypeRef;
import io.econtext.core.Binder;
import java.io.File;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.smile.SmileFactory;
import tools.jackson.dataformat.smile.SmileMapper;
import tools.jackson.dataformat.smile.SmileWriteFeature;

/** Jackson with nothing configured but the three switches of the format is the reference; the page lists what differs. */
class PlainJacksonTest {
    private static final int VALUES = 300;

    /** As in docs/values.md, "Intended differences". */
    private static final Set<Class<?>> DIFFERENT = Set.of(
            UUID.class,
            Path.class,
            File.class,
            Locale.class,
            InetAddress.class,
            Pattern.class,
            BitSet.class,
            Date.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Year.class,
            YearMonth.class,
            Month.class);

    private final ObjectMapper plain = new SmileMapper(SmileFactory.builder()
            .disable(
                    SmileWriteFeature.CHECK_SHARED_NAMES,
                    SmileWriteFeature.CHECK_SHARED_STRING_VALUES,
                    SmileWriteFeature.ENCODE_BINARY_AS_7BIT)
            .build());

    record Point(int x, Long y, Optional<String> note) {}

    @Test
    void exactlyTheListedTypesDifferFromPlainJackson() {
        Generator generator = new Generator(5);
        Set<String> different = new TreeSet<>();
        for (Class<?> type : Leaves.CLASSES) {
            for (int i = 0; i < VALUES; i++) {
                Object value = generator.value(type);
                byte[] small = Binder.write(value, type);
                if (!Arrays.equals(small, plain.writerFor(type).writeValueAsBytes(value))
                        || !Rendered.of(plain.readValue(small, type)).equals(Rendered.of(value))) {
                    different.add(type.getName());
                    break;
                }
            }
        }
        assertThat(different)
                .containsExactlyInAnyOrderElementsOf(
                        DIFFERENT.stream().map(Class::getName).toList());
    }

    @Test
    void recordsContainersAndArraysAreAsPlainJacksonHasThem() {
        Type type = new TypeRef<Map<String, List<Point[]>>>() {}.type();
        Map<String, List<Point[]>> value = Map.of(
                "ü".repeat(40),
                List.<Point[]>of(new Point[] {new Point(1, null, Optional.of("x")), null}),
                "",
                List.of());
        byte[] small = Binder.write(value, type);
        assertThat(plain.writerFor(plain.constructType(type)).writeValueAsBytes(value))
                .isEqualTo(small);
        assertThat(Rendered.of(plain.readValue(small, plain.constructType(type))))
                .isEqualTo(Rendered.of(value));
    }
}
