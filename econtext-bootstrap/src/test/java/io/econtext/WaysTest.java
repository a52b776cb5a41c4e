package io.econtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.parent.BootDialog;
import io.econtext.parent.BootFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of each way, and what it makes of what its program is known to print. */
class WaysTest {
    private static final String LINE = "exec sh -c 'first stage'";
    private static final String ANSWER = "4711";
    private static final Secret PASSWORD = Secret.of("correct horse");

    static Stream<Arguments> commandLines() {
        return Stream.of(
                Arguments.of(Local.process(), "local:", "sh -c LINE"),
                Arguments.of(
                        Sudo.to("root").build(),
                        "sudo://root",
                        "sudo -H -p [econtext] password: -S -u root -- sh -c unset LANGUAGE;LINE"),
                Arguments.of(
                        Sudo.to("app").login().program("/opt/sudo").build(),
                        "sudo://app",
                        "/opt/sudo -H -p [econtext] password: -S -u app -- sh -l -c unset LANGUAGE;LINE"),
                Arguments.of(
                        Sudo.to("root").terminal().build(),
                        "sudo://root",
                        "TERMINAL sudo -H -p [econtext] password: -u root -- sh -c unset LANGUAGE;STARTED LINE"),
                Arguments.of(Su.to("root").build(), "su://root", "su root -c exec env -u LANGUAGE sh -c 'first stage'"),
                Arguments.of(
                        Su.to("www").login().shell("/bin/sh").build(),
                        "su://www",
                        "su -l -s /bin/sh www -c exec env -u LANGUAGE sh -c 'first stage'"),
                Arguments.of(Doas.to("root").build(), "doas://root", "TERMINAL doas -u root sh -c STARTED LINE"),
                Arguments.of(Docker.container("db").build(), "docker://db", "docker exec -i db sh -c LINE"),
                Arguments.of(
                        Docker.container("db")
                                .user("999:999")
                                .host("tcp://build1:2375")
                                .build(),
                        "docker://db?user=999:999&host=tcp://build1:2375",
                        "docker -H tcp://build1:2375 exec -i -u 999:999 db sh -c LINE"),
                Arguments.of(Podman.container("db").build(), "podman://db", "podman exec -i db sh -c LINE"),
                Arguments.of(
                        Podman.container("db")
                                .user("app")
                                .url("unix:///run/p.sock")
                                .build(),
                        "podman://db?user=app&url=unix:///run/p.sock",
                        "podman --url unix:///run/p.sock exec -i -u app db sh -c LINE"),
                Arguments.of(Kubectl.pod("web-0").build(), "kubectl://web-0", "kubectl exec -i web-0 -- sh -c LINE"),
                Arguments.of(
                        Kubectl.pod("deployment/web")
                                .context("prod")
                                .namespace("shop")
                                .container("app")
                                .build(),
                        "kubectl://deployment/web?context=prod&namespace=shop&container=app",
                        "kubectl --context prod --namespace shop exec -i deployment/web --container app -- sh -c LINE"),
                Arguments.of(Lxc.container("old").build(), "lxc://old", "lxc-attach -n old -- sh -c LINE"),
                Arguments.of(
                        Lxc.container("old").path("/srv/lxc").build(),
                        "lxc://old?path=/srv/lxc",
                        "lxc-attach -n old -P /srv/lxc -- sh -c LINE"),
                Arguments.of(
                        Lxd.instance("web").build(), "lxd://web", "lxc exec web --mode=non-interactive -- sh -c LINE"),
                Arguments.of(
                        Incus.instance("far:web").project("shop").user(1000).build(),
                        "incus://far:web?project=shop&user=1000",
                        "incus --project shop exec far:web --mode=non-interactive --user 1000 -- sh -c LINE"),
                Arguments.of(
                        Chroot.to("/srv/jail").build(),
                        "chroot:///srv/jail",
                        "chroot /srv/jail sh -c unset LANGUAGE;LINE"),
                Arguments.of(
                        Chroot.to("/srv/jail").user("www:www").build(),
                        "chroot:///srv/jail?user=www:www",
                        "chroot --userspec=www:www /srv/jail sh -c unset LANGUAGE;LINE"),
                Arguments.of(
                        Nsenter.process(42).build(),
                        "nsenter://42",
                        "nsenter --target 42 --mount --uts --ipc --net --pid -- sh -c unset LANGUAGE;LINE"),
                Arguments.of(
                        Nsenter.process(42).namespaces("net").build(),
                        "nsenter://42?namespaces=net",
                        "nsenter --target 42 --net -- sh -c unset LANGUAGE;LINE"),
                Arguments.of(
                        CommandLine.of("toolbox", "run", "-c", "my box").build(),
                        "exec:?command=toolbox%20run%20-c%20my%20box",
                        "toolbox run -c my box sh -c LINE"),
                Arguments.of(
                        CommandLine.shell("A=1 unshare -r").build(),
                        "exec:?command=A=1%20unshare%20-r",
                        "sh -c A=1 unshare -r \"$@\" sh sh -c LINE"),
                Arguments.of(
                        CommandLine.of("dbclient", "web1").oneLine().build(),
                        "exec:?command=dbclient%20web1",
                        "dbclient web1 LINE"),
                Arguments.of(
                        CommandLine.of("run0").passwordOnTerminal(PASSWORD).build(),
                        "exec:?command=run0",
                        "TERMINAL run0 sh -c STARTED LINE"),
                Arguments.of(
                        Ssh.to("deploy@web2:2222")
                                .with(ContextOptions.builder()
                                        .connectTimeout(Duration.ofSeconds(7))
                                        .build())
                                .build(),
                        "ssh://deploy@web2:2222",
                        "ssh -T -x -a -l deploy -p 2222 -o StrictHostKeyChecking=yes -o ConnectTimeout=7"
                                + " -o ClearAllForwardings=yes -o UpdateHostKeys=no -o BatchMode=yes -- web2 LINE"),
                Arguments.of(
                        Ssh.to("web2")
                                .identity("/etc/k1", "k2")
                                .agent(false)
                                .configFile("")
                                .knownHostsFile("/etc/known")
                                .hostKeys(HostKeys.ACCEPT_NEW)
                                .password(PASSWORD)
                                .build(),
                        "ssh://web2",
                        "TERMINAL ssh -T -x -a -F none -i /etc/k1 -i k2 -o UserKnownHostsFile=/etc/known"
                                + " -o IdentityAgent=none -o StrictHostKeyChecking=accept-new -o ConnectTimeout=30"
                                + " -o ClearAllForwardings=yes -o UpdateHostKeys=no -o NumberOfPasswordPrompts=1 -- web2 LINE"));
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void aWayIsOneCommandLine(Way way, String address, String command) {
        assertThat(way.address()).isEqualTo(address);
        assertThat(withoutLanguage(String.join(" ", way.launch().process(LINE).command())))
                .isEqualTo(command.replace("TERMINAL", "sh -c " + Terminal.script() + " sh")
                        .replace("STARTED ", Terminal.STARTED)
                        .replace("LINE", LINE));
    }

    /** Whoever runs the tests may have set one. */
    private static String withoutLanguage(String command) {
        return command.replaceFirst("export LANGUAGE=[^;]*", "unset LANGUAGE")
                .replaceFirst("env LANGUAGE=\\S*", "env -u LANGUAGE");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        Sudo.to("root"),
                        "sudo: sorry, you must have a tty to run sudo",
                        "NotAllowed",
                        Sudo.NO_TERMINAL),
                Arguments.of(Sudo.to("nobdy"), "sudo: unknown user: nobdy", "Misconfigured", Sudo.NO_USER),
                Arguments.of(Sudo.to("root"), "sudo: 1 incorrect password attempt", "PasswordWrong", Sudo.WRONG),
                Arguments.of(Sudo.to("root"), "tester is not in the sudoers file.", "NotAllowed", Sudo.NOT_ALLOWED),
                Arguments.of(
                        Sudo.to("root"),
                        "Sorry, user tester is not allowed to execute '/bin/sh' as root on web1.",
                        "NotAllowed",
                        Sudo.NOT_ALLOWED),
                Arguments.of(
                        Sudo.to("root"),
                        "sudo: The \"no new privileges\" flag is set, which prevents sudo from running as root.",
                        "NotAllowed",
                        Sudo.NOT_ROOT),
                Arguments.of(Sudo.to("root"), "sudo: invalid option -- 'S'", "Misconfigured", Sudo.OLD),
                Arguments.of(Sudo.to("root"), "etwas anderes", "NotAllowed", Sudo.ENDED),
                Arguments.of(Su.to("root"), "su: Authentication failure", "PasswordWrong", Su.WRONG),
                Arguments.of(Su.to("root"), "su: incorrect password", "PasswordWrong", Su.WRONG),
                Arguments.of(
                        Su.to("nobdy"),
                        "su: user nobdy does not exist or the user entry does not contain all the required fields",
                        "Misconfigured",
                        Su.NO_USER),
                Arguments.of(Su.to("root"), "su: Permission denied", "NotAllowed", Su.NOT_ALLOWED),
                Arguments.of(Su.to("www"), "This account is currently not available.", "NotAllowed", Su.ACCOUNT),
                Arguments.of(Doas.to("root"), "doas: Authentication failed", "PasswordWrong", Doas.WRONG),
                Arguments.of(Doas.to("root"), "doas: Operation not permitted", "NotAllowed", Doas.NOT_ALLOWED),
                Arguments.of(Doas.to("nobdy"), "doas: unknown user", "Misconfigured", Doas.NO_USER),
                Arguments.of(Doas.to("root"), "doas: No such file or directory", "ToolMissing", Launch.MISSING),
                Arguments.of(Doas.to("root"), Terminal.NO_HELPER, "ToolMissing", Launch.NO_HELPER),
                Arguments.of(
                        Docker.container("x"),
                        "Error response from daemon: No such container: x",
                        "UnknownHost",
                        Docker.NO_CONTAINER),
                Arguments.of(
                        Docker.container("x"),
                        "Error response from daemon: container 0cafe is not running",
                        "Refused",
                        Docker.NOT_RUNNING),
                Arguments.of(
                        Docker.container("x"),
                        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
                        "Refused",
                        Docker.NO_ENGINE),
                Arguments.of(
                        Docker.container("x"),
                        "permission denied while trying to connect to the Docker daemon socket at unix:///run/docker.sock",
                        "NotAllowed",
                        Docker.NOT_ALLOWED),
                Arguments.of(
                        Podman.container("x"),
                        "Error: no container with name or ID \"x\" found: no such container",
                        "UnknownHost",
                        Podman.NO_CONTAINER),
                Arguments.of(
                        Podman.container("x"),
                        "Error: can only create exec sessions on running containers: container state improper",
                        "Refused",
                        Podman.NOT_RUNNING),
                Arguments.of(
                        Kubectl.pod("x"),
                        "Error from server (NotFound): pods \"x\" not found",
                        "UnknownHost",
                        Kubectl.NO_POD),
                Arguments.of(
                        Kubectl.pod("x").container("c"),
                        "Error from server (BadRequest): container c is not valid for pod x",
                        "UnknownHost",
                        Kubectl.NO_CONTAINER),
                Arguments.of(
                        Kubectl.pod("x").context("c"),
                        "error: context \"c\" does not exist",
                        "Misconfigured",
                        Kubectl.NO_CONTEXT),
                Arguments.of(
                        Kubectl.pod("x"),
                        "error: cannot exec into a container in a completed pod; current phase is Succeeded",
                        "Refused",
                        Kubectl.NOT_RUNNING),
                Arguments.of(
                        Kubectl.pod("x"),
                        "The connection to the server localhost:8080 was refused - did you specify the right host or port?",
                        "Refused",
                        Kubectl.NO_SERVER),
                Arguments.of(
                        Kubectl.pod("x"),
                        "Unable to connect to the server: dial tcp: lookup k8s.example on 10.0.0.2:53: no such host",
                        "UnknownHost",
                        Kubectl.UNKNOWN_SERVER),
                Arguments.of(
                        Kubectl.pod("x"),
                        "Unable to connect to the server: dial tcp 10.0.0.9:6443: i/o timeout",
                        "TimedOut",
                        Kubectl.LATE),
                Arguments.of(
                        Kubectl.pod("x"),
                        "error: You must be logged in to the server (Unauthorized)",
                        "AuthenticationFailed",
                        Kubectl.LOGIN),
                Arguments.of(
                        Kubectl.pod("x"),
                        "Error from server (Forbidden): pods \"x\" is forbidden: User \"dev\" cannot create resource",
                        "NotAllowed",
                        Kubectl.NOT_ALLOWED),
                Arguments.of(Lxc.container("x"), "Error: container x is not defined", "UnknownHost", Lxc.NO_CONTAINER),
                Arguments.of(
                        Lxc.container("x"),
                        "lxc-attach: x: ../src/lxc/attach.c: get_attach_context: 406 Failed to get init pid",
                        "Refused",
                        Lxc.NOT_RUNNING),
                Arguments.of(Lxc.container("x"), "Insufficent privileges to control x", "NotAllowed", Lxc.NOT_ALLOWED),
                Arguments.of(
                        Lxd.instance("x"),
                        "Error: Failed to fetch instance \"x\" in project \"default\": Instance not found",
                        "UnknownHost",
                        Lxd.Builder.NO_INSTANCE),
                Arguments.of(
                        Incus.instance("x"), "Error: Instance is not running", "Refused", Incus.Builder.NOT_RUNNING),
                Arguments.of(
                        Incus.instance("x"),
                        "Error: You don't have the needed permissions to talk to the incus daemon (socket path: /run/x)",
                        "NotAllowed",
                        Incus.Builder.NOT_ALLOWED),
                Arguments.of(
                        Lxd.instance("x"),
                        "Error: Get \"http://unix.socket/1.0\": dial unix /run/lxd.socket: connect: no such file or directory",
                        "Refused",
                        Lxd.Builder.NO_SERVICE),
                Arguments.of(
                        Chroot.to("/x"),
                        "chroot: cannot change root directory to '/x': No such file or directory",
                        "Misconfigured",
                        Chroot.NO_DIRECTORY),
                Arguments.of(
                        Chroot.to("/x"),
                        "chroot: cannot change root directory to '/x': Operation not permitted",
                        "NotAllowed",
                        Chroot.NOT_ALLOWED),
                Arguments.of(
                        Chroot.to("/x"),
                        "chroot: failed to run command 'sh': No such file or directory",
                        "ToolMissing",
                        ProgramWay.NO_SHELL),
                Arguments.of(
                        Nsenter.process(99999),
                        "nsenter: cannot open /proc/99999/ns/net: No such file or directory",
                        "UnknownHost",
                        Nsenter.NO_PROCESS),
                Arguments.of(
                        Nsenter.process(1),
                        "nsenter: reassociate to namespace 'ns/net' failed: Operation not permitted",
                        "NotAllowed",
                        Nsenter.NOT_ALLOWED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatAProgramIsKnownToSayHasItsTypeAndItsCure(
            ProgramWay.Builder<?> way, String printed, String type, String cure) {
        assertFailure(way.build(), printed, 1, type, cure);
    }

    static Stream<Arguments> failuresOfSsh() {
        Way keys = Ssh.to("web2").build();
        Way password = Ssh.to("web2").password(PASSWORD).build();
        return Stream.of(
                Arguments.of(
                        keys,
                        "ssh: Could not resolve hostname web2: Name or service not known",
                        "UnknownHost",
                        SshProgram.UNKNOWN),
                Arguments.of(
                        keys,
                        "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.",
                        "HostKeyChanged",
                        SshProgram.CHANGED),
                Arguments.of(
                        keys,
                        "No ED25519 host key is known for web2 and you have requested strict checking.\n"
                                + "Host key verification failed.",
                        "HostKeyUnknown",
                        SshProgram.NEW),
                Arguments.of(
                        keys, "ssh: connect to host web2 port 22: Connection refused", "Refused", SshProgram.REFUSED),
                Arguments.of(
                        keys, "ssh: connect to host web2 port 22: Connection timed out", "TimedOut", SshProgram.LATE),
                Arguments.of(
                        keys, "web2: Permission denied (publickey,password).", "AuthenticationFailed", SshProgram.KEYS),
                Arguments.of(
                        keys,
                        "web2: Permission denied (password,keyboard-interactive).",
                        "PasswordRequired",
                        SshProgram.REQUIRED),
                Arguments.of(
                        password, "web2: Permission denied (publickey,password).", "PasswordWrong", SshProgram.WRONG),
                Arguments.of(
                        keys,
                        "command-line: line 0: Bad configuration option: nonsense",
                        "Misconfigured",
                        SshProgram.SETTINGS),
                Arguments.of(
                        keys,
                        "kex_exchange_identification: Connection closed by remote host",
                        "Refused",
                        SshProgram.CLOSED));
    }

    @ParameterizedTest
    @MethodSource("failuresOfSsh")
    void whatSshIsKnownToSayHasItsTypeAndItsCure(Way way, String printed, String type, String cure) {
        assertFailure(way, printed, 255, type, cure);
    }

    private static void assertFailure(Way way, String printed, int status, String type, String cure) {
        BootDialog dialog = new BootDialog(way.launch(), ANSWER);
        dialog.begin(new byte[0]);
        byte[] bytes = (printed + "\n").getBytes(StandardCharsets.UTF_8);
        dialog.err(bytes, 0, bytes.length);
        dialog.ended(BootDialog.ending(status));

        assertThat(dialog.failure().type()).isEqualTo(type);
        assertThat(dialog.failure().text()).isEqualTo(cure);
    }

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("sudo", Sudo.to("root").terminal().build()),
                Arguments.of("su", Su.to("root").build()),
                Arguments.of("doas", Doas.to("root").build()),
                Arguments.of("docker", Docker.container("x").build()),
                Arguments.of("podman", Podman.container("x").build()),
                Arguments.of("kubectl", Kubectl.pod("x").build()),
                Arguments.of("lxc", Lxc.container("x").build()),
                Arguments.of("lxd", Lxd.instance("x").build()),
                Arguments.of("incus", Incus.instance("x").build()),
                Arguments.of("chroot", Chroot.to("/x").build()),
                Arguments.of("nsenter", Nsenter.process(1).build()),
                Arguments.of(
                        "exec", CommandLine.of("x").passwordOnTerminal(null).build()),
                Arguments.of("ssh-from-a-host", Ssh.to("x").build()),
                Arguments.of("ssh-from-a-host", Ssh.to("x").password(PASSWORD).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void theDocsOfAWayHaveAllFailuresOfItsProgram(String page, Way way) throws IOException {
        List<String> rows = way.launch().symptoms().stream()
                .map(symptom -> "| `" + symptom.type() + "` | " + symptom.cure() + " |")
                .toList();

        assertThat(Files.readString(page(page)).lines()).containsAll(rows);
    }

    private static Path page(String name) {
        return Path.of(Files.isDirectory(Path.of("docs")) ? "docs" : "../docs", "ways", name + ".md");
    }

    static Stream<Arguments> bootFailures() {
        String answer = "\necontext-" + ANSWER;
        return Stream.of(
                Arguments.of(out(answer + " fail nojava …\n")),
                Arguments.of(out(answer + " fail noway …\n")),
                Arguments.of(out(answer + " fail …\n")),
                Arguments.of(out("x".repeat(70_000))),
                Arguments.of(err("java.lang.UnsupportedClassVersionError: io/econtext/core/Boot")),
                Arguments.of(err("")),
                Arguments.of(local().timedOut("…")),
                Arguments.of(BootFailure.notStarted(new IOException("…"))));
    }

    private static BootDialog local() {
        BootDialog dialog = new BootDialog(Local.process().launch(), ANSWER);
        dialog.begin(new byte[0]);
        return dialog;
    }

    private static BootFailure out(String printed) {
        BootDialog dialog = local();
        byte[] bytes = printed.getBytes(StandardCharsets.UTF_8);
        dialog.out(bytes, 0, bytes.length);
        return dialog.failure();
    }

    private static BootFailure err(String printed) {
        BootDialog dialog = local();
        byte[] bytes = printed.getBytes(StandardCharsets.UTF_8);
        dialog.err(bytes, 0, bytes.length);
        return dialog.ended("…");
    }

    @ParameterizedTest
    @MethodSource("bootFailures")
    void theDocsOfLocalHaveAllThatAnyBootCanFailOf(BootFailure failure) throws IOException {
        String row = "| `" + failure.type() + "` | " + failure.text().strip() + " |";

        assertThat(Files.readString(page("local")).lines()).contains(row);
    }

    @Test
    void whatARemoteShellPrintsIsNotTakenForSsh() {
        BootDialog dialog = new BootDialog(Ssh.to("web2").build().launch(), ANSWER);
        dialog.begin(new byte[0]);
        byte[] bytes = "git@example: Permission denied (publickey).\n".getBytes(StandardCharsets.UTF_8);
        dialog.err(bytes, 0, bytes.length);

        assertThat(dialog.ended(BootDialog.ending(1)).type()).isEqualTo("Died");
    }

    @Test
    void whatIsNotNamedHasTheNameOfWhereItLeads() {
        assertThat(List.of(
                        Sudo.to("root").build(),
                        Docker.container("db").build(),
                        Chroot.to("/srv/jail/").build(),
                        Nsenter.process(42).build(),
                        CommandLine.of("/opt/bin/toolbox", "run").build(),
                        CommandLine.shell(" toolbox run").build()))
                .extracting(Way::name)
                .containsExactly("root", "db", "jail/", "pid42", "toolbox", "toolbox");
        assertThat(Su.to("root").named("top").build().name()).isEqualTo("top");
    }

    @Test
    void optionsOfContextsAreKept() {
        ContextOptions options = ContextOptions.builder().maxHeap("1g").build();

        assertThat(Docker.container("db").with(options).build().options()).isSameAs(options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x"})
    void whatAProgramCouldTakeForAnOptionIsRefused(String value) {
        assertThatThrownBy(() -> Sudo.to(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Docker.container(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Kubectl.pod("x").namespace(value)).hasMessageContaining("namespace");
        assertThatThrownBy(() -> Chroot.to(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPinnedKeyIsNothingForTheSshOfAnotherHost() {
        Way way = Ssh.to("web2").pinnedKey("SHA256:x").build();

        assertThatThrownBy(way::launch)
                .isInstanceOf(ConnectFailedException.Misconfigured.class)
                .hasMessage("ssh://web2: " + SshProgram.NO_PIN);
    }

    @Test
    void thePasswordIsAskedForLateAndShownNowhere() {
        Launch launch = Sudo.to("root")
                .password(Secret.from(() -> {
                    throw new IllegalStateException("too early");
                }))
                .build()
                .launch();

        assertThat(launch.process(LINE).command()).doesNotContain("correct horse");
        assertThatThrownBy(launch::takePassword).hasMessage("too early");
    }

    @Test
    void aLaunchTravelsWithItsPasswordWhichIsTakenOnce() {
        Launch launch = Sudo.to("root").password(PASSWORD).build().launch();
        Launch travelling = launch.withPassword();

        assertThat(travelling.toString()).startsWith("sudo").doesNotContain("horse");
        assertThat(travelling.process(LINE).command())
                .isEqualTo(launch.process(LINE).command());
        assertThat(travelling.takePassword()).containsExactly("correct horse".toCharArray());
        assertThat(travelling.takePassword()).isNull();
        assertThat(launch.takePassword()).containsExactly("correct horse".toCharArray());
    }
}
