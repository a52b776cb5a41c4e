package io.econtext.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.NotPortableException;
import io.econtext.call.ValueCodec;
import io.econtext.core.Binder;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jackson's first use costs half a second, so calls with texts and numbers must do without. */
class WithoutJacksonTest {
    private static URLClassLoader noJackson() {
        URL[] classes = {
            Values.class.getProtectionDomain().getCodeSource().getLocation(),
            Binder.class.getProtectionDomain().getCodeSource().getLocation()
        };
        return new URLClassLoader(classes, ClassLoader.getPlatformClassLoader());
    }

    @Test
    void valuesByJacksonNameWhatIsMissing() throws Exception {
        try (URLClassLoader noJackson = noJackson()) {
            Class<?> codec = noJackson.loadClass(ValueCodec.class.getName());
            Object values =
                    noJackson.loadClass(Values.class.getName()).getConstructor().newInstance();
            Object byJackson = codec.getMethod("byJackson").invoke(values);
            Method encode = codec.getMethod("encode", Object.class, Type.class);
            assertThat(encode.invoke(byJackson, "text", String.class)).isInstanceOf(byte[].class);
            assertThatThrownBy(() -> encode.invoke(byJackson, new Object[] {null, Own.class}))
                    .cause()
                    .hasToString(NotPortableException.class.getName()
                            + ": values go by Jackson 3 here, and that is not on the application's class path: add"
                            + " tools.jackson.core:jackson-databind and tools.jackson.dataformat:jackson-dataformat-smile,"
                            + " or leave out the option values=jackson");
        }
    }

    record Own(int a) {}

    @Test
    void textsAndNumbersDoNotTouchJackson() throws Exception {
        try (URLClassLoader noJackson = noJackson()) {
            Class<?> type = noJackson.loadClass(Values.class.getName());
            Object values = type.getConstructor().newInstance();
            Method encode = type.getMethod("encode", Object.class, Type.class);
            Method decode = type.getMethod("decode", byte[].class, int.class, int.class, Type.class);
            Method check = type.getMethod("checkPortable", Type.class);
            for (Object value : new Object[] {"text", 5, 5L, 2.5, true, new byte[] {1, 2}}) {
                byte[] document = (byte[]) encode.invoke(values, value, value.getClass());
                check.invoke(values, value.getClass());
                assertThat(decode.invoke(values, document, 0, document.length, value.getClass()))
                        .isEqualTo(value);
            }
            assertThatThrownBy(() -> encode.invoke(values, List.of(1), List.class))
                    .cause()
                    .isInstanceOf(NoClassDefFoundError.class)
                    .hasMessageContaining("jackson");
        }
    }
}
