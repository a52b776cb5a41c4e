package io.econtext;

/** A running instance of Incus, by {@code incus exec}. Immutable; made by {@link #instance}. */
public final class Incus extends ProgramWay {
    private Incus(Builder builder) {
        super(builder, builder.instance, builder.address("incus"), builder.launch());
    }

    /** @param name of the container or virtual machine, with its remote before a colon if it has one */
    public static Builder instance(String name) {
        return new Builder(name);
    }

    /** Collects the settings of an {@link Incus}. Not safe for use by several threads. */
    public static final class Builder extends InstanceBuilder<Builder> {
        private Builder(String instance) {
            super("incus", instance);
        }

        @Override
        public Incus build() {
            return new Incus(this);
        }
    }
}
