package io.econtext;

import io.econtext.ConnectFailedException.AuthenticationFailed;
import io.econtext.ConnectFailedException.HostKeyChanged;
import io.econtext.ConnectFailedException.HostKeyUnknown;
import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.PasswordRequired;
import io.econtext.ConnectFailedException.PasswordWrong;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.TimedOut;
import io.econtext.ConnectFailedException.UnknownHost;
import java.util.Collections;

/** OpenSSH's client, as other contexts than the controller use it. Functions only. */
final class SshProgram {
    static final String NO_PIN = "a pinned key is known to the controller's own client only; "
            + "add the key to known_hosts on the host that the ssh program runs on";
    static final String UNKNOWN = "the host's name can't be resolved there";
    static final String CHANGED = "the host's key is another than the known one; find out why before you do anything";
    static final String NEW = "the host's key is not known there; compare it and add it to known_hosts, "
            + "or use the option 'host-keys' with accept-new";
    static final String REFUSED = "nothing listens there, or there is no route to it";
    static final String LATE = "the host did not answer within the connect timeout";
    static final String WRONG = "the host did not accept the password";
    static final String REQUIRED = "the host asks for a password and none is configured";
    static final String KEYS = "the host accepted no key; the last lines say what it would accept";
    static final String SETTINGS = "this ssh doesn't understand its configuration or an option";
    static final String CLOSED = "the host closed the connection before anyone could log in";

    private static final int OWN_FAILURE = 255;

    private SshProgram() {}

    static Launch launch(Ssh way) {
        if (way.pinnedKey() != null) {
            throw new Misconfigured(way.address(), NO_PIN, Collections.<String>emptyList(), null);
        }
        Secret secret = way.password() == null ? way.passphrase() : way.password();
        long seconds = Math.max(1, way.options().connectTimeout().getSeconds());
        Launch.Builder launch = Launch.of("ssh", "-T", "-x", "-a").byOneLine().failsBy(OWN_FAILURE);
        if (way.configFile() != null) {
            launch.with("-F", way.configFile().isEmpty() ? "none" : way.configFile());
        }
        if (way.user() != null) {
            launch.with("-l", way.user());
        }
        if (way.port() != 0) {
            launch.with("-p", Integer.toString(way.port()));
        }
        for (String identity : way.identities()) {
            launch.with("-i", identity);
        }
        if (way.knownHostsFile() != null) {
            option(launch, "UserKnownHostsFile=" + way.knownHostsFile());
        }
        if (!way.usesAgent()) {
            option(launch, "IdentityAgent=none");
        }
        option(launch, "StrictHostKeyChecking=" + (way.hostKeys() == HostKeys.ACCEPT_NEW ? "accept-new" : "yes"));
        option(launch, "ConnectTimeout=" + seconds);
        option(launch, "ClearAllForwardings=yes");
        // it would add what else the host has to known_hosts
        option(launch, "UpdateHostKeys=no");
        if (secret == null) {
            option(launch, "BatchMode=yes");
        } else {
            option(launch, "NumberOfPasswordPrompts=1");
            launch.asksPasswordOnTerminal(secret);
        }
        return failures(launch.with("--", way.host()), secret != null).build();
    }

    private static void option(Launch.Builder launch, String setting) {
        launch.with("-o", setting);
    }

    private static Launch.Builder failures(Launch.Builder launch, boolean hadPassword) {
        String onlyPassword = "Permission denied \\(((password|keyboard-interactive),?)+\\)";
        launch.fails("Could not resolve hostname", UnknownHost.class, UNKNOWN)
                .fails("HOST IDENTIFICATION HAS CHANGED", HostKeyChanged.class, CHANGED)
                .fails("Host key verification failed", HostKeyUnknown.class, NEW)
                .fails("timed out", TimedOut.class, LATE)
                .fails("ssh: connect to host", Refused.class, REFUSED);
        if (hadPassword) {
            launch.fails("Permission denied \\(", PasswordWrong.class, WRONG);
        } else {
            launch.fails(onlyPassword, PasswordRequired.class, REQUIRED);
        }
        return launch.fails("Permission denied \\(|Too many authentication failures", AuthenticationFailed.class, KEYS)
                .fails("Bad (configuration|owner)|configuration option|unknown option", Misconfigured.class, SETTINGS)
                .fails("Connection (closed|reset) by|kex_exchange_identification", Refused.class, CLOSED);
    }
}
