package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.CallChain;
import io.econtext.ChainFailedException;
import io.econtext.Channel;
import io.econtext.ConnectFailedException;
import io.econtext.ContextOptions;
import io.econtext.RemoteContext;
import io.econtext.Tail;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.HostOptions;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boots where something is missing, odd or noisy; and where too much is missing, failures that say what. */
@NeedsContainers
class BareHostsIT {

    /** A root folder with a shell, the tools that every shell has beside it, and nothing else. */
    private static final String JAIL = """
            mkdir -p /srv/jail/bin /srv/jail/dev
            cd /srv/jail
            mknod -m 666 dev/null c 1 3
            cp --parents $(ldd /usr/bin/busybox | grep -o '/[^ ]*') /usr/bin/busybox /usr/bin/dash .
            for name in dd head id rm wc; do ln -s /usr/bin/busybox bin/$name; done
            for name in sh bash; do ln -s /usr/bin/dash bin/$name; done
            """;

    @TempDir
    static Path directory;

    @AutoClose
    static Host jre;

    @AutoClose
    static Host perl;

    @AutoClose
    static Host plain;

    @AutoClose
    final Broker broker = Broker.create();

    @BeforeAll
    static void startHosts() throws Exception {
        ClientKeys keys = ClientKeys.generate(directory);
        jre = Hosts.jre().readOnly().start(keys);
        perl = Hosts.perl().start(keys);
        plain = Hosts.plain().start(keys);
    }

    static Stream<String> users() {
        return Stream.of("dash", "csh", "fish", "zsh", "busybox", "chatty", "banner", "single", "homeless");
    }

    @ParameterizedTest
    @MethodSource("users")
    void whateverTheLoginShellDoesItBootsByPerl(String user) {
        assertThat(whoami(perl, user)).isEqualTo(user);
    }

    @ParameterizedTest
    @MethodSource("users")
    void whateverTheLoginShellDoesItBootsBySh(String user) {
        assertThat(whoami(plain, user)).isEqualTo(user);
    }

    @Test
    void oneSessionPerConnectionIsEnoughForTwoContexts() {
        assertThat(whoami(plain, "single")).isEqualTo("single");
        String other = broker.connect(plain.as("single").named("other").build()).call(System::getProperty, "user.name");
        assertThat(other).isEqualTo("single");
    }

    @Test
    void aForcedCommandIsQuoted() {
        ConnectFailedException.Died died = failure(ConnectFailedException.Died.class, plain, "forced");
        assertThat(died.lastLines()).contains("this account runs backups only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java8", "java11", "java17", "java21", "java25"})
    void namesOfFilesAreUtf8WithoutAnyLocale(String user) throws Exception {
        String file = "/dev/shm/ü中-" + user;
        jre.exec("sh", "-c", "echo ö >" + file);
        RemoteContext context = broker.connect(jre.as(user).build());
        assertThat(context.exec("sh", "-c", "echo $LANG$LC_ALL").out()).isEqualTo("\n");
        assertThat(context.exec("cat", file).out()).isEqualTo("ö\n");
        try (Channel<String> lines = context.open(Tail::follow, Path.of(file))) {
            assertThat(lines.receive()).isEqualTo("ö");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java8", "java11", "java17", "java21", "java25"})
    void aChainStopsAtItsFirstFailureOnEveryJava(String user) {
        RemoteContext context = broker.connect(jre.as(user).build());
        try (CallChain chain = context.chain()) {
            CompletableFuture<String> before = chain.callAsync(System::setProperty, "step", "1");
            CompletableFuture<Integer> failed = chain.callAsync(Integer::decode, "no number");
            CompletableFuture<String> behind = chain.callAsync(System::setProperty, "step", "2");
            assertThat(before.join()).isNull();
            assertThatThrownBy(failed::join).cause().isInstanceOf(NumberFormatException.class);
            assertThatThrownBy(behind::join)
                    .cause()
                    .isInstanceOf(ChainFailedException.class)
                    .hasMessageContaining("Integer#decode");
            chain.reset();
            String step = chain.call(System::getProperty, "step");
            assertThat(step).isEqualTo("1");
        }
    }

    @Test
    void whereMemoryFilesAreDeniedTheRamFileSystemServes() throws Exception {
        try (Host host = Hosts.perl().readOnly().denying("memfd_create").start(perl.keys())) {
            assertThat(whoami(host, "deploy")).isEqualTo("deploy");
        }
    }

    @Test
    void whereThatIsMissingTooTheFailureListsWhatWasTried() throws Exception {
        try (Host host =
                Hosts.perl().readOnly().noSharedMemory().denying("memfd_create").start(perl.keys())) {
            assertThat(failure(ConnectFailedException.NoWay.class, host, "deploy"))
                    .hasMessageContainingAll("perl", "no python3", "/dev/shm", "/tmp", "allow-disk");
        }
    }

    @Test
    void inAChangeRootWithoutProcTheFailureSaysSo() throws Exception {
        try (Host host = Hosts.plain().sshd("ChrootDirectory=/srv/jail").start(plain.keys())) {
            host.exec("sh", "-c", JAIL);
            ContextOptions anyJava = ContextOptions.builder().java("/bin/sh").build();
            assertThat(catchThrowableOfType(
                            ConnectFailedException.NoWay.class,
                            () -> broker.connect(host.as("deploy").with(anyJava).build())))
                    .hasMessageContaining("no /proc");
        }
    }

    @Test
    void withoutJavaTheFailureListsWhereItWasLookedFor() throws Exception {
        assertThat(failureOn(Hosts.noJava(), ConnectFailedException.NoJava.class))
                .hasMessageContainingAll("PATH", "/usr/lib/jvm", "/opt", ".sdkman");
    }

    @Test
    void aJavaThatIsTooOldIsCalledThat() throws Exception {
        ConnectFailedException.JavaTooOld old = failureOn(Hosts.oldJava(), ConnectFailedException.JavaTooOld.class);
        assertThat(old.lastLines()).anyMatch(line -> line.contains("UnsupportedClassVersionError"));
    }

    private String whoami(Host host, String user) {
        return broker.connect(host.as(user).build()).call(System::getProperty, "user.name");
    }

    private <X extends ConnectFailedException> X failure(Class<X> type, Host host, String user) {
        return catchThrowableOfType(type, () -> broker.connect(host.as(user).build()));
    }

    private <X extends ConnectFailedException> X failureOn(HostOptions options, Class<X> type) throws Exception {
        try (Host host = options.start(plain.keys())) {
            return failure(type, host, "deploy");
        }
    }
}
