package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.Call;
import io.econtext.ContextLostException;
import io.econtext.ContextOptions;
import io.econtext.ContextState;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.core.Context;
import io.econtext.core.Handler;
import io.econtext.core.Message;
import io.econtext.core.Reply;
import io.econtext.core.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds below a context that is below another one. */
@ExtendWith(NothingLeftBehind.class)
class TreesIT {
    private static final int LINES = 10_000;
    private static final int MESSAGES = 1_750;
    private static final int LENGTH = 60_000;
    /** Messages that are under way at a time. */
    private static final int WINDOW = 32;

    private static final long ONE_JVM_MILLIS = 300;

    private static final ContextOptions SHORT_GRACE = ContextOptions.builder()
            .connectTimeout(Behaviour.PATIENCE)
            .callTimeout(Behaviour.PATIENCE)
            .grace(Duration.ofSeconds(1))
            .build();

    private Here here;
    private RemoteContext parent;
    private RemoteContext child;
    private RemoteContext grandchild;

    @BeforeEach
    void start() {
        here = new Here();
        parent = here.broker.connect(local("parent"));
        child = parent.connect(local("child"));
        grandchild = child.connect(local("grandchild"));
    }

    @AfterEach
    void close() {
        here.close();
    }

    private static Local local(String name) {
        return Local.process().named(name).with(SHORT_GRACE);
    }

    @Test
    void theEndOfAGrandchildIsTold() {
        String name = grandchild.name();
        assertThatThrownBy(() -> grandchild.run(TreesIT::exit))
                .isInstanceOf(ContextLostException.class)
                .hasMessageContaining("System.exit called by " + TreesIT.class.getName() + ".exit");
        grandchild.connect();
        long pid = grandchild.info().pid();
        CompletableFuture<Void> waiting = grandchild.runAsync(TreesIT::sleep);
        child.exec("kill", "-SEGV", Long.toString(pid));
        assertThat(waiting)
                .failsWithin(Behaviour.PATIENCE)
                .withThrowableThat()
                .withMessageContaining(name + " is lost")
                .withMessageContaining("crash");
        assertThat(child.state()).isEqualTo(ContextState.CONNECTED);
    }

    @Test
    void whatIsPrintedBeforeTheResultOrTheEndComesBeforeIt() {
        assertThat(grandchild.call(TreesIT::print, LINES)).isEqualTo(LINES);
        assertThat(here.printed.of("stdout")).hasSize(LINES);
        here.printed.clear();
        grandchild.post(Call.of(TreesIT::print, LINES));
        grandchild.close();
        assertThat(here.printed.of("stdout")).hasSize(LINES).last().isEqualTo("line " + LINES);
        assertThat(here.printed.dropped()).isZero();
    }

    @Test
    void childrenAreClosedBeforeTheirParentsAndNobodyIsWaitedForInVain() {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            grandchild.connect();
            long start = System.nanoTime();
            parent.close();
            took.add((System.nanoTime() - start) / 1_000_000);
        }
        List<String> closed = here.events.changes().stream()
                .filter(change -> change.to() == ContextState.CLOSED)
                .map(Events.Change::context)
                .toList();
        assertThat(closed.subList(0, 3)).containsExactly("parent/child/grandchild", "parent/child", "parent");
        // three levels; a JVM alone waits so long for a thread that reads
        assertThat(took).anyMatch(millis -> millis < ONE_JVM_MILLIS);
    }

    @Test
    void aGrandchildThatIgnoresEverythingKeepsNobody() {
        CompletableFuture<Void> spinning = grandchild.runAsync(TreesIT::spin);
        grandchild.ping();
        ProcessHandle process = ProcessHandle.of(grandchild.info().pid()).orElseThrow();
        parent.close();
        assertThat(spinning).isCompletedExceptionally();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void whatSiblingsSendEachOtherDoesNotCrossTheControllersLink() {
        RemoteContext sibling = parent.connect(local("sibling"));
        int handle = sibling.call(TreesIT::receive);
        child.call(TreesIT::send, sibling.id(), handle, WINDOW);
        long before = bytes();
        assertThat(child.call(TreesIT::send, sibling.id(), handle, MESSAGES)).isEqualTo(MESSAGES);
        assertThat((long) MESSAGES * LENGTH).isGreaterThan(100 << 20);
        assertThat(bytes() - before).isLessThan(64 << 10);
    }

    private long bytes() {
        return here.broker.counters("parent").bytesIn()
                + here.broker.counters("parent").bytesOut();
    }

    static void exit() {
        System.exit(3);
    }

    static void sleep() throws InterruptedException {
        Thread.sleep(Duration.ofHours(1).toMillis());
    }

    static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    static int print(int lines) {
        for (int i = 1; i <= lines; i++) {
            System.out.println("line " + i);
        }
        return lines;
    }

    /** A handle here that acknowledges every message that wants that. */
    static int receive() {
        Router router = Context.current.router;
        return router.register(new Handler(Handler.ANYONE) {
            @Override
            public void handle(Message m) {
                if (m.replyTo != 0) {
                    router.send(router.message(Message.NORMAL, m.source, m.replyTo, 0, new byte[0]));
                }
            }
        });
    }

    static int send(int to, int handle, int messages) {
        Router router = Context.current.router;
        byte[] body = new byte[LENGTH];
        for (int i = 1; i <= messages; i++) {
            Reply reply = i % WINDOW == 0 || i == messages ? new Reply(router, to) : null;
            router.send(router.message(Message.BULK, to, handle, reply == null ? 0 : reply.handle, body));
            if (reply != null) {
                reply.await(Duration.ofMinutes(1).toMillis());
            }
        }
        return messages;
    }
}
