package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.LocalSshd;
import io.econtext.tests.hosts.NeedsSshd;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the docs that are one source file, as users start them: by java alone, and by JBang. */
@NeedsSshd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptsIT {
    private static final Path ROOT = Files.isDirectory(Path.of("docs")) ? Path.of("") : Path.of("../..");
    private static final Path SCRIPT =
            ROOT.resolve("docs/examples/Install.java").toAbsolutePath();
    private static final String VERSION = System.getProperty("econtext.version");
    private static final String HOST = "web1";
    private static final long PATIENCE_SECONDS = 180;

    private LocalSshd sshd;
    private Path home;

    record Outcome(int status, String out, String err) {}

    /** A user whose ssh knows the host. */
    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        sshd = LocalSshd.start(ClientKeys.generate(directory));
        home = Files.createDirectory(directory.resolve("home"));
        Path ssh = Files.createDirectory(home.resolve(".ssh"));
        Files.writeString(ssh.resolve("config"), """
                Host %s
                    HostName 127.0.0.1
                    Port %d
                    User %s
                    IdentityFile %s
                    UserKnownHostsFile %s
                """.formatted(
                        HOST, sshd.port(), sshd.user(), sshd.keys().plain(), sshd.knownHosts()));
    }

    @AfterAll
    void stop() {
        sshd.close();
    }

    @Test
    void javaRunsIt(@TempDir Path here) throws Exception {
        assertInstalled(run(here, java(current()), HOST));
    }

    @Test
    void aNewerJavaRunsItForAnOlderOne(@TempDir Path here) throws Exception {
        Path newer = newerJava();
        Assumptions.assumeTrue(newer != null, "no newer JDK is here");

        Outcome tooNew = run(here, java(newer), HOST);
        assertThat(tooNew.status()).isEqualTo(1);
        assertThat(tooNew.err())
                .contains("Install was compiled for Java ")
                .contains("as it was started from its source, and the target has Java ")
                .contains("start it with java --source ");
        List<String> command = java(newer);
        command.addAll(1, List.of("--source", "17"));
        assertInstalled(run(here, command, HOST));
    }

    @Test
    void whatFailsIsSaidInOneLine(@TempDir Path here) throws Exception {
        Outcome nowhere = run(here, java(current()), "nowhere.invalid");

        assertThat(nowhere.status()).isEqualTo(1);
        assertThat(nowhere.out()).isEmpty();
        assertThat(nowhere.err()).isEqualTo("ssh://nowhere.invalid: the name nowhere.invalid can't be resolved\n");
    }

    @Test
    void jbangRunsIt(@TempDir Path here) throws Exception {
        // not in a folder that is deleted with all that its links lead to
        Path repository = repository(Files.createTempDirectory(
                Path.of(System.getProperty("econtext.jbang")).getParent(), "repository"));
        Map<String, String> environment = Map.of(
                "JBANG_DIR", here.resolve("jbang").toString(),
                "JBANG_REPO", repository.toString(),
                "JBANG_NO_VERSION_CHECK", "true");
        List<String> jbang = new ArrayList<>(
                List.of(current().toString(), "-jar", System.getProperty("econtext.jbang"), "--offline", "run"));
        jbang.add("--runtime-option=-Duser.home=" + home);
        jbang.add(SCRIPT.toString());
        Outcome compiled = run(here, environment, jbang, HOST);

        // it has its shell wrapper start what it prints
        assertThat(compiled.status()).as(compiled.err()).isEqualTo(255);
        assertInstalled(run(here, Map.of(), List.of("sh", "-c", compiled.out())));
    }

    @Test
    void theDocsHaveAllOfIt() throws Exception {
        assertThat(Files.readString(ROOT.resolve("docs/scripts.md")))
                .contains("```java\n" + Files.readString(SCRIPT) + "```");
    }

    @Test
    void thePageOfCallsShowsAProgramThatRuns(@TempDir Path here) throws Exception {
        Path program = ROOT.resolve("docs/examples/Calls.java").toAbsolutePath();
        Outcome outcome = run(here, java(current(), program));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines())
                .containsExactly("3", "7", "MAYBE_RAN", "11", "Calls#fail", "3", "1", "2", "3", "4 gone");

        String text = Files.readString(program);
        String page = Files.readString(ROOT.resolve("docs/calls.md"));
        assertThat(page.split("```java\n")).hasSizeGreaterThan(5);
        assertThat(Stream.of(page.split("```java\n")).skip(1).map(part -> part.split("```")[0]))
                .allMatch(text::contains);
    }

    private static void assertInstalled(Outcome outcome) {
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .matches("(?s)web1 has \\d+ MiB on .*\nweb1: hello from the controller\nweb1: "
                        + System.getProperty("user.name") + "\n");
        assertThat(outcome.err()).isEmpty();
    }

    private static Path current() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Path newerJava() throws IOException {
        try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
            return homes.filter(found -> found.getFileName().toString().contains("25"))
                    .map(found -> found.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(null);
        }
    }

    private List<String> java(Path java) {
        return java(java, SCRIPT);
    }

    private List<String> java(Path java, Path program) {
        Path target = ROOT.resolve("econtext-script/target").toAbsolutePath();
        return new ArrayList<>(List.of(
                java.toString(),
                "-Duser.home=" + home,
                "-cp",
                target.resolve("econtext-script-" + VERSION + ".jar") + File.pathSeparator + target.resolve("lib/*"),
                program.toString()));
    }

    /** The user's own, with this build's modules in it. */
    private static Path repository(Path repository) throws IOException {
        Path users = Path.of(System.getProperty("econtext.repository"));
        link(users, repository, "io");
        link(users.resolve("io"), repository.resolve("io"), "econtext");
        Path ours = repository.resolve("io/econtext");
        install(ours, "econtext-parent", ROOT);
        install(ours, "econtext-bom", ROOT.resolve("econtext-bom"));
        for (String module : List.of("econtext-bootstrap", "econtext-runtime", "econtext-script")) {
            Path folder = ROOT.resolve(module);
            Path installed = install(ours, module, folder);
            String jar = module + "-" + VERSION + ".jar";
            Files.copy(folder.resolve("target").resolve(jar), installed.resolve(jar));
        }
        return repository;
    }

    private static void link(Path from, Path to, String except) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                if (!entry.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    private static Path install(Path ours, String module, Path folder) throws IOException {
        Path installed = Files.createDirectories(ours.resolve(module).resolve(VERSION));
        Files.copy(folder.resolve("pom.xml"), installed.resolve(module + "-" + VERSION + ".pom"));
        return installed;
    }

    private static Outcome run(Path here, List<String> command, String... arguments) throws Exception {
        return run(here, Map.of(), command, arguments);
    }

    private static Outcome run(Path here, Map<String, String> environment, List<String> command, String... arguments)
            throws Exception {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        Path out = here.resolve("out");
        Path err = here.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still runs after " + PATIENCE_SECONDS + " s: " + all);
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
