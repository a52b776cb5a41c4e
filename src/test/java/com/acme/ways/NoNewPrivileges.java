package com.acme.ways;

import io.econtext.ConnectFailedException;
import io.econtext.ContextOptions;
import io.econtext.Launch;
import io.econtext.Way;

/** The same host and user, with no way to become another: {@code sudo} and the like fail there. */
public record NoNewPrivileges(String name, ContextOptions options) implements Way {
    static final String OLD = "this setpriv doesn't know the option; it takes util-linux 2.24";

    @Override
    public String address() {
        return "no-new-privileges:";
    }

    @Override
    public Launch launch() {
        return Launch.of("setpriv", "--no-new-privs")
                .fails("^setpriv: unrecognized option", ConnectFailedException.Misconfigured.class, OLD)
                .build();
    }
}
