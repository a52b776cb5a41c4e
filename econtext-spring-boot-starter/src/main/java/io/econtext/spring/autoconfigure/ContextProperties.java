package io.econtext.spring.autoconfigure;

import io.econtext.HostKeys;
import io.econtext.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be configured of a context. What is not set comes from {@code econtext.defaults}, and then from the library.
 * Immutable.
 *
 * @param method How the context is started; ssh where a host is given.
 * @param spec The way in as one line, such as ssh://deploy@web1:22, instead of method, host, port and the like.
 * @param host The host to connect to, or its alias in the ssh configuration; by default the context's name.
 * @param port The port of the ssh server.
 * @param user The user to log in as.
 * @param identity Files with private keys, tried in order.
 * @param password The password to log in with.
 * @param passphrase The passphrase of encrypted private keys.
 * @param agent Whether keys of the ssh agent are offered.
 * @param sshConfig The ssh client configuration; by default ~/.ssh/config.
 * @param knownHosts The file with known host keys; by default ~/.ssh/known_hosts.
 * @param hostKeys What to do about a host key that isn't known.
 * @param pinnedKey The only host key accepted, as SHA256:….
 * @param java The Java launcher on the target; by default one is looked for.
 * @param jvmOptions Options for the JVM there.
 * @param maxHeap The limit of the heap there; by default 128MB.
 * @param environment Environment variables that the JVM there gets in addition.
 * @param directory The working directory there; by default that of the login.
 * @param umask The umask there, octal; by default that of the login.
 * @param processName What ps shows there; by default econtext:user@host:pid of this program.
 * @param allowDisk A directory on disk that may hold the core for a moment, where nothing else is possible.
 * @param connectTimeout How long connecting may take, boot included; by default 30s.
 * @param callTimeout The deadline of calls that set none; by default 60s.
 * @param grace How long running calls may go on when the context is closed or lost; by default 5s.
 * @param heartbeat How often a silent link is probed; by default 10s.
 * @param workers How many calls run there at a time; by default 16.
 * @param eager Whether to connect when the application starts, without waiting; by default at first use.
 * @param primary Whether this context is injected where no name says which.
 */
public record ContextProperties(
        @Nullable Method method,
        @Nullable String spec,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String user,
        @Nullable List<String> identity,
        @Nullable Secret password,
        @Nullable Secret passphrase,
        @Nullable Boolean agent,
        @Nullable String sshConfig,
        @Nullable String knownHosts,
        @Nullable HostKeys hostKeys,
        @Nullable String pinnedKey,
        @Nullable String java,
        @Nullable List<String> jvmOptions,
        @Nullable DataSize maxHeap,
        @Nullable Map<String, String> environment,
        @Nullable String directory,
        @Nullable String umask,
        @Nullable String processName,
        @Nullable String allowDisk,
        @Nullable Duration connectTimeout,
        @Nullable Duration callTimeout,
        @Nullable Duration grace,
        @Nullable Duration heartbeat,
        @Nullable Integer workers,
        @DefaultValue("false") boolean eager,
        @DefaultValue("false") boolean primary) {

    /** How a context is started. */
    public enum Method {
        /** A process of this machine. */
        LOCAL,
        /** A host reached by the in-process ssh client. */
        SSH,
        /** For tests: this very JVM, whatever else is said of the context. */
        IN_PROCESS
    }
}
