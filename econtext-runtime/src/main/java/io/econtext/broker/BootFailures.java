package io.econtext.broker;

import io.econtext.ConnectFailedException;
import io.econtext.Way;
import io.econtext.parent.Preamble;
import io.econtext.parent.Printable;
import java.util.List;

/** Gives a failed boot its type, from what the first stage, the JVM or the shell said. Stateless. */
final class BootFailures {
    static final int LAST_LINES = 20;

    static final String NO_JAVA =
            "no Java was found; looked at: %s. Install a JRE of 8 or newer, or set the option 'java'";
    static final String NO_WAY =
            "nothing there can hold the core without writing to disk: %s. Install perl or python3, "
                    + "mount a RAM file system at /dev/shm, or set the option 'allow-disk' to a directory";
    static final String NOISE =
            "printed more than 64 KiB before the context came up; make the login's start-up files quieter";
    static final String TOO_OLD = "its Java is older than 8; set the option 'java' to a newer one";
    static final String DIED = "ended before the context was up: %s";
    static final String UNSERVED = "no connector for %s on the class path";
    static final String CONNECTOR = "the connector failed: %s";
    static final String NO_TRANSPORT = "no connection within %s";
    static final String NO_BOOT = "the command was started, but no context came up within %s";

    private BootFailures() {}

    static ConnectFailedException ofStage(Way way, Preamble preamble, List<String> lines) {
        String text = Printable.line(preamble.failureText());
        return switch (preamble.failureCode()) {
            case "nojava" -> new ConnectFailedException.NoJava(way.address(), NO_JAVA.formatted(text), lines, null);
            case "noway" -> new ConnectFailedException.NoWay(way.address(), NO_WAY.formatted(text), lines, null);
            default ->
                new ConnectFailedException.Died(
                        way.address(), DIED.formatted(preamble.failureCode() + " " + text), lines, null);
        };
    }

    static ConnectFailedException died(Way way, String reason, List<String> lines) {
        for (String line : lines) {
            if (line.contains("UnsupportedClassVersionError") || line.contains("Unsupported major.minor version")) {
                return new ConnectFailedException.JavaTooOld(way.address(), TOO_OLD, lines, null);
            }
        }
        return new ConnectFailedException.Died(way.address(), DIED.formatted(reason), lines, null);
    }

    static ConnectFailedException timedOut(Way way, boolean beforeStart, List<String> lines) {
        String text = beforeStart ? NO_TRANSPORT : NO_BOOT;
        return new ConnectFailedException.TimedOut(
                way.address(), text.formatted(Broker.text(way.options().connectTimeout())), lines, null);
    }
}
