package io.econtext.spring.autoconfigure;

import io.econtext.HostKeys;
import io.econtext.Secret;
import io.econtext.spring.ValueRules;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * What can be configured of a context. What is not set comes from {@code econtext.defaults}, where it can hold for all
 * contexts, and then from the library. Immutable.
 *
 * @param method How the context is started; ssh where a host is given.
 * @param spec The way in as one line, such as ssh://deploy@web1:22, instead of method, host, port and the like.
 * @param via The configured context that starts this one; by default this program does.
 * @param host For ssh the host to connect to, or its alias in the ssh configuration, by default the context's name; for docker the engine.
 * @param port The port of the ssh server.
 * @param user The user to log in as or to become; in containers the user there.
 * @param identity Files with private keys, tried in order; on the host of via, if that is set and ssh isn't tunnelled.
 * @param password The password to log in with, or that sudo, su, doas or the command asks for.
 * @param passphrase The passphrase of encrypted private keys.
 * @param agent Whether keys of the ssh agent are offered.
 * @param sshConfig The ssh client configuration; by default ~/.ssh/config.
 * @param knownHosts The file with known host keys; by default ~/.ssh/known_hosts.
 * @param hostKeys What to do about a host key that isn't known.
 * @param pinnedKey The only host key accepted, as SHA256:….
 * @param tunnelled For ssh via another context: whether this program's own client logs in through that one, so that keys,
 *     passwords and known hosts stay here; by default the ssh program there does.
 * @param login For sudo and su: whether the user's login files are read first.
 * @param terminal For sudo: whether it gets a terminal, as its setting requiretty wants.
 * @param shell For su: the shell to use instead of the user's own.
 * @param container For docker, podman and lxc the container's name; for kubectl the container in the pod.
 * @param url For podman: the service, such as ssh://core@build1/run/podman/podman.sock.
 * @param pod For kubectl: the pod, or a kind and a name such as deployment/web.
 * @param namespace For kubectl: the namespace; by default that of the context.
 * @param context For kubectl: the context of its configuration; by default its current one.
 * @param path For lxc: the directory with the containers.
 * @param instance For lxd and incus: the instance, with its remote before a colon if it has one.
 * @param project For lxd and incus: the project; by default the client's current one.
 * @param root For chroot: the directory that becomes the root directory.
 * @param pid For nsenter: the process whose namespaces are entered.
 * @param namespaces For nsenter: which to enter; by default mount, uts, ipc, net and pid.
 * @param command For exec: the command line that leads there; a shell's command line is appended to it.
 * @param oneLine For exec: whether what is appended is one argument, as programs like ssh take it.
 * @param asks For exec: where it asks for the password; on stdin if a password is set.
 * @param program The program to use, such as /opt/bin/docker; by default the one of its usual name on the path.
 * @param java The Java launcher on the target; by default one is looked for.
 * @param jvmOptions Options for the JVM there.
 * @param maxHeap The limit of the heap there; by default 128MB.
 * @param environment Environment variables that the JVM there gets in addition.
 * @param directory The working directory there; by default that of the login.
 * @param umask The umask there, octal; by default that of the login.
 * @param processName What ps shows there; by default econtext:user@host:pid of this program.
 * @param allowDisk A directory on disk that may hold the core for a moment, where nothing else is possible.
 * @param connectTimeout How long connecting may take, boot included; by default 30s. A mere number is seconds.
 * @param callTimeout The deadline of calls that set none; by default 60s. A mere number is seconds.
 * @param grace How long running calls may go on when the context is closed or lost; by default 5s. A mere number is seconds.
 * @param heartbeat How often a silent link is probed; by default 10s. A mere number is seconds.
 * @param workers How many calls run there at a time; by default 16.
 * @param onStuck What becomes of the context when a call there ignores its interrupt; by default that is only reported.
 * @param values How records and beans in arguments and results travel: by their fields, the default, or as Jackson's
 *     annotations say, for which the application's own Jackson goes there.
 * @param reconnect The pause before a lost context is connected again; doubled with each attempt, to 1m or ten times the
 *     first, whichever is longer; by default only the next call connects it. A mere number is seconds.
 * @param connectBack How the context, once it is started, calls this program back over TLS.
 * @param eager Whether to connect when the application starts, without waiting; by default at first use.
 * @param primary Whether this context is injected where no name says which.
 */
