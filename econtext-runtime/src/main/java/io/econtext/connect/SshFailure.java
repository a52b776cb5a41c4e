package io.econtext.connect;

import io.econtext.ConnectFailedException;
import java.util.List;

/**
 * Why a session could not be had, before it is known which contexts wait for it.
 *
 * <p>Immutable: one failure is told to every context that shares the session.
 */
final class SshFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** One of the constructors of {@link ConnectFailedException}'s nested types. */
    interface Kind {
        ConnectFailedException at(String address, String reason, List<String> lastLines, Throwable cause);
    }

    private final transient Kind kind;
    private final transient List<String> lastLines;

    SshFailure(Kind kind, String reason) {
        this(kind, reason, List.of(), null);
    }

    SshFailure(Kind kind, String reason, Throwable cause) {
        this(kind, reason, List.of(), cause);
    }

    SshFailure(Kind kind, String reason, List<String> lastLines, Throwable cause) {
        super(reason, cause);
        this.kind = kind;
        this.lastLines = List.copyOf(lastLines);
    }

    /** The failure as one way in meets it. */
    ConnectFailedException at(String address) {
        return kind.at(address, getMessage(), lastLines, getCause());
    }

    /** The same for what lies behind the host that failed. */
    SshFailure onTheWay(String jump) {
        return new SshFailure(kind, "jump host " + jump + ": " + getMessage(), lastLines, getCause());
    }
}
