package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.ConnectFailedException;
import io.econtext.Econtext;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the controller lets code in contexts start. */
@ExtendWith(NothingLeftBehind.AfterEveryTest.class)
class OwnChildrenPolicyIT {
    @Test
    void codeInContextsMayBeForbiddenToStartOthers() {
        try (Broker broker = Broker.builder().maxOwnChildren(0).build()) {
            RemoteContext context = broker.connect(Local.process());
            assertThat(context.call(There::start, "child"))
                    .isEqualTo(ConnectFailedException.NotAllowed.class.getName()
                            + ": local: the policy of the controller forbids code in contexts to start others");
            RemoteContext ours = context.connect(Local.process().named("ours"));
            assertThat(ours.call(There::start, "grandchild"))
                    .startsWith(ConnectFailedException.NotAllowed.class.getName());
        }
    }

    @Test
    void aContextMayHaveSoManyChildrenOfItsOwnAtATime() {
        try (Broker broker = Broker.builder().maxOwnChildren(1).build()) {
            RemoteContext context = broker.connect(Local.process());
            assertThat(context.call(There::start, "one")).isEqualTo("local/one");
            assertThat(context.call(There::start, "two")).contains("has started 1 contexts, which is the limit");
            assertThat(context.connect(Local.process().named("ours")).name()).isEqualTo("local/ours");
            assertThat(broker.context("local/one").call(There::start, "two")).isEqualTo("local/one/two");
            broker.context("local/one").close();
            Behaviour.await()
                    .untilAsserted(() ->
                            assertThat(context.call(There::start, "three")).isEqualTo("local/three"));
        }
    }

    @Test
    void theControllerItselfStartsContextsByItsBroker() {
        assertThatThrownBy(() -> Econtext.current().connect(Local.process()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("broker");
    }

    /** Runs in contexts. */
    static final class There {
        static String start(String name) {
            try {
                return Econtext.current().connect(Local.process().named(name)).name();
            } catch (ConnectFailedException e) {
                return e.toString();
            }
        }
    }
}
