package io.econtext.tests.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ConnectFailedException;
import io.econtext.ContextLostException;
import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import io.econtext.tests.tree.Waiting.Woken;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.DockerClientFactory;

/**
 * Whatever happens to a context of a tree: whoever waits for one that is cut off, at any distance, is told why in time;
 * what is cut off ends; all others go on; and what was lost can be connected again.
 */
@NeedsContainers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {
    /** Up to five silent intervals, as they begin anywhere, and what a busy machine adds. */
    private static final Duration IN_TIME = FamilyTree.HEARTBEAT.multipliedBy(5).plusMillis(1500);

    private static final int CALLS_WITH_LOSS = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AutoClose
    Broker broker;

    @AutoClose
    Host second;

    @AutoClose
    Host first;

    private FamilyTree tree;

    @BeforeAll
    void startTheHosts(@TempDir Path directory) throws Exception {
        first = Hosts.users().filtering().start(ClientKeys.generate(directory));
        second = Hosts.users().filtering().behind(first, "b").start(first.keys());
        first.giveKeyTo("free", second, "b");
        broker = Broker.create();
        tree = new FamilyTree(broker, first.as("free"));
    }

    @BeforeEach
    void startWhatIsNotUp() {
        tree.connect();
    }

    static Stream<Arguments> faults() {
        List<Arguments> faults = new ArrayList<>();
        for (String name : List.of("a/x/1", "a/x", "a/b", "a")) {
            faults.add(Arguments.of(Fault.KILL, name));
            faults.add(Arguments.of(Fault.STOP, name));
        }
        for (String name : List.of("a/b", "a")) {
            faults.add(Arguments.of(Fault.PAUSE, name));
            faults.add(Arguments.of(Fault.DROP, name));
        }
        faults.add(Arguments.of(Fault.DISCONNECT, "a/b"));
        return faults.stream();
    }

    /** What can happen to a context, and how that is undone as far as it can be. */
    enum Fault {
        KILL {
            @Override
            void happen(Host host, RemoteContext context) throws Exception {
                host.exec("kill", "-KILL", pid(context));
            }
        },
        /** The JVM alone stands still. */
        STOP {
            @Override
            void happen(Host host, RemoteContext context) throws Exception {
                host.exec("kill", "-STOP", pid(context));
            }

            @Override
            void end(Host host, RemoteContext context) throws Exception {
                host.exec("sh", "-c", "kill -CONT " + pid(context) + " 2>/dev/null || true");
            }
        },
        /** The whole host stands still. */
        PAUSE {
            @Override
            void happen(Host host, RemoteContext context) {
                DockerClientFactory.lazyClient()
                        .pauseContainerCmd(host.containerId())
                        .exec();
            }

            @Override
            void end(Host host, RemoteContext context) {
                DockerClientFactory.lazyClient()
                        .unpauseContainerCmd(host.containerId())
                        .exec();
            }
        },
        /** Packets to and from the host's ssh server are lost. */
        DROP {
            @Override
            void happen(Host host, RemoteContext context) throws Exception {
                host.exec("sh", "-c", each("iptables -A"));
            }

            @Override
            void end(Host host, RemoteContext context) throws Exception {
                host.exec("sh", "-c", each("iptables -D"));
            }

            private String each(String command) {
                return command + " INPUT -p tcp --dport 22 -j DROP && " + command + " OUTPUT -p tcp --sport 22 -j DROP";
            }
        },
        DISCONNECT {
            @Override
            void happen(Host host, RemoteContext context) {
                host.disconnect();
            }

            @Override
            void end(Host host, RemoteContext context) {
                host.connect();
            }
        };

        abstract void happen(Host host, RemoteContext context) throws Exception;

        void end(Host host, RemoteContext context) throws Exception {}

        private static String pid(RemoteContext context) {
            return Long.toString(context.info().pid());
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void everyWaiterIsToldAndNothingIsLeftBelow(Fault fault, String name) throws Exception {
        RemoteContext cut = tree.get(name);
        Host host = FamilyTree.isOnSecondHost(name) ? second : first;
        List<String> lost = tree.from(name);
        Map<String, Integer> ids = ids();
        Map<String, String> processes = processes();
        Map<String, CompletableFuture<Woken>> waiters = waiters();

        long before = System.currentTimeMillis();
        fault.happen(host, cut);
        try {
            await().until(() -> lost.stream().allMatch(each -> tree.get(each).state() == ContextState.LOST));
            long told = System.currentTimeMillis() - before;
            assertThat(told).as("ms until the controller knew").isLessThan(IN_TIME.toMillis());

            waiters.forEach((pair, waiter) -> {
                String[] of = pair.split(" ");
                if (lost.contains(of[0])) {
                    assertThat(waiter)
                            .as(pair)
                            .failsWithin(PATIENCE)
                            .withThrowableThat()
                            .havingCause()
                            .isInstanceOf(ContextLostException.class)
                            .withMessageContaining(
                                    of[0].equals(name) ? of[0] + " is lost" : "on the way to it is gone");
                } else if (lost.contains(of[1])) {
                    assertThat(waiter).as(pair).succeedsWithin(PATIENCE).satisfies(woken -> {
                        assertThat(woken.reason()).isNotBlank();
                        assertThat(woken.at() - before).as("ms: %s", woken).isLessThan(IN_TIME.toMillis());
                    });
                } else {
                    assertThat(waiter).as(pair).isNotDone();
                }
            });
            for (String other : tree.contexts.keySet()) {
                if (!lost.contains(other)) {
                    assertThat(tree.get(other).call(Waiting::asked)).as(other).isNotNegative();
                }
            }
            if (fault != Fault.PAUSE) {
                // what is stopped can't end, but be killed; all below it can
                awaitEnd(lost, processes, fault == Fault.STOP ? Set.of(name) : Set.of());
            }
        } finally {
            fault.end(host, cut);
        }
        awaitEnd(lost, processes, Set.of());
        ids.keySet().removeAll(lost);
        assertThat(ids()).containsAllEntriesOf(ids);
        for (String each : lost) {
            for (String other : tree.contexts.keySet()) {
                if (!each.equals(name) && !lost.contains(other)) {
                    // those below had someone to wait for, too, and a moment to say what they got
                    assertThat(hostOf(each).exec("sh", "-c", "cat " + file(each + " " + other)))
                            .isNotBlank();
                }
            }
        }
        waiters.values().forEach(waiter -> waiter.cancel(true));
    }

    @Test
    void whileOnePacketInFiveIsLostCallsAreAnsweredOrFailTyped() throws Exception {
        String loss = " -p tcp -m statistic --mode random --probability 0.2 -j DROP";
        RemoteContext far = tree.get("a/b/1");
        int answered = 0;
        second.exec("sh", "-c", "iptables -A INPUT" + loss + " && iptables -A OUTPUT" + loss);
        try {
            for (int i = 0; i < CALLS_WITH_LOSS; i++) {
                try {
                    assertThat(far.call(Waiting::asked)).isNotNegative();
                    answered++;
                } catch (ContextLostException | ConnectFailedException e) {
                    assertThat(e).hasMessageContaining("b");
                }
                assertThat(tree.get("a/x/1").call(Waiting::asked)).isNotNegative();
            }
        } finally {
            second.exec("sh", "-c", "iptables -D INPUT" + loss + " && iptables -D OUTPUT" + loss);
        }
        assertThat(answered).isPositive();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(far.call(Waiting::asked)).isNotNegative());
    }

    @Test
    void nothingIsLeftAtAnyDepthAfterTheControllerIsKilled() throws Exception {
        Process controller = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedController.class.getName(),
                        "free@127.0.0.1:" + first.port(),
                        first.keys().plain().toString(),
                        first.knownHosts().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = controller.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.equals(DoomedController.READY)) {
                line = lines.readLine();
            }
            assertThat(line).isEqualTo(DoomedController.READY);
            assertThat(first.contexts(controller.pid())).hasSize(5);
            assertThat(second.contexts(controller.pid())).hasSize(2);
            assertThat(second.processes("free")).contains(DoomedController.STUBBORN);
        } finally {
            controller.destroyForcibly().waitFor();
        }
        await().untilAsserted(() -> {
            assertThat(first.contexts(controller.pid())).isEmpty();
            assertThat(second.contexts(controller.pid())).isEmpty();
            assertThat(second.processes("free")).doesNotContain(DoomedController.STUBBORN);
        });
        assertThat(tree.contexts.values()).allMatch(context -> context.state() == ContextState.CONNECTED);
    }

    /** Has each context wait for each other one; when this returns, all their messages have arrived. */
    private Map<String, CompletableFuture<Woken>> waiters() {
        Map<String, Integer> silent = new HashMap<>();
        tree.contexts.forEach((name, context) -> silent.put(name, context.call(Waiting::silence)));
        Map<String, CompletableFuture<Woken>> waiters = new HashMap<>();
        tree.contexts.forEach((name, context) -> silent.forEach((other, handle) -> {
            if (!other.equals(name)) {
                String pair = name + " " + other;
                waiters.put(
                        pair, context.callAsync(Waiting::await, tree.get(other).id(), handle, file(pair)));
            }
        }));
        tree.contexts.forEach(
                (name, context) -> await().until(() -> context.call(Waiting::asked) == tree.contexts.size() - 1));
        return waiters;
    }

    private static String file(String pair) {
        return "/dev/shm/" + pair.replace('/', '-').replace(' ', '+');
    }

    private Map<String, Integer> ids() {
        Map<String, Integer> ids = new HashMap<>();
        tree.contexts.forEach((name, context) -> ids.put(name, context.id()));
        return ids;
    }

    private Host hostOf(String name) {
        return FamilyTree.isOnSecondHost(name) ? second : first;
    }

    /** Waits until the contexts in {@code lost} have no process, but for those that may have one, and all others have theirs. */
    private void awaitEnd(List<String> lost, Map<String, String> processes, Set<String> mayBeLeft) {
        Set<String> others = new HashSet<>(tree.contexts.keySet());
        lost.forEach(others::remove);
        await().untilAsserted(() -> {
            Set<String> running = new TreeSet<>();
            for (String process : running()) {
                running.add(processes.getOrDefault(process, process));
            }
            running.removeAll(mayBeLeft);
            assertThat(running).isEqualTo(others);
        });
    }

    /** The name of each context, by its process. */
    private Map<String, String> processes() {
        Map<String, String> names = new HashMap<>();
        tree.contexts.forEach((name, context) ->
                names.put(process(hostOf(name), context.info().pid()), name));
        return names;
    }

    /** The processes of contexts on both hosts. */
    private Set<String> running() throws Exception {
        long here = ProcessHandle.current().pid();
        Set<String> running = new HashSet<>();
        for (Host host : List.of(first, second)) {
            host.contexts(here).forEach(pid -> running.add(process(host, pid)));
        }
        return running;
    }

    private String process(Host host, long pid) {
        return pid + (host == first ? " on the first host" : " on the second host");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }
}
