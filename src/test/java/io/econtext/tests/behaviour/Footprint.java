package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The threads, processes below it, pipes and sockets that this JVM has at one time. Immutable. */
record Footprint(Set<Thread> threads, Set<ProcessHandle> processes, Set<String> descriptors) {
    /** A thread that was told to end, or a process that was told to, may take that long. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** The JDK starts these when it pleases, and other tools of the tests theirs. */
    private static final List<String> FOREIGN = List.of(
            "ForkJoinPool.commonPool",
            "CompletableFutureDelayScheduler",
            "awaitility",
            "junit",
            "surefire",
            "testcontainers",
            "tc-",
            "docker-java",
            "OkHttp",
            "Attach Listener");

    static {
        // From the first channel on, the JDK keeps a socket for closing others.
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Footprint now() {
        return new Footprint(
                Thread.getAllStackTraces().keySet().stream()
                        .filter(Footprint::isOurs)
                        .collect(Collectors.toSet()),
                ProcessHandle.current().descendants().collect(Collectors.toSet()),
                openDescriptors());
    }

    private static boolean isOurs(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null
                && group.getParent() != null
                && !group.getName().equals("InnocuousThreadGroup")
                && FOREIGN.stream().noneMatch(thread.getName()::startsWith);
    }

    /** Files are opened by class loaders when they please; pipes and sockets only by those who start something. */
    private static Set<String> openDescriptors() {
        Set<String> found = new HashSet<>();
        try (Stream<Path> links = Files.list(DESCRIPTORS)) {
            for (Path link : links.toList()) {
                try {
                    String target = Files.readSymbolicLink(link).toString();
                    if (target.startsWith("pipe:") || target.startsWith("socket:")) {
                        found.add(target);
                    }
                } catch (NoSuchFileException e) {
                    // Closed meanwhile.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Waits until there is nothing that was not there before, and fails if there is something that stays. */
    void assertNothingWasAdded() {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(added(now())).isEmpty());
    }

    private Set<String> added(Footprint later) {
        Set<String> added = new TreeSet<>();
        for (Thread thread : later.threads) {
            if (!threads.contains(thread)) {
                List<String> frames = new ArrayList<>();
                for (StackTraceElement frame : thread.getStackTrace()) {
                    frames.add("\n    at " + frame);
                }
                added.add(thread + String.join("", frames));
            }
        }
        for (ProcessHandle process : later.processes) {
            if (!processes.contains(process)) {
                added.add("process " + process.pid() + " " + process.info());
            }
        }
        for (String descriptor : later.descriptors) {
            if (!descriptors.contains(descriptor)) {
                added.add(descriptor);
            }
        }
        return added;
    }
}
