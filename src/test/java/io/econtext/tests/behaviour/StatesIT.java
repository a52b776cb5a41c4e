package io.econtext.tests.behaviour;

import static io.econtext.ContextState.CLOSED;
import static io.econtext.ContextState.CLOSING;
import static io.econtext.ContextState.CONNECTED;
import static io.econtext.ContextState.CONNECTING;
import static io.econtext.ContextState.NEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.Channel;
import io.econtext.ContextInfo;
import io.econtext.ContextLostException;
import io.econtext.Delivery;
import io.econtext.Econtext;
import io.econtext.EcontextException;
import io.econtext.RemoteContext;
import io.econtext.Sender;
import io.econtext.broker.UnknownContextException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OverEveryWay
class StatesIT extends Behaviour {

    @Test
    void aContextKnowsWhereItIs() {
        assertThat(Econtext.current().isRemote()).isFalse();
        assertThat(Econtext.current().id()).isZero();
        assertThat(context.call(There::describe))
                .isEqualTo("there " + context.id() + " child of " + (parent == null ? 0 : parent.id())
                        + ", remote: true, there (" + context.id() + ")");
    }

    @Test
    void aContextSaysWhatItIs() {
        ContextInfo info = context.info();
        assertThat(info.javaFeature()).isEqualTo(Runtime.version().feature());
        assertThat(info.javaVersion()).isEqualTo(System.getProperty("java.version"));
        assertThat(info.os()).isEqualTo(System.getProperty("os.name"));
        assertThat(info.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(info.pid() == ProcessHandle.current().pid()).isEqualTo(wayIn == WayIn.IN_PROCESS);
        assertThat(context.state()).isEqualTo(CONNECTED);
        assertThat(context.address()).isNotBlank();
        assertThat(context.ping()).isPositive();
    }

    @Test
    void whatHappensToAContextIsToldInOrder() {
        RemoteContext other = define("told", PATIENT);
        assertThat(other.state()).isEqualTo(NEW);
        assertThat(other.info()).isNull();
        assertThat(other.call(There::name)).isEqualTo("told");
        other.close();
        assertThat(other.state()).isEqualTo(CLOSED);
        assertThat(events.statesOf("told")).containsExactly(CONNECTING, CONNECTED, CLOSING, CLOSED);
        assertThat(events.changesOf("told").get(1).reason())
                .isEqualTo(other.info().toString());
        broker.remove("told");
        assertThat(events.statesOf("told")).hasSize(4);
    }

    @Test
    void theFirstCallStartsADefinedContextAndManyFirstCallsStartOne() {
        RemoteContext lazy = define("lazy", PATIENT);
        List<CompletableFuture<String>> calls = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> lazy.call(There::name)))
                .toList();
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("lazy"));
        assertThat(events.statesOf("lazy")).containsExactly(CONNECTING, CONNECTED);
        broker.remove("lazy");
    }

    @Test
    void aClosedContextTakesNoCallsUntilItIsConnectedAgain() {
        RemoteContext again = connect("again");
        int id = again.id();
        again.run(There::remember);
        again.close();
        again.close();
        ContextLostException refused = catchThrowableOfType(ContextLostException.class, () -> again.call(There::name));
        assertThat(refused).hasMessageContaining("again").hasMessageContaining("closed");
        assertThat(refused.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThatThrownBy(again.callAsync(There::name)::join).hasCauseInstanceOf(ContextLostException.class);
        again.connect();
        assertThat(again.call(There::name)).isEqualTo("again");
        assertThat(again.call(There::remembered)).as("another life").isFalse();
        assertThat(again.id()).isNotEqualTo(id);
        broker.remove("again");
    }

    @Test
    void closeLetsRunningCallsFinish() throws Exception {
        RemoteContext busy = connect("busy", PATIENT.toBuilder().grace(PATIENCE).build());
        try (Channel<byte[]> items = busy.open(There::send, 100)) {
            CompletableFuture<Void> closing = CompletableFuture.runAsync(busy::close);
            await().until(() -> busy.state() == CLOSING);
            assertThatThrownBy(() -> busy.call(There::name)).isInstanceOf(ContextLostException.class);
            // What was not read held the source back until now.
            assertThat(items).hasSize(100);
            closing.join();
        }
        broker.remove("busy");
    }

    @Test
    void closeInterruptsWhatDoesNotFinishWithinTheGrace() {
        RemoteContext busy = connect(
                "interrupted", PATIENT.toBuilder().grace(Duration.ofMillis(100)).build());
        CompletableFuture<String> call = busy.callAsync(There::waitForInterrupt);
        await().until(() -> busy.call(There::isWaiting));
        busy.close();
        assertThat(call.join()).isEqualTo("interrupted");
        broker.remove("interrupted");
    }

    @Test
    void objectsOfAContextAreClosedWithIt() {
        RemoteContext owner = connect("owner");
        Runnable object = owner.proxy(Runnable.class, Closable::new);
        object.run();
        owner.close();
        assertThat(events.statesOf("owner")).endsWith(CLOSED);
        assertThatThrownBy(object::run).isInstanceOf(ContextLostException.class);
        broker.remove("owner");
    }

    @Test
    void anUnknownNameIsAnErrorThatListsTheKnownOnes() {
        assertThatThrownBy(() -> broker.context("nowhere"))
                .isInstanceOf(UnknownContextException.class)
                .hasMessageContaining("'nowhere'")
                .hasMessageContaining("there");
        assertThatThrownBy(() -> connect("there"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'there'");
        assertThat(broker.context("there")).isSameAs(context);
        assertThat(broker.contexts()).contains(context);
    }

    @Test
    void contextsOfOneBrokerAreApart() {
        List<RemoteContext> contexts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            contexts.add(connect("apart" + i));
        }
        contexts.get(0).run(There::remember);
        assertThat(contexts.get(0).call(There::remembered)).isTrue();
        assertThat(contexts.get(1).call(There::remembered)).isFalse();
        assertThat(contexts).extracting(RemoteContext::id).doesNotHaveDuplicates();
        for (RemoteContext each : contexts) {
            assertThat(each.call(There::name)).isEqualTo(each.name());
            broker.remove(each.name());
        }
    }

    @Test
    void callsAndBytesAreCounted() {
        long calls = broker.counters("there").calls();
        long failed = broker.counters("there").failedCalls();
        context.call(There::name);
        assertThatThrownBy(() -> context.run(There::fail));
        assertThat(broker.counters("there").calls()).isEqualTo(calls + 2);
        assertThat(broker.counters("there").failedCalls()).isEqualTo(failed + 1);
        assertThat(broker.counters("there").bytesIn()).isPositive();
        assertThat(broker.counters("there").bytesOut()).isGreaterThan(parent == null ? 10_000 : 50);
        assertThat(events.called())
                .contains("there StatesIT$There#name ok", "there StatesIT$There#fail RemoteCallException");
    }

    @Test
    void connectingAndClosingAtOnceLeavesNothing() {
        for (int i = 0; i < 10; i++) {
            RemoteContext brief = define("brief", PATIENT);
            CompletableFuture<RemoteContext> connecting = brief.connectAsync();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(brief::close);
            closing.join();
            assertThat(brief.state()).isEqualTo(CLOSED);
            try {
                connecting.join();
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(EcontextException.class);
            }
            broker.remove("brief");
        }
    }

    /** Runs in the context. */
    static final class There {
        private static final CountDownLatch NEVER = new CountDownLatch(1);
        private static volatile boolean memory;
        private static volatile boolean waiting;

        static String describe() {
            Econtext here = Econtext.current();
            return here.name() + " " + here.id() + " child of " + here.parentId() + ", remote: " + here.isRemote()
                    + ", " + here;
        }

        static String name() {
            return Econtext.current().name();
        }

        static void remember() {
            memory = true;
        }

        static boolean remembered() {
            return memory;
        }

        static void fail() {
            throw new IllegalStateException("failed");
        }

        static boolean isWaiting() {
            return waiting;
        }

        static void send(int items, Sender<byte[]> out) throws InterruptedException {
            for (int i = 0; i < items; i++) {
                out.send(new byte[10_000]);
            }
        }

        static String waitForInterrupt() {
            waiting = true;
            try {
                NEVER.await();
                return "not interrupted";
            } catch (InterruptedException e) {
                return "interrupted";
            }
        }
    }

    static final class Closable implements Runnable, AutoCloseable {
        @Override
        public void run() {}

        @Override
        public void close() {}
    }
}
