package io.econtext.broker;

import io.econtext.ConnectFailedException;
import io.econtext.Way;
import io.econtext.core.Message;
import io.econtext.parent.BootFailure;
import io.econtext.parent.Printable;
import java.util.List;
import java.util.Map;

/** Makes exceptions of failed boots. What targets and tools printed is cleaned for that. Stateless. */
final class BootFailures {
    static final String UNSERVED = "no connector for %s on the class path";
    static final String CONNECTOR = "the connector failed: %s";
    static final String OTHER_VERSION = "speaks version %d of the protocol, not %d";

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("UnknownHost", ConnectFailedException.UnknownHost::new),
            Map.entry("Misconfigured", ConnectFailedException.Misconfigured::new),
            Map.entry("Refused", ConnectFailedException.Refused::new),
            Map.entry("TimedOut", ConnectFailedException.TimedOut::new),
            Map.entry("HostKeyUnknown", ConnectFailedException.HostKeyUnknown::new),
            Map.entry("HostKeyChanged", ConnectFailedException.HostKeyChanged::new),
            Map.entry("AuthenticationFailed", ConnectFailedException.AuthenticationFailed::new),
            Map.entry("PasswordRequired", ConnectFailedException.PasswordRequired::new),
            Map.entry("PasswordWrong", ConnectFailedException.PasswordWrong::new),
            Map.entry("NotAllowed", ConnectFailedException.NotAllowed::new),
            Map.entry("ToolMissing", ConnectFailedException.ToolMissing::new),
            Map.entry("NoJava", ConnectFailedException.NoJava::new),
            Map.entry("JavaTooOld", ConnectFailedException.JavaTooOld::new),
            Map.entry("NoWay", ConnectFailedException.NoWay::new),
            Map.entry("Noise", ConnectFailedException.Noise::new),
            Map.entry("Incompatible", ConnectFailedException.Incompatible::new),
            Map.entry("Cancelled", ConnectFailedException.Cancelled::new));

    private BootFailures() {}

    /** One of the constructors of {@link ConnectFailedException}'s nested types. */
    private interface Kind {
        ConnectFailedException at(String address, String reason, List<String> lastLines, Throwable cause);
    }

    /** A type that isn't known counts as {@code Died}. */
    static ConnectFailedException exception(Way way, BootFailure failure) {
        Kind kind = KINDS.getOrDefault(failure.type(), ConnectFailedException.Died::new);
        return kind.at(way.address(), Printable.line(failure.text()), clean(failure.lines()), null);
    }

    static ConnectFailedException incompatible(Way way, int version, List<String> lines) {
        String text = OTHER_VERSION.formatted(version, Message.VERSION);
        return new ConnectFailedException.Incompatible(way.address(), text, clean(lines), null);
    }

    static List<String> clean(List<String> lines) {
        return lines.stream().map(Printable::line).toList();
    }
}