public record ContextProperties(
        @Nullable Method method,
        @Nullable String spec,
        @Nullable String via,
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
        @Nullable Boolean tunnelled,
        @Nullable Boolean login,
        @Nullable Boolean terminal,
        @Nullable String shell,
        @Nullable String container,
        @Nullable String url,
        @Nullable String pod,
        @Nullable String namespace,
        @Nullable String context,
        @Nullable String path,
        @Nullable String instance,
        @Nullable String project,
        @Nullable String root,
        @Nullable Integer pid,
        @Nullable List<String> namespaces,
        @Nullable String command,
        @Nullable Boolean oneLine,
        @Nullable Asks asks,
        @Nullable String program,
        @Nullable String java,
        @Nullable List<String> jvmOptions,
        @Nullable DataSize maxHeap,
        @Nullable Map<String, String> environment,
        @Nullable String directory,
        @Nullable String umask,
        @Nullable String processName,
        @Nullable String allowDisk,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration connectTimeout,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration callTimeout,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration grace,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration heartbeat,
        @Nullable Integer workers,
        @Nullable OnStuck onStuck,
        @Nullable ValueRules values,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration reconnect,
        @Nullable CallBack connectBack,
        @DefaultValue("false") boolean eager,
        @DefaultValue("false") boolean primary) {

    /**
     * How a context, once it is started, calls this program back over TLS.
     *
     * @param host This program's host, as the host of the context knows it; by default the name of this machine.
     * @param port The port to be called; by default the one that is listened on.
     * @param bindAddress The address of this machine to listen on; by default all of them.
     * @param listenPort The port to listen on; by default the one that is called, or any that is free.
     * @param from From which hosts the context may call, or 'anywhere'; by default from where it was started, if that is known.
     * @param tokenLifetime How long after its start the context may call; by default the connect timeout. A mere number is seconds.
     * @param sslBundle The SSL bundle with the certificate to show; by default one is made that lives as long as this program.
     */
    public record CallBack(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String bindAddress,
            @Nullable Integer listenPort,
            @Nullable List<String> from,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration tokenLifetime,
            @Nullable String sslBundle) {}

    /** What becomes of a context in which a call ignores its interrupt. */
    public enum OnStuck {
        /** It is reported: event, meter, health. */
        REPORT,
        /** That, and the context is ended. */
        END_CONTEXT
    }

    /** How a context is started. */
    public enum Method {
        /** A process of this machine. */
        LOCAL,
        /** A host, by the in-process ssh client; via another context by its host's ssh program, unless it is tunnelled. */
        SSH,
        /** Another user, by sudo. */
        SUDO,
        /** Another user, by su. */
        SU,
        /** Another user, by doas. */
        DOAS,
        /** A running container, by docker exec. */
        DOCKER,
        /** A running container, by podman exec. */
        PODMAN,
        /** A container of a pod, by kubectl exec. */
        KUBECTL,
        /** A running container of LXC, by lxc-attach. */
        LXC,
        /** A running instance of LXD, by lxc exec. */
        LXD,
        /** A running instance of Incus, by incus exec. */
        INCUS,
        /** Another root directory, by chroot. */
        CHROOT,
        /** The namespaces of a process, by nsenter. */
        NSENTER,
        /** Whatever a command line leads to. */
        EXEC,
        /** For tests: this very JVM, whatever else is said of the context. */
        IN_PROCESS
    }

    /** Where a command asks for a password. */
    public enum Asks {
        /** It prints the question and reads stdin. */
        STDIN,
        /** On a terminal, which it is given. */
        TERMINAL
    }
}
