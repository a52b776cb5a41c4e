package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.econtext.ContextOptions;
import io.econtext.Launch;
import io.econtext.RemoteContext;
import io.econtext.Secret;
import io.econtext.Way;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contexts that another one starts, up to where it would begin. */
class ViaSessionTest {
    private final Broker broker = Broker.create();
    private final RemoteContext parent = broker.connect(InProcess.context().named("a"));

    @AfterEach
    void close() {
        broker.close();
        assertThat(broker.tree.sessions()).isEmpty();
    }

    @Test
    void whatIsGivenUpWhileItsPasswordIsAskedForIsNotSent() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Thread> asking = new AtomicReference<>();
        CountDownLatch typed = new CountDownLatch(1);
        Launch launch = Launch.of("false")
                .asksPassword("Password:", Secret.from(() -> {
                    asking.set(Thread.currentThread());
                    asked.countDown();
                    try {
                        typed.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return "secret".toCharArray();
                }))
                .build();
        List<String> called = new CopyOnWriteArrayList<>();
        broker.addListener(new BrokerListener() {
            @Override
            public void called(RemoteContext context, String call, Duration time, @Nullable Throwable failure) {
                called.add(call);
            }
        });
        CompletableFuture<RemoteContext> connecting = parent.connectAsync(way(launch));
        asked.await();
        connecting.cancel(true);
        typed.countDown();
        assertThatThrownBy(connecting::join).isInstanceOf(CancellationException.class);
        await().until(() -> Arrays.stream(asking.get().getStackTrace())
                .noneMatch(frame -> frame.getClassName().equals(ViaSession.class.getName())));
        assertThat(called).doesNotContain("Children#start");
    }

    private static Way way(Launch launch) {
        return new Way() {
            @Override
            public String name() {
                return "child";
            }

            @Override
            public String address() {
                return "made up";
            }

            @Override
            public ContextOptions options() {
                return ContextOptions.DEFAULTS;
            }

            @Override
            public Launch launch() {
                return launch;
            }
        };
    }
}
