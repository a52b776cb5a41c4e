package io.econtext.tests.hosts;

import io.econtext.Ssh;
import java.nio.file.Path;

/** A real OpenSSH server that a test started and closes. Safe for use by several threads. */
public interface SshServer extends AutoCloseable {

    int port();

    /** A file that holds this server's key and nothing else. */
    Path knownHosts();

    ClientKeys keys();

    /** How to come in as a user with a key, without any of this machine's own ssh configuration. */
    default Ssh.Builder as(String user) {
        return keyless(user).identity(keys().plain().toString());
    }

    /** As {@link #as}, but with no key to offer. */
    default Ssh.Builder keyless(String user) {
        return Ssh.to(user + "@127.0.0.1:" + port())
                .agent(false)
                .configFile("")
                .knownHostsFile(knownHosts().toString());
    }

    @Override
    void close();
}
