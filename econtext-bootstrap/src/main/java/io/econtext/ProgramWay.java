package io.econtext;

import java.util.Objects;

/** A way in that is a program of the host it leads from. Immutable. */
public abstract class ProgramWay implements Way {
    static final String NO_SHELL = "there is no sh in it; a context needs a shell and Java";

    private final String name;
    private final String address;
    private final ContextOptions options;
    private final Launch launch;

    ProgramWay(Builder<?> settings, String defaultName, Address address, Launch.Builder launch) {
        name = settings.name == null ? defaultName : settings.name;
        options = settings.options;
        this.address = address.toString();
        this.launch = launch.build();
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String address() {
        return address;
    }

    @Override
    public final ContextOptions options() {
        return options;
    }

    @Override
    public final Launch launch() {
        return launch;
    }

    @Override
    public final String toString() {
        return address;
    }

    /** {@code value}, if a program can't take it for an option. */
    static String argument(String what, String value) {
        if (value.isEmpty() || value.startsWith("-")) {
            throw new IllegalArgumentException(what + " '" + value + "' is empty or begins with a dash");
        }
        return value;
    }

    /**
     * Collects the settings of a way. Not safe for use by several threads.
     *
     * @param <B> the builder's own type
     */
    public abstract static class Builder<B extends Builder<B>> {
        private String program;
        private String name;
        private ContextOptions options = ContextOptions.DEFAULTS;

        Builder(String program) {
            this.program = program;
        }

        /** The program itself; by default the one of its usual name on the path. */
        public B program(String path) {
            program = argument("program", path);
            return self();
        }

        /** The name of the context; by default what the way leads to. */
        public B named(String contextName) {
            name = Objects.requireNonNull(contextName);
            return self();
        }

        public B with(ContextOptions contextOptions) {
            options = Objects.requireNonNull(contextOptions);
            return self();
        }

        public abstract ProgramWay build();

        /** A launch of the program. */
        final Launch.Builder run(String... arguments) {
            return Launch.of(program).with(arguments);
        }

        @SuppressWarnings("unchecked")
        final B self() {
            return (B) this;
        }
    }
}
