package io.econtext.broker;

import io.econtext.ConnectFailedException;
import io.econtext.Way;
import io.econtext.core.Message;
import io.econtext.parent.Printable;
import java.util.List;

/** Makes exceptions of failed boots. What targets and tools printed is cleaned for that. Stateless. */
final class BootFailures {
    static final String UNSERVED = "no connector for %s on the class path";
    static final String CONNECTOR = "the connector failed: %s";
    static final String OTHER_VERSION = "speaks version %d of the protocol, not %d";

    private BootFailures() {}

    static ConnectFailedException incompatible(Way way, int version, List<String> lines) {
        String text = OTHER_VERSION.formatted(version, Message.VERSION);
        return new ConnectFailedException.Incompatible(way.address(), text, clean(lines), null);
    }

    static List<String> clean(List<String> lines) {
        return lines.stream().map(Printable::line).toList();
    }
}
