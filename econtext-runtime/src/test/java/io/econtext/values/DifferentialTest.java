package io.econtext.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.call.Contexts;
import io.econtext.call.ValueCodec;
import io.econtext.core.Binder;
import java.lang.reflect.Type;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The targets' codec and Jackson must not differ in a bit, in either direction. */
class DifferentialTest {
    private static final int VALUES = 3_000;

    /** They have fields and no getters, so for Jackson nothing. */
    private static final Pattern BEANS = Pattern.compile(".*(Odd|Derived|Base|Animal|Cat).*");

    private final Bindings jackson = new Bindings(Contexts.NONE);
    private final Values values = new Values();

    /** Types without annotations mean the same to Jackson, whichever side it is on. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void valuesByJacksonArriveAsWhatTheyWere(long seed) {
        Generator generator = new Generator(seed);
        ValueCodec byJackson = values.byJackson();
        int seen = 0;
        for (int i = 0; i < VALUES; i++) {
            Type type = generator.type();
            if (byJackson.named(type) == type
                    || BEANS.matcher(type.getTypeName()).matches()) {
                continue;
            }
            seen++;
            Object value = generator.value(type);
            String expected = Rendered.of(value);
            String what = "seed " + seed + ", value " + i + ", " + type.getTypeName();
            byJackson.checkPortable(type);
            byte[] here = byJackson.encode(value, type);
            byte[] there = Binder.write(value, byJackson.named(type));
            assertThat(HexFormat.of().formatHex(there))
                    .as(what)
                    .isEqualTo(HexFormat.of().formatHex(here));
            assertThat(Rendered.of(byJackson.decode(there, 0, there.length, type)))
                    .as(what)
                    .isEqualTo(expected);
            assertThat(Rendered.of(Binder.read(here, 0, here.length, byJackson.named(type))))
                    .as(what)
                    .isEqualTo(expected);
        }
        assertThat(seen).isGreaterThan(VALUES / 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void bothCodecsWriteTheSameBytesAndReadEachOthers(long seed) {
        Generator generator = new Generator(seed);
        for (int i = 0; i < VALUES; i++) {
            Type type = generator.type();
            Object value = generator.value(type);
            String expected = Rendered.of(value);
            String what = "seed " + seed + ", value " + i + ", " + type.getTypeName();
            byte[] small = Binder.write(value, type);
            byte[] large = jackson.of(type).write(value);
            assertThat(HexFormat.of().formatHex(small))
                    .as(what)
                    .isEqualTo(HexFormat.of().formatHex(large));
            assertThat(Rendered.of(Binder.read(large, 0, large.length, type)))
                    .as(what)
                    .isEqualTo(expected);
            assertThat(Rendered.of(jackson.of(type).read(small, 0, small.length)))
                    .as(what)
                    .isEqualTo(expected);
            assertThat(Rendered.of(values.decode(small, 0, small.length, type)))
                    .as(what)
                    .isEqualTo(expected);
        }
    }
}
