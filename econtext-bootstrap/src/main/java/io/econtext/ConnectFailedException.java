package io.econtext;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A context could not be brought up. The nested types say why; each carries the last lines that the target or the
 * tool that starts it printed.
 */
public abstract class ConnectFailedException extends EcontextException {
    private static final long serialVersionUID = 1;

    private final String address;
    private final transient List<String> lastLines;

    protected ConnectFailedException(String address, String reason, List<String> lastLines, Throwable cause) {
        super(text(address, reason, lastLines), cause);
        this.address = address;
        this.lastLines = Collections.unmodifiableList(new ArrayList<>(lastLines));
    }

    private static String text(String address, String reason, List<String> lastLines) {
        StringBuilder text = new StringBuilder(address)
                .append(address.endsWith(":") ? " " : ": ")
                .append(reason);
        for (String line : lastLines) {
            text.append("\n    | ").append(line);
        }
        return text.toString();
    }

    /** The way in that failed, without secrets. */
    public String address() {
        return address;
    }

    /** What was printed last, oldest line first; at most 20 lines. */
    public List<String> lastLines() {
        return lastLines == null ? Collections.<String>emptyList() : lastLines;
    }

    /** The host's name can't be resolved, or there is no such container, pod, instance or process. */
    public static final class UnknownHost extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public UnknownHost(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** What was configured can't be followed; the message names the file and line, or the option. */
    public static final class Misconfigured extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public Misconfigured(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** Nothing listens or runs there, or the network says no. */
    public static final class Refused extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public Refused(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** The transport or the boot took longer than the connect timeout. */
    public static final class TimedOut extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public TimedOut(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** The host's key is not among the known ones. */
    public static final class HostKeyUnknown extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public HostKeyUnknown(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** The host's key is not the one that is known or pinned. */
    public static final class HostKeyChanged extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public HostKeyChanged(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** No method of authentication was accepted; the message lists those that were tried. */
    public static final class AuthenticationFailed extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public AuthenticationFailed(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** A password is asked for and none is configured. */
    public static final class PasswordRequired extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public PasswordRequired(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** The password was not accepted. */
    public static final class PasswordWrong extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public PasswordWrong(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** The tool that changes the user says that we may not, as when sudo refuses, or the controller forbids it. */
    public static final class NotAllowed extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public NotAllowed(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** A program that starts the context is not there. */
    public static final class ToolMissing extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public ToolMissing(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** No Java was found; the message lists where it was looked for. */
    public static final class NoJava extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public NoJava(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** The Java that was found is older than 8. */
    public static final class JavaTooOld extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public JavaTooOld(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** No way to hold the core without writing to disk; the message lists what was tried. */
    public static final class NoWay extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public NoWay(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** More than 64 KiB came before the preamble, or what followed it is no econtext. */
    public static final class Noise extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public Noise(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** The other side speaks another version of the protocol. */
    public static final class Incompatible extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public Incompatible(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** What was started ended before it answered. */
    public static final class Died extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public Died(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }

    /** Connecting was given up by the caller. */
    public static final class Cancelled extends ConnectFailedException {
        private static final long serialVersionUID = 1;

        public Cancelled(String address, String reason, List<String> lastLines, Throwable cause) {
            super(address, reason, lastLines, cause);
        }
    }
}
