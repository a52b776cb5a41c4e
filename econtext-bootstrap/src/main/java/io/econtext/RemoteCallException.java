package io.econtext;

/**
 * The called code threw. Its stack trace is the remote one, its cause the remote cause; the local call site is the
 * stack trace of the {@linkplain #getSuppressed() suppressed} {@link CallSite}.
 */
public final class RemoteCallException extends EcontextException {
    private static final long serialVersionUID = 1;

    private final String remoteType;
    private final String remoteMessage;

    public RemoteCallException(String remoteType, String remoteMessage, Throwable cause) {
        super(remoteMessage == null ? remoteType : remoteType + ": " + remoteMessage, cause);
        this.remoteType = remoteType;
        this.remoteMessage = remoteMessage;
    }

    /** The name of the class of what was thrown. */
    public String remoteType() {
        return remoteType;
    }

    /** The message of what was thrown, or {@code null}. */
    public String remoteMessage() {
        return remoteMessage;
    }
}
