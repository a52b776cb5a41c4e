package io.econtext.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves a thread behind which was not there before. Used by one thread. */
public final class NoThreadLeft implements BeforeEachCallback, AfterEachCallback {
    /** How long a thread that was told to end may take. */
    private static final long PATIENCE_MILLIS = 10000;

    private Set<Thread> before;

    @Override
    public void beforeEach(ExtensionContext context) {
        before = Thread.getAllStackTraces().keySet();
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && isOurs(thread)) {
                thread.join(PATIENCE_MILLIS);
                assertThat(thread.isAlive())
                        .as("%s is still at %s", thread, String.join("\n  ", frames(thread)))
                        .isFalse();
            }
        }
    }

    /** The JDK starts threads when it pleases: the cleaner, those of the common pool, the reaper of processes. */
    private static boolean isOurs(Thread thread) {
        String name = thread.getName();
        return thread.getThreadGroup() != null
                && !thread.getThreadGroup().getName().equals("system")
                && !thread.getThreadGroup().getName().equals("InnocuousThreadGroup")
                && !name.startsWith("ForkJoinPool.commonPool")
                && !name.startsWith("CompletableFutureDelayScheduler")
                && !name.startsWith("junit-jupiter")
                && !name.startsWith("surefire");
    }

    private static String[] frames(Thread thread) {
        StackTraceElement[] trace = thread.getStackTrace();
        String[] frames = new String[trace.length];
        for (int i = 0; i < trace.length; i++) {
            frames[i] = trace[i].toString();
        }
        return frames;
    }
}
