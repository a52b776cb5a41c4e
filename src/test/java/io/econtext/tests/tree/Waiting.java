package io.econtext.tests.tree;

import io.econtext.core.Context;
import io.econtext.core.Handler;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** What contexts run that wait for each other, by messages to handles that answer nothing. Safe for several threads. */
final class Waiting {
    private static final AtomicInteger ASKED = new AtomicInteger();

    private Waiting() {}

    /** What a waiter got instead of an answer, and when: ms since 1970. */
    record Woken(String reason, long at) {}

    /** A handle of this context that anyone may send to, and that never answers. */
    static int silence() {
        ASKED.set(0);
        return router().register(new Silence());
    }

    /** How many messages came to the last {@link #silence}. */
    static int asked() {
        return ASKED.get();
    }

    /** Sends a message to another context's handle and waits until it is known that no answer will come. */
    static Woken await(int peer, int handle, String file) throws InterruptedException, ExecutionException, IOException {
        Waiter waiter = new Waiter(peer);
        int reply = router().register(waiter);
        try {
            router().send(router().message(Message.NORMAL, peer, handle, reply, new byte[0]));
            Woken woken = waiter.woken.get();
            Files.writeString(Path.of(file), woken.reason);
            return woken;
        } finally {
            router().unregister(reply);
        }
    }

    private static Router router() {
        return Context.current.router;
    }

    private static final class Silence extends Handler {
        Silence() {
            super(ANYONE);
        }

        @Override
        public void handle(Message m) {
            ASKED.incrementAndGet();
        }
    }

    private static final class Waiter extends Handler {
        final CompletableFuture<Woken> woken = new CompletableFuture<>();

        Waiter(int peer) {
            super(peer);
        }

        @Override
        public void handle(Message m) {
            lost(m.isBounced() ? Text.string(m.body) : "it was answered");
        }

        @Override
        public void lost(String reason) {
            woken.complete(new Woken(reason, System.currentTimeMillis()));
        }
    }
}
