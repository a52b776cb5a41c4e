package io.econtext.broker;

import io.econtext.ContextOptions;
import io.econtext.Way;
import java.util.Objects;

/**
 * A context in this very JVM, for unit tests: nothing is started, yet arguments, results and classes go the same way as to
 * any other context. Immutable.
 *
 * <p>Its code has classes, and so static fields, of its own. What it shares with this JVM is the rest: what it prints goes
 * where this program prints, its levels of logging are those of this program, {@code System.exit} ends both, and a call
 * that ignores interrupts outlives it. Of the options, those that are for a JVM or a process mean nothing.
 */
public final class InProcess implements Way {
    private final String name;
    private final ContextOptions options;

    private InProcess(String name, ContextOptions options) {
        this.name = Objects.requireNonNull(name, "name");
        this.options = Objects.requireNonNull(options, "options");
    }

    public static InProcess context() {
        return new InProcess("in-process", ContextOptions.DEFAULTS);
    }

    public InProcess named(String contextName) {
        return new InProcess(contextName, options);
    }

    public InProcess with(ContextOptions contextOptions) {
        return new InProcess(name, contextOptions);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        return "in-process:";
    }

    @Override
    public ContextOptions options() {
        return options;
    }

    @Override
    public String toString() {
        return address();
    }
}
