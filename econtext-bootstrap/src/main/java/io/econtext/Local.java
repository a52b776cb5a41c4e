package io.econtext;

import java.util.Objects;

/** A process of the same machine and user. Immutable. */
public final class Local implements Way {
    private final String name;
    private final ContextOptions options;

    private Local(String name, ContextOptions options) {
        this.name = Objects.requireNonNull(name, "name");
        this.options = Objects.requireNonNull(options, "options");
    }

    public static Local process() {
        return new Local("local", ContextOptions.DEFAULTS);
    }

    public Local named(String contextName) {
        return new Local(contextName, options);
    }

    public Local with(ContextOptions contextOptions) {
        return new Local(name, contextOptions);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        return "local:";
    }

    @Override
    public ContextOptions options() {
        return options;
    }

    @Override
    public Launch launch() {
        return Launch.of("sh", "-c").byOneLine().withOurPipes().build();
    }

    @Override
    public String toString() {
        return address();
    }
}
