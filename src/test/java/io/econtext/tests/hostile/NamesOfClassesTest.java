package io.econtext.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.econtext.ContextOptions;
import io.econtext.Fn0;
import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.core.Binder;
import io.econtext.tests.hostile.HostileChild.Received;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A child names a class where values go by Jackson's annotations: nothing is made of it. */
class NamesOfClassesTest {
    private static final String TRAP = NamesOfClassesTest.class.getName() + "$Trap";
    private static final AtomicBoolean SPRUNG = new AtomicBoolean();

    private static final ContextOptions BY_JACKSON = ContextOptions.builder()
            .connectTimeout(Patience.LONG)
            .callTimeout(Patience.LONG)
            .valuesByJackson(true)
            .build();

    @AutoClose
    private final Broker broker =
            Broker.builder().connector(new HostileWay.Starter()).build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Known.class, name = "known"))
    interface Base {}

    record Known(Object any) implements Base {}

    /** Nobody lists it. */
    public static final class Trap implements Base {
        static {
            SPRUNG.set(true);
        }

        public String any;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface ByClass {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
    record ByShortClass(int a) {}

    static Base base() {
        return null;
    }

    static ByClass byClass() {
        return null;
    }

    static List<ByShortClass> byShortClass() {
        return List.of();
    }

    static List<Object> documents() {
        return List.of(
                Map.of("@type", TRAP),
                Map.of("@class", TRAP),
                Map.of("@c", ".NamesOfClassesTest$Trap", "@type", "NamesOfClassesTest$Trap"),
                Map.of("@type", "javax.script.ScriptEngineManager", "any", 1),
                List.of(TRAP, Map.of()),
                Map.of(TRAP, Map.of("any", "x")));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aNameThatIsNotListedIsRefused(Object document) {
        RemoteContext hostile = answering(document, new AtomicInteger());
        assertThatThrownBy(() -> hostile.call(NamesOfClassesTest::base)).isInstanceOf(NotPortableException.class);
        Patience.await().until(() -> broker.counters(hostile.name()).refused() == 1);
        assertThat(SPRUNG).isFalse();
    }

    @Test
    void aNameWithinAnObjectIsAText() {
        RemoteContext hostile = answering(Map.of("@type", "known", "any", Map.of("@class", TRAP)), new AtomicInteger());
        assertThat(hostile.call(NamesOfClassesTest::base)).isEqualTo(new Known(Map.of("@class", TRAP)));
        assertThat(SPRUNG).isFalse();
    }

    @Test
    void typesThatWouldAllowItAreNotEvenAskedFor() {
        AtomicInteger calls = new AtomicInteger();
        RemoteContext hostile = answering(Map.of("@class", TRAP), calls);
        for (Fn0<?, RuntimeException> function :
                List.<Fn0<?, RuntimeException>>of(NamesOfClassesTest::byClass, NamesOfClassesTest::byShortClass)) {
            assertThatThrownBy(() -> hostile.call(function))
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageContaining("would let who sends a value choose the class");
        }
        assertThat(calls).hasValue(0);
        assertThat(SPRUNG).isFalse();
    }

    /** A child that answers each call with the same. */
    private RemoteContext answering(Object value, AtomicInteger calls) {
        byte[] document = Binder.write(value, Object.class);
        return broker.connect(new HostileWay("mallory", BY_JACKSON, new Lie() {
            @Override
            public String name() {
                return "names a class";
            }

            @Override
            public void called(HostileChild child, Received call) throws IOException {
                calls.incrementAndGet();
                child.reply(call, Body.reply(0, 0, document));
            }
        }));
    }
}
