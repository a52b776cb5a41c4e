package io.econtext.connect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that waits for many sockets and reads them. MINA's own sockets need a second thread to be woken for each
 * thing that is read or written; these are read where the wait ends and written where the writer is.
 *
 * <p>{@link #execute} is called by any thread; all else happens on the loop's own.
 */
final class IoLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IoLoop.class);
    private static final int CLOSE_SECONDS = 2;

    /** A socket whose turn it is. */
    interface Socket {
        void ready(SelectionKey key);
    }

    private final Selector selector;
    private final ByteBuffer input;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    IoLoop(ThreadFactory factory, int readBuffer) throws IOException {
        input = ByteBuffer.allocateDirect(readBuffer);
        selector = Selector.open();
        thread = factory.newThread(this::run);
        thread.start();
    }

    Selector selector() {
        return selector;
    }

    /** For what is read on the loop's thread, and used up before the next turn. */
    ByteBuffer input() {
        return input.clear();
    }

    void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    private void run() {
        try (selector) {
            while (!closed) {
                if (tasks.isEmpty()) {
                    selector.select(this::ready);
                } else {
                    selector.selectNow(this::ready);
                }
                for (int i = tasks.size(); i > 0; i--) {
                    guarded(tasks.remove());
                }
            }
        } catch (IOException e) {
            LOG.error("the sockets can't be waited for any more", e);
        }
    }

    private void ready(SelectionKey key) {
        guarded(() -> ((Socket) key.attachment()).ready(key));
    }

    /** One socket's trouble must not become that of all. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a socket's turn failed", e);
        }
    }

    /** Ends the thread, and waits for it. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
