package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.econtext.CallSite;
import io.econtext.ConnectFailedException;
import io.econtext.ContextOptions;
import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectingTest {
    private static final ContextOptions PATIENT =
            ContextOptions.builder().connectTimeout(Duration.ofMinutes(2)).build();

    private final Scripted connector = new Scripted();
    private final Told told = new Told();
    private final Broker broker = Broker.builder()
            .connector(connector)
            .listener(told)
            .maxConnecting(2)
            .build();
    private final int handles = broker.router.handles();

    @AfterEach
    void close() {
        broker.close();
        assertThat(connector.open()).isZero();
        assertThat(broker.router.handles()).isEqualTo(handles);
        assertThat(broker.tree.sessions()).isEmpty();
    }

    private CompletableFuture<RemoteContext> connect(String name) {
        return broker.connectAsync(InProcess.context().named(name).with(PATIENT));
    }

    @Test
    void soManyConnectAtATimeAndTheOthersWaitForTheirTurn() throws Exception {
        List<CompletableFuture<RemoteContext>> connecting = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            connecting.add(connect("c" + i));
        }
        Scripted.Line first = connector.next();
        for (int i = 1; i < 6; i++) {
            Scripted.Line second = connector.next();
            assertThat(connector.isIdle()).as("a third one waits").isTrue();
            first.go();
            connecting.get(i - 1).join();
            first = second;
        }
        first.go();
        assertThat(connecting.get(5).join().name()).isEqualTo("c5");
        assertThat(connector.isIdle()).isTrue();
    }

    @Test
    void whatIsDoneMeanwhileIsTold() throws Exception {
        CompletableFuture<RemoteContext> a = connect("a");
        connect("b");
        CompletableFuture<RemoteContext> c = connect("c");
        connector.next().go();
        a.join();
        connector.next().fail();
        connector.next().go();
        c.join();
        await().untilAsserted(() -> {
            assertThat(told.of("a")).containsExactly("CONNECTING", "STARTING", "BOOTING", "CONNECTED");
            assertThat(told.of("b")).containsExactly("CONNECTING", "STARTING", "LOST");
            assertThat(told.of("c"))
                    .containsExactly("CONNECTING", "WAITING_FOR_TURN", "STARTING", "BOOTING", "CONNECTED");
        });
    }

    @Test
    void whoIsCancelledWhileItWaitsForItsTurnIsNotStarted() throws Exception {
        connect("a");
        connect("b");
        CompletableFuture<RemoteContext> c = connect("c");
        CompletableFuture<RemoteContext> d = connect("d");
        c.cancel(true);
        connector.next().go();
        connector.next().go();
        connector.next().go();
        assertThat(d.join().state()).isEqualTo(ContextState.CONNECTED);
        assertThat(connector.starts()).isEqualTo(3);
        assertNoContext("c");
    }

    @Test
    void whoIsCancelledWhileItIsStartedLeavesNoTransportAndItsTurnToOthers() throws Exception {
        CompletableFuture<RemoteContext> a = connect("a");
        connect("b");
        CompletableFuture<RemoteContext> c = connect("c");
        connector.next();
        a.cancel(true);
        connector.next().go();
        connector.next().go();
        assertThat(c.join().state()).isEqualTo(ContextState.CONNECTED);
        assertThat(connector.open()).isEqualTo(2);
        assertNoContext("a");
    }

    @Test
    void whoIsCancelledWhileItBootsLeavesNoTransport() throws Exception {
        CompletableFuture<RemoteContext> a = connect("a");
        connector.next().goSilently();
        await().until(() -> told.of("a").contains("BOOTING"));
        a.cancel(true);
        await().until(() -> connector.open() == 0);
        assertNoContext("a");
    }

    @Test
    void whoIsCancelledAsItComesUpEndsOrWasUp() throws Exception {
        for (int i = 0; i < 50; i++) {
            CompletableFuture<RemoteContext> a = connect("a");
            CompletableFuture<Void> going = CompletableFuture.runAsync(connector.next()::go);
            a.cancel(true);
            going.join();
            await().until(() -> connector.open() == 0 && broker.tree.sessions().isEmpty());
            assertNoContext("a");
        }
    }

    @Test
    void aCallThatWaitsForAConnectionIsToldThatItWasCancelled() throws Exception {
        RemoteContext a = broker.define(InProcess.context().named("a").with(PATIENT));
        CompletableFuture<RemoteContext> connecting = a.connectAsync();
        CompletableFuture<Long> call = a.callAsync(System::nanoTime);
        connector.next();
        connecting.cancel(true);
        assertThatThrownBy(call::join).hasCauseInstanceOf(ConnectFailedException.Cancelled.class);
        assertThat(a.state()).isEqualTo(ContextState.LOST);
    }

    @Test
    void whoConnectedIsToldWhereThatWas() {
        assertThatThrownBy(() -> broker.connect(new Unserved("nowhere", "unserved:", PATIENT)))
                .isInstanceOf(ConnectFailedException.ToolMissing.class)
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .isInstanceOf(CallSite.class)
                        .satisfies(site -> assertThat(site.getStackTrace())
                                .extracting(StackTraceElement::getClassName)
                                .contains(ConnectingTest.class.getName())));
    }

    /** Nobody knows how to start it. */
    private record Unserved(String name, String address, ContextOptions options) implements Way {}

    @Test
    void aContextWithAnotherDeadlineConnectsAsItself() throws Exception {
        RemoteContext a = broker.define(InProcess.context().named("a").with(PATIENT));
        RemoteContext timed = a.withTimeout(Duration.ofMinutes(1));
        CompletableFuture<RemoteContext> connecting = timed.connectAsync();
        connector.next().go();
        assertThat(connecting.join()).isSameAs(timed);
        a.close();
        CompletableFuture<RemoteContext> again = timed.connectAsync();
        connector.next();
        again.cancel(true);
        await().until(() -> connector.open() == 0);
    }

    @Test
    void whatIsReachedThroughARemovedContextIsRemovedToo() throws Exception {
        CompletableFuture<RemoteContext> a = connect("a");
        connector.next().go();
        RemoteContext child = a.join().define(InProcess.context().named("b").with(PATIENT));
        child.define(InProcess.context().named("c").with(PATIENT));
        connect("other");
        connector.next().go();
        broker.remove("a");
        assertThat(broker.contexts()).extracting(RemoteContext::name).containsExactly("other");
        assertThat(child.state()).isEqualTo(ContextState.CLOSED);
    }

    private void assertNoContext(String name) {
        await().untilAsserted(() ->
                assertThatThrownBy(() -> broker.context(name)).isInstanceOf(UnknownContextException.class));
    }
}
