package io.econtext.logs;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.econtext.broker.LoggedThrowable;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a context logged as thrown, under the name that its class has there. Immutable. */
final class RemoteThrowableProxy implements IThrowableProxy {
    private final LoggedThrowable thrown;
    private final StackTraceElementProxy[] frames;
    private final int commonFrames;
    private final @Nullable RemoteThrowableProxy cause;
    private final IThrowableProxy[] suppressed;

    RemoteThrowableProxy(LoggedThrowable thrown) {
        this(thrown, new StackTraceElement[0]);
    }

    private RemoteThrowableProxy(LoggedThrowable thrown, StackTraceElement[] enclosing) {
        this.thrown = thrown;
        StackTraceElement[] trace = thrown.getStackTrace();
        frames = Arrays.stream(trace).map(StackTraceElementProxy::new).toArray(StackTraceElementProxy[]::new);
        commonFrames = common(trace, enclosing);
        cause = thrown.getCause() == null ? null : new RemoteThrowableProxy((LoggedThrowable) thrown.getCause(), trace);
        suppressed = Stream.of(thrown.getSuppressed())
                .map(other -> new RemoteThrowableProxy((LoggedThrowable) other, trace))
                .toArray(IThrowableProxy[]::new);
    }

    private static int common(StackTraceElement[] trace, StackTraceElement[] enclosing) {
        int n = 0;
        while (n < trace.length
                && n < enclosing.length
                && trace[trace.length - 1 - n].equals(enclosing[enclosing.length - 1 - n])) {
            n++;
        }
        return n;
    }

    @Override
    public @Nullable String getMessage() {
        return thrown.getMessage();
    }

    @Override
    public String getClassName() {
        return thrown.type();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return frames;
    }

    @Override
    public int getCommonFrames() {
        return commonFrames;
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return cause;
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return suppressed;
    }

    @Override
    public boolean isCyclic() {
        return false;
    }
}
