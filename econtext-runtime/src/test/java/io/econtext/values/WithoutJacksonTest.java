package io.econtext.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.core.Binder;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jackson's first use costs half a second, so calls with texts and numbers must do without. */
class WithoutJacksonTest {
    @Test
    void textsAndNumbersDoNotTouchJackson() throws Exception {
        URL[] classes = {
            Values.class.getProtectionDomain().getCodeSource().getLocation(),
            Binder.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader noJackson = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
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
