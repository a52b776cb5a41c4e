package io.econtext.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.core.Binder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a target can do before the types were fetched. */
class CoreAloneTest {
    /** Loads the core anew, and finds no types. */
    private static final class CoreOnly extends URLClassLoader {
        final List<String> asked = new ArrayList<>();

        CoreOnly() {
            super(
                    new URL[] {
                        Binder.class.getProtectionDomain().getCodeSource().getLocation()
                    },
                    ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.econtext.types.")) {
                asked.add(name);
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }
    }

    @Test
    void theCoreReadsAndWritesItsOwnTypesByItself() throws Exception {
        try (CoreOnly loader = new CoreOnly()) {
            for (Object value : new Object[] {"text", new byte[] {1}, true, -5, 1L, 1L << 40, 2.5}) {
                assertThat(again(loader, value, value.getClass())).isEqualTo(value);
            }
            assertThat(again(loader, 7L, long.class)).isEqualTo(7L);
            assertThat(again(loader, null, void.class)).isNull();
            assertThat(loader.asked).isEmpty();
        }
    }

    @Test
    void everyOtherTypeAsksForTheTypesByName() throws Exception {
        try (CoreOnly loader = new CoreOnly()) {
            assertThatThrownBy(() -> again(loader, 2.5f, float.class))
                    .cause()
                    .hasMessageContaining("io.econtext.types.Forms");
            assertThat(loader.asked).containsExactly("io.econtext.types.Forms");
        }
    }

    @Test
    void theListOfTheCoresTypesIsTheCores() throws Exception {
        for (Class<?> type : new Class<?>[] {
            String.class, byte[].class, boolean.class, Boolean.class, int.class, Integer.class, long.class, Long.class,
            double.class, Double.class, void.class, Void.class, float.class, Short.class, Object.class, List.class
        }) {
            try (CoreOnly loader = new CoreOnly()) {
                byte[] document = Binder.write(null, type);
                boolean alone = true;
                try {
                    read(loader, document, type);
                } catch (InvocationTargetException e) {
                    alone = loader.asked.isEmpty();
                }
                assertThat(CoreForm.serves(type)).as(type.getName()).isEqualTo(alone);
            }
        }
    }

    private static Object again(ClassLoader loader, Object value, Class<?> type) throws Exception {
        byte[] document = (byte[])
                binder(loader).getMethod("write", Object.class, Type.class).invoke(null, value, type);
        return read(loader, document, type);
    }

    private static Object read(ClassLoader loader, byte[] document, Class<?> type) throws Exception {
        return binder(loader)
                .getMethod("read", byte[].class, int.class, int.class, Type.class)
                .invoke(null, document, 0, document.length, type);
    }

    private static Class<?> binder(ClassLoader loader) throws ClassNotFoundException {
        return loader.loadClass("io.econtext.core.Binder");
    }
}
