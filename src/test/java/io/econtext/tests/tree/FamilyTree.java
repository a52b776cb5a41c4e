package io.econtext.tests.tree;

import io.econtext.ContextOptions;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.Ssh;
import io.econtext.broker.Broker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Contexts on two hosts, by name. The path is the name: {@code a} is on the first host; {@code a/x} and {@code a/y}, and
 * their children {@code a/x/1} and {@code a/y/1}, too; {@code a/b} and {@code a/b/1} are on the second, which only the
 * first can reach. Used by one thread.
 */
final class FamilyTree {
    /** Of every link. */
    static final Duration HEARTBEAT = Duration.ofMillis(500);

    static final ContextOptions IMPATIENT = ContextOptions.builder()
            .heartbeat(HEARTBEAT)
            .grace(Duration.ofSeconds(1))
            .connectTimeout(Duration.ofSeconds(60))
            .callTimeout(Duration.ofSeconds(120))
            .build();

    final Map<String, RemoteContext> contexts = new LinkedHashMap<>();

    /** @param first leads to a user who can go on to {@code b} without a password */
    FamilyTree(Broker broker, Ssh.Builder first) {
        RemoteContext a = broker.define(first.named("a").with(IMPATIENT).build());
        RemoteContext x = a.define(local("x"));
        RemoteContext y = a.define(local("y"));
        RemoteContext b = a.define(
                Ssh.to("free@b").agent(false).named("b").with(IMPATIENT).build());
        for (RemoteContext context :
                List.of(a, x, y, b, x.define(local("1")), y.define(local("1")), b.define(local("1")))) {
            contexts.put(context.name(), context);
        }
    }

    private static Local local(String name) {
        return Local.process().named(name).with(IMPATIENT);
    }

    RemoteContext get(String name) {
        return contexts.get(name);
    }

    /** Starts those that are not up. */
    void connect() {
        CompletableFuture.allOf(contexts.values().stream()
                        .map(RemoteContext::connectAsync)
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** A context and all behind it. */
    List<String> from(String name) {
        return contexts.keySet().stream()
                .filter(other -> other.equals(name) || other.startsWith(name + "/"))
                .toList();
    }

    static boolean isOnSecondHost(String name) {
        return name.startsWith("a/b");
    }
}
