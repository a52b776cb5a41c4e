package io.econtext.bench;

import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What logs a lot, on a target. */
final class Noise {
    private Noise() {}

    /** Logs on the target, evenly, and returns how many lines that were. */
    static int log(int linesASecond, int seconds) {
        Logger logger = LoggerFactory.getLogger("com.acme.Noisy");
        long start = System.nanoTime();
        int lines = 0;
        long nanos;
        while ((nanos = System.nanoTime() - start) < seconds * 1_000_000_000L) {
            for (long due = nanos * linesASecond / 1_000_000_000L; lines < due; lines++) {
                logger.info("request {} of customer {} took {} ms", lines, "4711", 12);
            }
            LockSupport.parkNanos(1_000_000);
        }
        return lines;
    }
}
