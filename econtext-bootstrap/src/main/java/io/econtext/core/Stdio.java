package io.econtext.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Makes log lines of what anyone in this process, or a child of it, wrote to descriptors 1 and 2: both lead to pipes
 * that end here.
 *
 * <p>Reading never blocks, so that whoever needs everything written so far can get it: a thread that waits in a read
 * would hold bytes that nobody else can see. The lock makes what was read and what became a line one step.
 */
final class Stdio {
    private static final int LONGEST_LINE = 8192;
    private static final long PARTIAL_NANOS = 200 * 1000000L;
    private static final int GOES_ON = 4;

    private final Logs logs;
    private final InputStream[] pipes;
    private final ByteArrayOutputStream[] lines = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
    private final long[] since = new long[2];
    private final byte[] buffer = new byte[LONGEST_LINE];

    Stdio(Logs logs, InputStream out, InputStream err) {
        this.logs = logs;
        pipes = new InputStream[] {out, err};
    }

    /** Reads what there is and says whether there was any; unfinished lines end if {@code all}, or when they are old. */
    synchronized boolean drain(boolean all, long now) {
        boolean any = false;
        for (int i = 0; i < 2; i++) {
            try {
                int left = pipes[i] == null ? 0 : pipes[i].available();
                any |= left > 0;
                while (left > 0) {
                    int n = pipes[i].read(buffer, 0, Math.min(left, buffer.length));
                    left -= n;
                    split(i, n, now);
                }
                if (lines[i].size() > 0 && (all || now - since[i] >= PARTIAL_NANOS)) {
                    end(i, 0);
                }
            } catch (IOException e) {
                pipes[i] = null;
            }
        }
        return any;
    }

    private void split(int i, int n, long now) {
        for (int at = 0; at < n; at++) {
            if (buffer[at] == '\n') {
                end(i, 0);
                continue;
            }
            if (lines[i].size() == 0) {
                since[i] = now;
            } else if (lines[i].size() >= LONGEST_LINE
                    && (buffer[at] >> 6 != -2 || lines[i].size() > LONGEST_LINE + 2)) {
                // Not within a character, if it is one.
                end(i, GOES_ON);
            }
            lines[i].write(buffer[at]);
        }
    }

    private void end(int i, int goesOn) {
        logs.line(i + 1 | goesOn, 0, "", Text.string(lines[i].toByteArray()));
        lines[i].reset();
    }
}
