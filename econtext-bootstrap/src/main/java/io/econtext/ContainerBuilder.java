package io.econtext;

/** What the builders of {@link Docker} and {@link Podman} share, as the two programs do. Not safe for use by several threads. */
abstract class ContainerBuilder<B extends ContainerBuilder<B>> extends ProgramWay.Builder<B> {
    final String container;
    private String user;

    ContainerBuilder(String program, String container) {
        super(program);
        this.container = ProgramWay.argument("container", container);
    }

    /** The user in the container, by name or number, with a group behind a colon if wanted; by default the image's. */
    public B user(String nameOrNumber) {
        user = ProgramWay.argument("user", nameOrNumber);
        return self();
    }

    Address address(String scheme) {
        return Address.of(scheme, container).with("user", user);
    }

    /** @param service how to reach the service, for the program itself */
    Launch.Builder launch(String... service) {
        Launch.Builder launch = run().with(service).with("exec", "-i");
        return (user == null ? launch : launch.with("-u", user)).with(container);
    }
}
