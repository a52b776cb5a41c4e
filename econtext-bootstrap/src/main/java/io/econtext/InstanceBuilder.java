package io.econtext;

import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.ToolMissing;
import io.econtext.ConnectFailedException.UnknownHost;

/** What the builders of {@link Lxd} and {@link Incus} share, as the two programs do. Not safe for use by several threads. */
abstract class InstanceBuilder<B extends InstanceBuilder<B>> extends ProgramWay.Builder<B> {
    static final String NO_INSTANCE = "there is no such instance, project or remote";
    static final String NOT_RUNNING = "the instance is not running";
    static final String NOT_ALLOWED = "the service may not be used; it takes root, or the group of its socket";
    static final String NO_SERVICE = "the service doesn't answer";
    static final String NO_USER = "the instance can't run anything as this user";

    final String instance;
    private String project;
    private Integer user;

    InstanceBuilder(String program, String instance) {
        super(program);
        this.instance = ProgramWay.argument("instance", instance);
    }

    /** By default the client's current one. */
    public B project(String name) {
        project = ProgramWay.argument("project", name);
        return self();
    }

    /** The number of the user in the instance; by default 0, which is root there. */
    public B user(int number) {
        user = number;
        return self();
    }

    Address address(String scheme) {
        return Address.of(scheme, instance)
                .with("project", project)
                .with("user", user == null ? null : user.toString());
    }

    Launch.Builder launch() {
        Launch.Builder launch = run();
        if (project != null) {
            launch.with("--project", project);
        }
        launch.with("exec", instance, "--mode=non-interactive");
        if (user != null) {
            launch.with("--user", user.toString());
        }
        return launch.with("--")
                .fails("permission denied|needed permissions|not authorized|Forbidden", NotAllowed.class, NOT_ALLOWED)
                .fails("is not running|is frozen|is stopped", Refused.class, NOT_RUNNING)
                .fails("Command not found", ToolMissing.class, ProgramWay.NO_SHELL)
                .fails("^Error: .*([Nn]ot found|doesn't exist)", UnknownHost.class, NO_INSTANCE)
                .fails("^Error: .*(no such file|refused|unreachable|not accessible)", Refused.class, NO_SERVICE)
                .fails("setuid|invalid user", Misconfigured.class, NO_USER);
    }
}
