package io.econtext.broker;

import io.econtext.ConnectFailedException;
import io.econtext.Way;
import io.econtext.core.Message;
import io.econtext.parent.BootDialog;
import io.econtext.parent.BootFailure;
import io.econtext.parent.Printable;
import java.util.List;

/** Makes exceptions of failed boots. What targets and tools printed is cleaned for that. Stateless. */
final class BootFailures {
    static final String UNSERVED = "no connector for %s on the class path";
    static final String CONNECTOR = "the connector failed: %s";
    static final String OTHER_VERSION = "speaks version %d of the protocol, not %d";

    private BootFailures() {}

    /** What is told of a start that is over: also an examination ends so. */
    static ConnectFailedException exception(Way way, BootFailure failure) {
        return failure.type().equals(BootDialog.REPORT)
                ? new Examined(way.address(), Printable.line(failure.text()), clean(failure.lines()))
                : failure.exception(way.address());
    }

    static ConnectFailedException incompatible(Way way, int version, List<String> lines) {
        String text = OTHER_VERSION.formatted(version, Message.VERSION);
        return new ConnectFailedException.Incompatible(way.address(), text, clean(lines), null);
    }

    static List<String> clean(List<String> lines) {
        return lines.stream().map(Printable::line).toList();
    }
}
