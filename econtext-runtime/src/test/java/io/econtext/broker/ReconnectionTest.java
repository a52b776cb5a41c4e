package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.econtext.Backoff;
import io.econtext.Call;
import io.econtext.ConnectFailedException;
import io.econtext.ContextLostException;
import io.econtext.ContextOptions;
import io.econtext.ContextState;
import io.econtext.Delivery;
import io.econtext.RemoteContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconnectionTest {
    private static final Backoff SHORT = Backoff.of(Duration.ofMillis(1), Duration.ofMillis(10));
    private static final Backoff LONG = Backoff.of(Duration.ofHours(1), Duration.ofHours(2));

    private final Scripted connector = new Scripted();
    private final Told told = new Told();
    private final Broker broker =
            Broker.builder().connector(connector).listener(told).build();

    @AfterEach
    void close() {
        broker.close();
        assertThat(connector.open()).isZero();
        assertThat(broker.tree.sessions()).isEmpty();
    }

    private RemoteContext define(String name, Backoff reconnect) {
        return broker.define(InProcess.context()
                .named(name)
                .with(ContextOptions.builder()
                        .connectTimeout(Duration.ofMinutes(2))
                        .reconnect(reconnect)
                        .build()));
    }

    private Scripted.Line connect(RemoteContext context) throws InterruptedException {
        CompletableFuture<RemoteContext> connecting = context.connectAsync();
        Scripted.Line line = connector.next();
        line.go();
        connecting.join();
        return line;
    }

    private void awaitState(RemoteContext context, ContextState state) {
        await().until(() -> context.state() == state);
    }

    @Test
    void aLostContextIsConnectedAgainUntilItIsUp() throws Exception {
        RemoteContext a = define("a", SHORT);
        Scripted.Line line = connect(a);
        int id = a.id();
        line.cut("exit status 3");
        for (int i = 0; i < 5; i++) {
            Scripted.Line next = connector.next();
            assertThat(connector.isIdle()).as("one attempt at a time").isTrue();
            next.fail();
        }
        connector.next().go();
        awaitState(a, ContextState.CONNECTED);
        assertThat(a.id()).isNotEqualTo(id);
        assertThat(a.call(System::nanoTime)).isNotNull();
        broker.close();
        assertThat(told.of("a").stream().filter(word -> !word.endsWith("ING") || word.equals("RECONNECTING")))
                .containsExactly(
                        "CONNECTED",
                        "LOST",
                        "RECONNECTING",
                        "LOST",
                        "RECONNECTING",
                        "LOST",
                        "RECONNECTING",
                        "LOST",
                        "RECONNECTING",
                        "LOST",
                        "RECONNECTING",
                        "LOST",
                        "RECONNECTING",
                        "CONNECTED",
                        "CLOSED");
        assertThat(told.reasons()).contains("exit status 3").anyMatch(text -> text.contains("nothing listens there"));
    }

    @Test
    void aContextThatNeverWasUpIsNotConnectedAgain() throws Exception {
        RemoteContext a = define("a", SHORT);
        CompletableFuture<RemoteContext> connecting = a.connectAsync();
        connector.next().fail();
        assertThatThrownBy(connecting::join).hasCauseInstanceOf(ConnectFailedException.Refused.class);
        assertNothingStarts();
    }

    @Test
    void withoutTheOptionTheNextCallConnectsALostContext() throws Exception {
        RemoteContext a = define("a", null);
        connect(a).cut("cut");
        awaitState(a, ContextState.LOST);
        assertNothingStarts();
        CompletableFuture<Long> call = a.callAsync(System::nanoTime);
        connector.next().go();
        assertThat(call.join()).isNotNull();
        await().until(() -> told.of("a").contains("RECONNECTING"));
    }

    @Test
    void aCallDoesNotWaitForThePause() throws Exception {
        RemoteContext a = define("a", LONG);
        connect(a).cut("cut");
        awaitState(a, ContextState.LOST);
        CompletableFuture<Long> call = a.callAsync(System::nanoTime);
        connector.next().go();
        assertThat(call.join()).isNotNull();
    }

    @Test
    void aClosedContextStaysClosed() throws Exception {
        RemoteContext a = define("a", SHORT);
        connect(a).cut("cut");
        a.close();
        assertNothingStarts();
        connect(a);
        a.close();
        assertNothingStarts();
        assertThat(a.state()).isEqualTo(ContextState.CLOSED);
    }

    @Test
    void closingEndsAnAttempt() throws Exception {
        RemoteContext a = define("a", SHORT);
        connect(a).cut("cut");
        Scripted.Line attempt = connector.next();
        a.close();
        await().until(() -> connector.open() == 0);
        attempt.go();
        assertThat(a.state()).isEqualTo(ContextState.CLOSED);
        assertNothingStarts();
    }

    @Test
    void closingTheBrokerEndsAll() throws Exception {
        RemoteContext a = define("a", SHORT);
        connect(a).cut("cut");
        connector.next();
        broker.close();
        assertThat(connector.open()).isZero();
        assertThat(a.state()).isEqualTo(ContextState.CLOSED);
    }

    @Test
    void whoWaitsIsToldThatTheContextWasLost() throws Exception {
        RemoteContext a = define("a", LONG);
        Scripted.Line line = connect(a);
        CompletableFuture<Void> call = a.runAsync(Thread::sleep, 600_000L);
        a.ping();
        line.cut("exit status 3");
        assertThatThrownBy(call::join).cause().isInstanceOfSatisfying(ContextLostException.class, lost -> {
            assertThat(lost).hasMessageContaining("exit status 3");
            assertThat(lost.delivery()).isEqualTo(Delivery.MAYBE_RAN);
        });
    }

    @Test
    void aCallThatMeetsALossIsSentToTheNextLifeUnlessItMayHaveRun() {
        connector.letAllGo();
        RemoteContext a = define("a", null);
        List<Supplier<?>> styles = List.of(
                () -> a.call(System::nanoTime),
                () -> a.callAsync(System::nanoTime).join(),
                () -> {
                    a.post(Call.of(System::nanoTime));
                    return null;
                });
        for (int i = 0; i < 120; i++) {
            a.connect();
            Session losing = ((ControlledContext) a).session();
            CompletableFuture<Void> loss = CompletableFuture.runAsync(() -> losing.end("cut"));
            if (i % 2 == 0) {
                losing.ended.join();
            }
            try {
                styles.get(i % 3).get();
            } catch (ContextLostException e) {
                assertThat(e.delivery()).isEqualTo(Delivery.MAYBE_RAN);
            } catch (CompletionException e) {
                assertThat(((ContextLostException) e.getCause()).delivery()).isEqualTo(Delivery.MAYBE_RAN);
            }
            loss.join();
        }
    }

    /** Another context's reconnection takes at least as long as one that began before it would have. */
    private void assertNothingStarts() throws InterruptedException {
        RemoteContext other = define("other" + connector.starts(), SHORT);
        Scripted.Line line = connect(other);
        for (int i = 0; i < 5; i++) {
            line.cut("cut");
            line = connector.next();
            assertThat(line.name()).isEqualTo(other.name());
            line.fail();
        }
        other.close();
        assertThat(connector.isIdle()).isTrue();
    }
}
