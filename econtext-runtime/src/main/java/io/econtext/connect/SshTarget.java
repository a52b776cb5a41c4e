package io.econtext.connect;

import io.econtext.HostKeys;
import io.econtext.Secret;
import io.econtext.broker.Outlet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where a session leads, as whom and by which rules: contexts whose targets are equal share their sessions.
 *
 * <p>Immutable; secrets are equal only if they are the same object.
 *
 * @param host the name or address to connect to
 * @param via the host that must be passed on the way, or {@code null}
 * @param outlet the context that connects us, or {@code null}
 */
record SshTarget(
        String user,
        String host,
        int port,
        Credentials credentials,
        HostRules rules,
        Tuning tuning,
        SshTarget via,
        Outlet outlet) {

    /**
     * What may be shown to the host to be let in.
     *
     * @param identities private keys that were named
     * @param onlyThese whether no other keys are offered
     * @param agent the agent's socket, or {@code null}
     * @param methods of authentication, in the order they are tried
     */
    record Credentials(
            List<Path> identities,
            boolean onlyThese,
            Path agent,
            Secret passphrase,
            Secret password,
            List<String> methods) {}

    /**
     * How the host must show that it is the right one.
     *
     * @param name under which the host is known, with the port if it isn't the usual one
     * @param host the same without the port, which is taken too, but not as a contradiction
     * @param knownHosts files with known hosts; new keys are added to the first
     * @param hashed whether the name is hashed when a key is added
     * @param pinned the only key accepted, or {@code null}
     */
    record HostRules(String name, String host, List<Path> knownHosts, HostKeys policy, boolean hashed, String pinned) {}

    /**
     * @param ipv6 whether only addresses of version 6 (true) or 4 (false) are wanted, {@code null} for any
     * @param keepalive how often a silent connection is probed
     * @param probes that may stay unanswered
     * @param limit for connecting to this host, or {@code null}
     */
    record Tuning(Boolean ipv6, Duration keepalive, int probes, boolean compression, Duration limit) {}

    SshTarget reachedVia(SshTarget jump) {
        return new SshTarget(user, host, port, credentials, rules, tuning, jump, null);
    }

    /** The context is in the place of jump hosts. */
    SshTarget reachedThrough(Outlet context) {
        return new SshTarget(user, host, port, credentials, rules, tuning, null, context);
    }

    /** As people write it. */
    @Override
    public String toString() {
        return user + "@" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
