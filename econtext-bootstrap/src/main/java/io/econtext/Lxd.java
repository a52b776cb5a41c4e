package io.econtext;

/** A running instance of LXD, by {@code lxc exec}. Immutable; made by {@link #instance}. */
public final class Lxd extends ProgramWay {
    private Lxd(Builder builder) {
        super(builder, builder.instance, builder.address("lxd"), builder.launch());
    }

    /** @param name of the container or virtual machine, with its remote before a colon if it has one */
    public static Builder instance(String name) {
        return new Builder(name);
    }

    /** Collects the settings of an {@link Lxd}. Not safe for use by several threads. */
    public static final class Builder extends InstanceBuilder<Builder> {
        private Builder(String instance) {
            super("lxc", instance);
        }

        @Override
        public Lxd build() {
            return new Lxd(this);
        }
    }
}
