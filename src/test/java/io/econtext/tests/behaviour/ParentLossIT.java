package io.econtext.tests.behaviour;

import static io.econtext.ContextState.CONNECTED;
import static io.econtext.ContextState.CONNECTING;
import static io.econtext.ContextState.LOST;
import static io.econtext.ContextState.RECONNECTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.Backoff;
import io.econtext.Econtext;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.broker.BrokerListener;
import io.econtext.broker.ConnectPhase;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Contexts that are connected again behind others that are. */
@ExtendWith(NothingLeftBehind.class)
class ParentLossIT {
    private static Local comingBack(Duration first) {
        return Local.process()
                .with(Behaviour.PATIENT.toBuilder()
                        .reconnect(Backoff.of(first, Duration.ofSeconds(5)))
                        .build());
    }

    @Test
    void aChildWaitsForItsParentToComeBack() {
        try (Here here = new Here()) {
            Set<String> waited = ConcurrentHashMap.newKeySet();
            here.broker.addListener(new BrokerListener() {
                @Override
                public void progressed(RemoteContext context, ConnectPhase phase) {
                    if (phase == ConnectPhase.WAITING_FOR_PARENT) {
                        waited.add(context.name());
                    }
                }
            });
            RemoteContext parent = here.broker.connect(comingBack(Duration.ofSeconds(1)));
            RemoteContext child = parent.connect(comingBack(Duration.ofMillis(1)));
            int parentId = parent.id();
            int childId = child.id();
            ProcessHandle.of(parent.info().pid()).orElseThrow().destroyForcibly();
            Behaviour.await()
                    .until(() -> parent.id() != parentId && child.id() != childId && child.state() == CONNECTED);
            assertThat(child.call(There::parent)).isEqualTo(parent.id());
            Behaviour.await().untilAsserted(() -> {
                assertThat(here.events.statesOf(parent.name()))
                        .containsExactly(CONNECTING, CONNECTED, LOST, RECONNECTING, CONNECTED);
                assertThat(here.events.statesOf(child.name()))
                        .containsExactly(CONNECTING, CONNECTED, LOST, RECONNECTING, CONNECTED);
            });
            assertThat(waited).as("began before its parent was up").isEmpty();
        }
    }

    /** Runs in the context. */
    static final class There {
        static int parent() {
            return Econtext.current().parentId();
        }
    }
}
