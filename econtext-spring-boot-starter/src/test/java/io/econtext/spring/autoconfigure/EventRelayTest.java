package io.econtext.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ContextState;
import io.econtext.broker.LogLine;
import io.econtext.spring.ContextStateEvent;
import io.econtext.spring.ContextStateEvent.Kind;
import io.econtext.spring.RemoteLogEvent;
import io.econtext.spring.ScriptedContext;
import io.econtext.spring.StuckCallEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

class EventRelayTest {

    private final BlockingQueue<Object> published = new LinkedBlockingQueue<>();
    private final ScriptedContext web1 = new ScriptedContext("web1");
    private EventRelay relay = new EventRelay(published::add, 100);

    @AfterEach
    void end() throws InterruptedException {
        relay.destroy();
    }

    @Test
    void aContextsLifeIsPublished() throws InterruptedException {
        relay.stateChanged(web1, ContextState.NEW, ContextState.CONNECTING, "");
        relay.stateChanged(web1, ContextState.CONNECTING, ContextState.CONNECTED, "");
        relay.stateChanged(web1, ContextState.CONNECTED, ContextState.LOST, "exit status 1");
        relay.stateChanged(web1, ContextState.CONNECTED, ContextState.CLOSED, "");

        assertThat(next()).isEqualTo(new ContextStateEvent("web1", Kind.CONNECTED, ""));
        assertThat(next()).isEqualTo(new ContextStateEvent("web1", Kind.LOST, "exit status 1"));
        assertThat(next()).isEqualTo(new ContextStateEvent("web1", Kind.CLOSED, ""));
    }

    @Test
    void whatWasLostAndComesUpIsReconnectedAndWhatWasClosedIsConnected() throws InterruptedException {
        // one that never came up is no loss
        relay.stateChanged(web1, ContextState.CONNECTING, ContextState.LOST, "refused");
        relay.stateChanged(web1, ContextState.CONNECTING, ContextState.CONNECTED, "");
        relay.stateChanged(web1, ContextState.CONNECTED, ContextState.LOST, "cut");
        relay.stateChanged(web1, ContextState.RECONNECTING, ContextState.LOST, "still cut");
        relay.stateChanged(web1, ContextState.RECONNECTING, ContextState.CONNECTED, "");
        relay.stateChanged(web1, ContextState.CONNECTED, ContextState.LOST, "cut");
        relay.stateChanged(web1, ContextState.LOST, ContextState.CLOSED, "");
        relay.stateChanged(web1, ContextState.CONNECTING, ContextState.CONNECTED, "");

        for (Kind kind : List.of(
                Kind.LOST,
                Kind.CONNECTED,
                Kind.LOST,
                Kind.LOST,
                Kind.RECONNECTED,
                Kind.LOST,
                Kind.CLOSED,
                Kind.CONNECTED)) {
            assertThat(((ContextStateEvent) next()).kind()).isEqualTo(kind);
        }
    }

    @Test
    void aStuckCallIsPublished() throws InterruptedException {
        relay.stuck(web1, "Disk#usage", "at Disk.usage");

        assertThat(next()).isEqualTo(new StuckCallEvent("web1", "Disk#usage", "at Disk.usage"));
    }

    @Test
    void aFailingListenerDoesNotEndIt() throws InterruptedException {
        relay = new EventRelay(
                event -> {
                    published.add(event);
                    throw new IllegalStateException("broken listener");
                },
                100);
        relay.logged(line(1));
        relay.logged(line(2));

        assertThat(next()).isEqualTo(new RemoteLogEvent(line(1)));
        assertThat(next()).isEqualTo(new RemoteLogEvent(line(2)));
    }

    @Test
    void aSlowListenerCostsTheOldestLinesAndNoStateAndBlocksNobody() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        relay = new EventRelay(
                event -> {
                    published.add(event);
                    busy.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                2);
        relay.logged(line(1));
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();

        relay.stateChanged(web1, ContextState.CONNECTED, ContextState.LOST, "");
        for (int sequence = 2; sequence <= 5; sequence++) {
            relay.logged(line(sequence));
        }
        goOn.countDown();

        assertThat(List.of(next(), next(), next(), next()))
                .containsExactly(
                        new RemoteLogEvent(line(1)),
                        new ContextStateEvent("web1", Kind.LOST, ""),
                        new RemoteLogEvent(line(4)),
                        new RemoteLogEvent(line(5)));
    }

    @Test
    void listenersOfTheApplicationAreCalled() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(EcontextAutoConfiguration.class))
                .withBean(Listener.class, () -> new Listener(published))
                .run(context -> {
                    context.getBean(EventRelay.class).logged(line(1));
                    assertThat(next()).isEqualTo("web1 said message 1");
                });
    }

    private Object next() throws InterruptedException {
        return published.poll(10, TimeUnit.SECONDS);
    }

    private static LogLine line(int sequence) {
        return new LogLine(
                "web1", "com.acme.App", "INFO", Instant.EPOCH, "main", "message " + sequence, null, sequence);
    }

    record Listener(BlockingQueue<Object> heard) {

        @EventListener
        void on(RemoteLogEvent event) {
            heard.add(event.context() + " said " + event.line().message());
        }
    }
}
