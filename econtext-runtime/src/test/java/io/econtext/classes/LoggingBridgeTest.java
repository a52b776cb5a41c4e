package io.econtext.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.broker.ClassServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.spi.MDCAdapter;

class LoggingBridgeTest {
    private final LoggingBridge bridge = new LoggingBridge();

    @Test
    void theProviderThatIsNamedIsOurs() throws ReflectiveOperationException {
        byte[] service = LoggingBridge.resource("META-INF/services/org.slf4j.spi.SLF4JServiceProvider");
        String provider = new String(service, StandardCharsets.UTF_8);
        assertThat(bridge.find(7, provider).owner()).isEqualTo(7);
        assertThat(Class.forName(provider).getConstructor()).isNotNull();
        assertThat(LoggingBridge.resource("META-INF/services/" + ClassServer.class.getName()))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"StaticLoggerBinder", "StaticMDCBinder", "StaticMarkerBinder"})
    void olderVersionsFindItUnderTheirName(String name) throws ReflectiveOperationException {
        ClassFile file = bridge.find(7, "org.slf4j.impl." + name);
        Class<?> binder = new Defining().define(file);
        Object singleton = binder.getMethod("getSingleton").invoke(null);
        assertThat(binder.getMethod("getSingleton").getReturnType()).isSameAs(binder);
        Object made = switch (name) {
            case "StaticLoggerBinder" -> binder.getMethod("getLoggerFactory").invoke(singleton);
            case "StaticMDCBinder" -> binder.getMethod("getMDCA").invoke(singleton);
            default -> binder.getMethod("getMarkerFactory").invoke(singleton);
        };
        assertThat(made).isInstanceOfAny(ILoggerFactory.class, MDCAdapter.class, IMarkerFactory.class);
        assertThat(LoggingBridge.paths()).contains("org/slf4j/impl/" + name + ".class");
    }

    @Test
    void nothingElseIsItsOwn() {
        assertThat(bridge.find(7, "org.slf4j.impl.SimpleLogger")).isNull();
        assertThat(bridge.find(7, "io.econtext.logging.NoSuchClass")).isNull();
        assertThat(bridge.find(7, "com.acme.App")).isNull();
    }

    private static final class Defining extends ClassLoader {
        Defining() {
            super(LoggingBridgeTest.class.getClassLoader());
        }

        Class<?> define(ClassFile file) {
            return defineClass(file.name(), file.bytes(), 0, file.bytes().length);
        }
    }
}
