package io.econtext.broker;

import io.econtext.RemoteCallException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a context logged with a line: it prints as the original would, of which it has type, message, stack, causes and
 * what was suppressed. Not for throwing.
 */
public final class LoggedThrowable extends Exception {
    private static final long serialVersionUID = 1;

    private final String type;

    private LoggedThrowable(String type, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.type = type;
    }

    static LoggedThrowable of(RemoteCallException logged) {
        LoggedThrowable cause = logged.getCause() instanceof RemoteCallException remote ? of(remote) : null;
        LoggedThrowable copy = new LoggedThrowable(logged.remoteType(), logged.remoteMessage(), cause);
        copy.setStackTrace(logged.getStackTrace());
        for (Throwable suppressed : logged.getSuppressed()) {
            copy.addSuppressed(of((RemoteCallException) suppressed));
        }
        return copy;
    }

    /** The name of the class of what was thrown. */
    public String type() {
        return type;
    }

    /** It is put together from what came, and belongs to no place here. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    @Override
    public String toString() {
        return getMessage() == null ? type : type + ": " + getMessage();
    }

    /** As it is printed, without the last line end. */
    String text() {
        StringWriter text = new StringWriter();
        printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }
}
