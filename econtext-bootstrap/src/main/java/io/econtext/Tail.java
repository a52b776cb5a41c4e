package io.econtext;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Follows a file that grows, as {@code tail -F} does: also when it is truncated, or renamed and made anew.
 *
 * <p>Stateless; meant to be opened as a channel: {@code context.open(Tail::follow, path)}.
 */
public final class Tail {
    private static final int USUAL_LINES = 10;
    private static final long POLL_MILLIS = 200;

    private Tail() {}

    /**
     * Sends the last ten lines, then each line that is added, until the channel is closed.
     *
     * @throws IOException if there is no such file at first, or it can't be read
     */
    public static void follow(Path path, Sender<String> lines) throws IOException, InterruptedException {
        followLast(path, USUAL_LINES, lines);
    }

    /** The same with another number of lines to begin with. */
    public static void followLast(Path path, int last, Sender<String> lines) throws IOException, InterruptedException {
        try (FollowedFile file = new FollowedFile(path.toFile(), last, lines)) {
            while (!lines.isClosed()) {
                if (!file.step()) {
                    Thread.sleep(POLL_MILLIS);
                }
            }
        }
    }
}
