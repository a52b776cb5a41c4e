package io.econtext.spring.shell;

import io.econtext.Channel;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Lets Ctrl-C end what a command receives, instead of the whole interactive shell. A one-shot command ends as any
 * program does.
 *
 * <p>Used by one thread; the signal comes on another.
 */
final class Interrupt implements AutoCloseable {
    private static final String SIGNAL = "INT";
    private static final boolean JLINE =
            ClassUtils.isPresent("org.jline.utils.Signals", Interrupt.class.getClassLoader());

    private final @Nullable Object previous;
    private volatile boolean came;

    Interrupt(Invocation invocation, Channel<?> channel) {
        boolean wanted = JLINE && !(Output.of(invocation.out()) instanceof Output.StandardOutput);
        previous = wanted ? Signals.register(SIGNAL, () -> end(channel)) : null;
    }

    private void end(Channel<?> channel) {
        came = true;
        channel.close();
    }

    /** Whether the user wanted no more. */
    boolean came() {
        return came;
    }

    @Override
    public void close() {
        if (previous != null) {
            Signals.unregister(SIGNAL, previous);
        }
    }
}
