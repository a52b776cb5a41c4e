package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.Call;
import io.econtext.ContextState;
import io.econtext.Fn0;
import io.econtext.Local;
import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import io.econtext.Sender;
import io.econtext.TypeRef;
import io.econtext.broker.Broker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can't travel is refused where it is called, and nothing is sent: the context isn't even started. */
@ExtendWith(NothingLeftBehind.AfterEveryTest.class)
class RefusalsIT {
    private Broker broker;
    private RemoteContext context;
    private int field = 1;

    @BeforeEach
    void define() {
        broker = Broker.create();
        context = broker.define(Local.process());
    }

    @AfterEach
    void nothingWasStarted() {
        assertThat(context.state()).isEqualTo(ContextState.NEW);
        broker.close();
    }

    @Test
    void aLambdaThatUsesAFieldOfThis() {
        assertThatThrownBy(() -> context.call(() -> field + 1))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("'this'")
                .hasMessageContaining(RefusalsIT.class.getName() + ", its field field (int)")
                .hasMessageContaining("local variables");
    }

    @Test
    void aMethodReferenceBoundToWhatCannotTravel() {
        Thread thread = Thread.currentThread();
        assertThatThrownBy(() -> context.call(thread::getName))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void aCapturedValueWithAFieldThatCannotTravelNamesBoth() {
        Holder holder = new Holder("x", List.of(new Part(Thread.currentThread())));
        assertThatThrownBy(() -> context.call(() -> holder.name))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("thread")
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void anArgumentThatCannotTravelIsNamedByItsPlace() {
        assertThatThrownBy(() -> context.call(RefusalsIT::take, "fine", new Holder("x", List.of(new Part(null)))))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("argument 2")
                .hasMessageContaining("RefusalsIT#take")
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void aResultThatCannotTravel() {
        assertThatThrownBy(() -> context.call(Thread::currentThread))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("result")
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void anErasedContainerAsTheResultOfALambda() {
        assertThatThrownBy(() -> context.call(() -> List.of("a")))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("java.util.List")
                .hasMessageContaining("TypeRef");
    }

    @Test
    void capturedValuesOfDifferentTypesInOneContainer() {
        List<Object> mixed = new ArrayList<>(List.of("a", 1));
        assertThatThrownBy(() -> context.call(() -> mixed.size()))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("java.lang.Integer");
    }

    @Test
    void anAnonymousClass() {
        Fn0<String, RuntimeException> anonymous = new Fn0<>() {
            private static final long serialVersionUID = 1;

            @Override
            public String apply() {
                return "x";
            }
        };
        assertThatThrownBy(() -> context.call(anonymous))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining(anonymous.getClass().getName())
                .hasMessageContaining("Class::method");
    }

    @Test
    void aNameThatLeadsNowhere() {
        Call<String, Exception> absent = Call.named(TypeRef.of(String.class), "com.acme.Absent", "run");
        assertThatThrownBy(() -> context.invoke(absent))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("com.acme.Absent");
        Call<String, Exception> tooFew = Call.named(TypeRef.of(String.class), RefusalsIT.class.getName(), "take", "x");
        assertThatThrownBy(() -> context.invoke(tooFew))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("take")
                .hasMessageContaining("1 arguments");
    }

    @Test
    void aStandInForAClassOrByALambda() {
        assertThatThrownBy(() -> context.proxy(ArrayList.class, ArrayList::new))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("no interface");
        assertThatThrownBy(() -> context.proxy(Runnable.class, () -> () -> {}))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("constructor reference");
    }

    @Test
    void aSourceWithoutASender() {
        assertThatThrownBy(
                        () -> context.openChannel((io.econtext.Proc1<String, RuntimeException>) RefusalsIT::eat, "x"))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("Sender");
        assertThatThrownBy(() -> context.open((Sender<String> sender) -> sender.send("x")))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("Class::method");
    }

    @Test
    void aChannelOfWhatCannotTravel() {
        assertThatThrownBy(() -> context.open(RefusalsIT::threads))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void asynchronousCallsAreRefusedOnTheCallersThreadToo() {
        assertThatThrownBy(() -> context.callAsync(() -> field))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("'this'");
        assertThatThrownBy(() -> context.post(Call.running(RefusalsIT::map, Map.of("k", new Part(null)))))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("java.lang.Thread");
    }

    static String take(String a, Holder b) {
        return a;
    }

    static void eat(String a) {}

    static void map(Map<String, Part> parts) {}

    static void threads(Sender<Thread> sender) {}

    record Holder(String name, List<Part> parts) {}

    record Part(Thread thread) {}
}
