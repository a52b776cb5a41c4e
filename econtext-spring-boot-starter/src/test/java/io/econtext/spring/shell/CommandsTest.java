package io.econtext.spring.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.ChannelClosedException;
import io.econtext.ConnectFailedException;
import io.econtext.ContextState;
import io.econtext.Facts;
import io.econtext.MethodName;
import io.econtext.RemoteCallException;
import io.econtext.Way;
import io.econtext.broker.LogLine;
import io.econtext.spring.ScriptedContext;
import io.econtext.spring.ScriptedContexts;
import io.econtext.spring.Specs;
import io.econtext.spring.history.RecentLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.shell.core.InteractiveShellRunner;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ExitStatus;

/** The commands as one-shot commands: what they print where, and their exit codes. */
class CommandsTest {

    private final ScriptedContext web1 = new ScriptedContext("web1").in(ContextState.CONNECTED);
    private final ScriptedContext web2 = new ScriptedContext("web2");
    private final ScriptedContexts contexts = new ScriptedContexts(web1, web2);
    private final TypedPasswords passwords = new TypedPasswords();
    private final RecentLogs logs = new RecentLogs(10);
    private final CommandRegistry commands = new CommandRegistry();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void registerCommands() {
        Places places = new Places(contexts, new Specs(), passwords);
        ContextCommands beans = new ContextCommands();
        StaticListableBeanFactory all = new StaticListableBeanFactory();
        commands.registerCommand(beans.econtextGroupCommand(all.getBeanProvider(ContextCommand.class)));
        for (ContextCommand command : List.of(
                beans.econtextListCommand(places),
                new TreeCommand(places, Branches.ASCII),
                beans.econtextConnectCommand(places),
                beans.econtextCloseCommand(places),
                beans.econtextPingCommand(places),
                beans.econtextExecCommand(places),
                beans.econtextCallCommand(places),
                beans.econtextFactsCommand(places),
                beans.econtextTailCommand(places),
                beans.econtextLogsCommand(places, logs),
                beans.econtextDoctorCommand(places),
                beans.econtextSizesCommand(places, contexts))) {
            commands.registerCommand(command);
            all.addBean(command.getName(), command);
        }
    }

    @Test
    void listShowsATable() throws Exception {
        assertThat(run("context", "list")).isZero();
        assertThat(out()).isEqualTo("""
                        NAME  STATE      ADDRESS            VIA  JAVA     USER    PID
                        web1  CONNECTED  ssh://deploy@web1       17.0.15  deploy  4711
                        web2  NEW        ssh://deploy@web2
                        """);
    }

    @Test
    void listShowsJson() throws Exception {
        assertThat(run("context", "list", "--json")).isZero();
        assertThat(out())
                .startsWith(
                        "[{\"name\":\"web1\",\"id\":7,\"via\":null,\"state\":\"CONNECTED\",\"address\":\"ssh://deploy@web1\","
                                + "\"java\":\"17.0.15\",\"user\":\"deploy\",\"pid\":4711}");
    }

    @Test
    void treeShowsContextsBelowThoseThatStartThem() throws Exception {
        ScriptedContext root = new ScriptedContext("root").via(web1);
        contexts.add(root, new ScriptedContext("app").via(root), new ScriptedContext("db").via(web1));

        assertThat(run("context", "tree", "web1/root")).isZero();
        assertThat(out().lines().map(line -> line.replaceAll(" {2,}", " ")))
                .startsWith("NAME ID STATE ADDRESS JAVA USER PID")
                .endsWith(
                        "|- web1 7 CONNECTED ssh://deploy@web1 17.0.15 deploy 4711",
                        "| |- root 7 CONNECTED ssh://deploy@root 17.0.15 deploy 4711",
                        "| | `- app 7 NEW ssh://deploy@app",
                        "| `- db 7 NEW ssh://deploy@db",
                        "`- web2 7 NEW ssh://deploy@web2");
        assertThat(run("context", "tree", "--json")).isZero();
        assertThat(out())
                .startsWith("[{\"name\":\"web1\",")
                .contains("\"children\":[{\"name\":\"web1/root\",\"id\":7,\"via\":\"web1\",");
    }

    @Test
    void treeShowsTheOthersWhereOneDoesNotComeUp() throws Exception {
        web2.refusing(new ConnectFailedException.Refused("ssh://web2", "nothing listens there", List.of(), null));
        contexts.add(new ScriptedContext("root").via(web1));

        assertThat(run("context", "tree", "web2", "web1/root")).isEqualTo(ShellExitCode.FAILED);
        assertThat(out()).contains("- web2 ").containsPattern("root +7 +CONNECTED");
        assertThat(err()).isEqualTo("web2: ssh://web2: nothing listens there\n");
    }

    @Test
    void treesAreDrawnWhereThatCanBeShown() {
        assertThat(Branches.of("UTF-8")).isEqualTo(Branches.DRAWN);
        assertThat(Branches.of("ANSI_X3.4-1968")).isEqualTo(Branches.ASCII);
        assertThat(Branches.of("ISO-8859-1")).isEqualTo(Branches.ASCII);
        assertThat(Branches.of("unheard-of")).isEqualTo(Branches.ASCII);
    }

    @Test
    void connectOfManyTellsHowFarItIs() throws Exception {
        web2.refusing(new ConnectFailedException.Refused("ssh://web2", "nothing listens there", List.of(), null));

        assertThat(run("context", "connect", "web1", "web2")).isEqualTo(ShellExitCode.FAILED);
        assertThat(out().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("/2 web1 is up: Java 17.0.15"))
                .anySatisfy(line -> assertThat(line).endsWith("/2 web2: ssh://web2: nothing listens there"));
        assertThat(err()).isEqualTo("1 of 2 contexts did not come up\n");
    }

    private void findings(String... changes) {
        contexts.findings.putAll(Map.of(
                "user", "deploy",
                "host", "web2",
                "system", "Linux x86_64",
                "shell", "/bin/bash",
                "perl", "5.36.0",
                "proc", "yes",
                "java", "/usr/bin/java",
                "version", "openjdk version \"17.0.15\"",
                "memory", "2097152"));
        for (int i = 0; i < changes.length; i += 2) {
            contexts.findings.put(changes[i], changes[i + 1]);
        }
    }

    @Test
    void doctorShowsEachStepAndStartsWhatNothingStandsAgainst() throws Exception {
        contexts.add(new ScriptedContext("root").via(web2));
        findings("printed", "welcome");

        assertThat(run("context", "doctor", "web2/root")).isZero();
        assertThat(out().lines().map(line -> line.replaceAll("[0-9.]+ s", "N s")))
                .containsExactly(
                        "ok  via       web2 is up: Java 17.0.15 on Linux amd64, user deploy, pid 4711",
                        "ok  connect   ssh://deploy@root answers in N s",
                        "ok  login     deploy on web2, Linux x86_64",
                        "ok  shell     /bin/bash; the login prints: welcome",
                        "ok  no disk   perl 5.36.0",
                        "ok  java      /usr/bin/java, openjdk version \"17.0.15\"",
                        "ok  locale    none; a context uses UTF-8 for itself, and its programs have the login's",
                        "ok  memory    2.0 GiB are available",
                        "ok  start     Java 17.0.15 on Linux amd64, user deploy, pid 4711, in N s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java | | !!  java      none was found",
                "version | openjdk version \"1.7.0_80\" | !!  java      /usr/bin/java is openjdk version \"1.7.0_80\"",
                "version | Segmentation fault | !!  java      /usr/bin/java doesn't say its version: Segmentation fault",
                "perl | | !!  no disk   neither perl nor python3 nor a RAM file system",
                "proc | | !!  no disk   there is no /proc",
                "memory | 1000 | !!  memory    only 1000 KiB are available"
            })
    void doctorMarksWhatWouldStopAStart(String finding, String found, String line) throws Exception {
        findings(finding, found == null ? "" : found);

        assertThat(run("context", "doctor", "web2")).isEqualTo(ShellExitCode.FAILED);
        assertThat(out()).contains(line).doesNotContain("start  ");
        assertThat(err()).isEqualTo("1 of the steps above would stop it\n");
        assertThat(web2.state()).isEqualTo(ContextState.NEW);
    }

    @Test
    void doctorSaysHowFarItCame() throws Exception {
        web2.refusing(new ConnectFailedException.PasswordWrong("sudo://root", "not accepted", List.of(), null));

        assertThat(run("context", "doctor", "web2")).isEqualTo(ShellExitCode.FAILED);
        assertThat(out()).isEqualTo("""
                        ok  connect   ssh://deploy@web2 answers
                        !!  login     sudo://root: not accepted
                        """);
        contexts.add(new ScriptedContext("root").via(web2));
        assertThat(run("context", "doctor", "web2/root")).isEqualTo(ShellExitCode.FAILED);
        assertThat(out()).isEqualTo("!!  via       web2 can't be started: sudo://root: not accepted\n");
    }

    @Test
    void theFirstWordAloneListsTheCommands() throws Exception {
        assertThat(run("context", "--help")).isZero();
        assertThat(out()).contains("context tree ").contains("Show the contexts below those that start them");
        assertThat(run("context", "tee")).isEqualTo(ShellExitCode.USAGE);
        assertThat(err())
                .startsWith("there is no command 'context tee'; there are:")
                .contains("context tree ");
    }

    @Test
    void namesAreCompletedWhereAPartIsThere() {
        contexts.add(new ScriptedContext("root").via(web1));

        assertThat(completed("context exec ")).containsExactly("web1", "web2", "web1/root");
        assertThat(completed("context exec web1/r")).contains("web1/root");
        assertThat(completed("context connect web1 w")).contains("web2");
        assertThat(completed("context ping web1 --c")).containsExactly("--count", "--json");
        assertThat(completed("context ta")).containsExactly("tail");
        assertThat(completed("context ")).contains("tail", "tree");
    }

    private List<String> completed(String line) {
        List<Candidate> candidates = new ArrayList<>();
        new WordCompleter(commands)
                .complete(null, new DefaultParser().parse(line, line.length(), ParseContext.COMPLETE), candidates);
        return candidates.stream().map(Candidate::value).toList();
    }

    @Test
    void connectSaysWhatCameUp() throws Exception {
        assertThat(run("context", "connect", "web2")).isZero();
        assertThat(out()).isEqualTo("web2 is up: Java 17.0.15 on Linux amd64, user deploy, pid 4711\n");
    }

    @Test
    void connectSaysWhyNot() throws Exception {
        web2.refusing(new ConnectFailedException.Refused(
                "ssh://deploy@web2", "nothing listens there", List.of("last words"), null));

        assertThat(run("context", "connect", "web2")).isEqualTo(ShellExitCode.FAILED);
        assertThat(err()).isEqualTo("ssh://deploy@web2: nothing listens there\n    | last words\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void closeEndsAContext() throws Exception {
        assertThat(run("context", "close", "web1")).isZero();
        assertThat(web1.state()).isEqualTo(ContextState.CLOSED);
    }

    @Test
    void pingMeasures() throws Exception {
        assertThat(run("context", "ping", "web1", "--count", "2")).isZero();
        assertThat(out()).isEqualTo("web1: 0.250 ms\nweb1: 0.250 ms\nmin 0.250 ms, median 0.250 ms, max 0.250 ms\n");
        assertThat(run("context", "ping", "web1", "--count=2", "--json")).isZero();
        assertThat(out()).isEqualTo("[250,250]\n");
    }

    @Test
    void execPassesWordsBytesAndTheStatus() throws Exception {
        String script = "printf '%s|' \"$@\"; printf '\\377' >&2; exit 3";

        assertThat(run("context", "exec", "web1", "--", "sh", "-c", script, "sh", "a b", "-l", "--", "ü"))
                .isEqualTo(3);
        assertThat(out()).isEqualTo("a b|-l|--|ü|");
        assertThat(err.toByteArray()).containsExactly(0xFF);
    }

    @Test
    void execOfAProgramThatIsNotThereIs127() throws Exception {
        assertThat(run("context", "exec", "web1", "--", "/no/such/program")).isEqualTo(127);
        assertThat(err()).contains("/no/such/program");
    }

    @Test
    void execOnAContextThatCannotBeReachedIs255() throws Exception {
        web2.refusing(new ConnectFailedException.Refused("ssh://web2", "nothing listens there", List.of(), null));

        assertThat(run("context", "exec", "web2", "--", "true")).isEqualTo(ShellExitCode.NOT_RUN);
        assertThat(err()).contains("nothing listens there");
    }

    @Test
    void callBindsJsonToTheMethodsTypes() throws Exception {
        web1.answering(call -> {
            assertThat(call.function())
                    .isInstanceOfSatisfying(
                            MethodName.class,
                            name -> assertThat(name.toString()).isEqualTo(Samples.class.getName() + "#join"));
            assertThat(call.arguments()).containsExactly(List.of(1, 2), new Samples.Part("x", Path.of("/tmp")));
            return Map.of("joined", Path.of("/tmp/x"));
        });

        assertThat(run(
                        "context",
                        "call",
                        "web1",
                        Samples.class.getName() + "#join",
                        "[1,2]",
                        "{\"name\":\"x\",\"path\":\"/tmp\"}"))
                .isZero();
        assertThat(out()).isEqualTo("{\"joined\":\"/tmp/x\"}\n");
    }

    @Test
    void callTakesAStringWithoutQuotes() throws Exception {
        web1.answering(call -> "Linux");

        assertThat(run("context", "call", "web1", "java.lang.System#getProperty", "os.name"))
                .isZero();
        assertThat(web1.invoked)
                .singleElement()
                .satisfies(call -> assertThat(call.arguments()).containsExactly("os.name"));
        assertThat(out()).isEqualTo("\"Linux\"\n");
    }

    @Test
    void callPrintsNothingForVoid() throws Exception {
        web1.answering(call -> null);

        assertThat(run("context", "call", "web1", "java.lang.System#gc")).isZero();
        assertThat(out()).isEmpty();
    }

    @Test
    void callFailsAsTheCalledCodeDoes() throws Exception {
        web1.answering(call -> {
            throw new RemoteCallException("java.lang.IllegalStateException", "broken", null);
        });

        assertThat(run("context", "call", "web1", "java.lang.System#gc")).isEqualTo(ShellExitCode.FAILED);
        assertThat(err()).isEqualTo("java.lang.IllegalStateException: broken\n");
    }

    @Test
    void factsAreATableOrJson() throws Exception {
        web1.answering(call -> Facts.gather());
        web2.answering(call -> Facts.gather());

        assertThat(run("context", "facts")).isZero();
        assertThat(out().lines()).hasSize(3).first().asString().startsWith("NAME  HOST");
        assertThat(run("context", "facts", "web1", "--json")).isZero();
        assertThat(out())
                .startsWith("{\"web1\":{\"host\":")
                .contains("\"javaVersion\":\"" + System.getProperty("java.version") + "\"");
    }

    @Test
    void factsOfTheOthersAreShownWhereOneFails() throws Exception {
        web1.answering(call -> Facts.gather());
        web2.refusing(new ConnectFailedException.Refused("ssh://web2", "nothing listens there", List.of(), null));

        assertThat(run("context", "facts", "web1", "web2")).isEqualTo(ShellExitCode.FAILED);
        assertThat(out().lines()).hasSize(2);
        assertThat(err()).isEqualTo("web2: ssh://web2: nothing listens there\n");
    }

    @Test
    void tailPrintsLinesToTheEnd() throws Exception {
        web1.streaming("one", "two");

        assertThat(run("context", "tail", "web1", "/var/log/app.log", "--lines=2"))
                .isZero();
        assertThat(out()).isEqualTo("one\ntwo\n");
        assertThat(web1.opened).containsExactly(Path.of("/var/log/app.log"), 2);
    }

    @Test
    void tailOfAFileThatIsNotThereFails() throws Exception {
        web1.failingChannels(new ChannelClosedException("java.nio.file.NoSuchFileException: /x", null));

        assertThat(run("context", "tail", "web1", "/x")).isEqualTo(ShellExitCode.FAILED);
        assertThat(err()).isEqualTo("java.nio.file.NoSuchFileException: /x\n");
    }

    @Test
    void outputThatNobodyReadsEndsTheCommand() throws Exception {
        web1.streaming("one", "two", "three");

        assertThat(run(new Unread(), "context", "tail", "web1", "/x")).isZero();
        assertThat(web1.unread()).containsExactly("two", "three");
        assertThat(run(new Unread(), "context", "exec", "web1", "--", "echo", "x"))
                .isEqualTo(141);
    }

    @Test
    void logsShowsRecentLines() throws Exception {
        logs.logged(new LogLine("web1", "com.acme.App", "INFO", Instant.EPOCH, "main", "started", null, 1));
        logs.logged(new LogLine("web2", "com.acme.App", "WARN", Instant.EPOCH, "main", "odd", "stack", 1));

        assertThat(run("context", "logs", "web2")).isZero();
        assertThat(out()).isEqualTo("1970-01-01T00:00:00Z WARN web2 com.acme.App: odd\nstack\n");
    }

    @Test
    void sizesShowsFiguresAndTheirLimits() throws Exception {
        assertThat(run("context", "sizes")).isZero();
        assertThat(out().lines().skip(1))
                .hasSizeGreaterThan(8)
                .allSatisfy(line ->
                        assertThat(Integer.parseInt(line.split(" {2,}")[1])).isPositive())
                .anySatisfy(line -> assertThat(line).startsWith("command line ").endsWith("  500"))
                .anySatisfy(line -> assertThat(line).startsWith("core in all ").endsWith("  20480"));
    }

    @Test
    void aSpecificationIsConnectedForTheOccasion() throws Exception {
        contexts.making((Way way) -> new ScriptedContext(way.name()).in(ContextState.CONNECTED));

        assertThat(run("context", "ping", "ssh://root@db?name=database", "--count=1"))
                .isZero();
        assertThat(out()).isEqualTo("database: 0.250 ms\n");
        assertThat(contexts.forgotten).containsExactly("database");
    }

    @Test
    void anOccasionalContextGetsANameOfItsOwn() throws Exception {
        contexts.making((Way way) -> new ScriptedContext(way.name()).in(ContextState.CONNECTED));

        assertThat(run("context", "connect", "ssh://web1")).isZero();
        assertThat(out()).startsWith("web1-2 is up");
        assertThat(contexts.forgotten).isEmpty();
        assertThat(run("context", "close", "web1-2")).isZero();
        assertThat(contexts.forgotten).containsExactly("web1-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "context exec web1 | PROGRAM is missing",
                "context exec | NAME is missing",
                "context ping web1 web2 | 'web2' is too much",
                "context ping web1 --count=0 | --count=0 is not a number from 1",
                "context ping web1 --count=x | --count=x is not a number",
                "context ping ftp://box | 'ftp:' is no way in",
                "context ping ssh://a?identity=/no/such/key | identity=/no/such/key: there is no such file",
                "context ping ssh://a:geheim@b | never contains a password",
                "context call web1 Nothing | is not of the form CLASS#METHOD",
                "context call web1 com.acme.Nothing#x | class com.acme.Nothing is not on the class path",
                "context call web1 java.lang.System#nothing | there is none of that name",
                "context call web1 java.lang.Math#max 1 2 | 4 static methods take 2 arguments, exactly one must",
                "context call web1 java.lang.Runtime#version 1 | 0 static methods take 1 arguments",
                "context call web1 java.lang.Integer#bitCount {} | argument 1 of java.lang.Integer#bitCount is no int in JSON",
                "context list --colour=red | unknown option '--colour'; it knows --json",
                "context | 'context' is the first word of:",
                "nothing | no command 'nothing'",
                "context facts ssh: | needs '//' and behind it the host",
            })
    void whatIsNotUnderstoodIsAUsageError(String line, String explanation) throws Exception {
        assertThat(run(line.split(" "))).isEqualTo(ShellExitCode.USAGE);
        assertThat(err()).contains(explanation).doesNotContain("geheim");
        assertThat(out()).isEmpty();
    }

    @Test
    void configurationPropertiesAreNoWordsButThoseOfTheProgramAre() throws Exception {
        assertThat(run("--a.b=c", "context", "exec", "web1", "--x.y", "--", "printf", "%s", "--d.e=f"))
                .isZero();
        assertThat(out()).isEqualTo("--d.e=f");
    }

    @Test
    void helpOfACommandSaysHowToUseIt() throws Exception {
        assertThat(run("context", "ping", "--help")).isZero();
        assertThat(out()).contains("usage: context ping NAME [--count=N] [--json]", "--count=4  How many round trips.");
    }

    @Test
    void noWordsAtAllAreAUsageError() throws Exception {
        assertThat(run()).isEqualTo(ShellExitCode.USAGE);
    }

    @Test
    void aFileOfCommandsRunsUpToTheFirstThatFails(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("commands");
        Files.writeString(file, "# all of them\n\ncontext list --json\ncontext ping 'web9\ncontext list\n");

        assertThat(run("@" + file)).isEqualTo(ShellExitCode.USAGE);
        assertThat(out().lines()).hasSize(1);
        assertThat(err()).contains(Words.UNCLOSED);
        assertThat(run("@" + directory.resolve("absent"))).isEqualTo(ShellExitCode.USAGE);
    }

    @Test
    void exitStatusesOfOtherCommandsAreMadePositive() throws Exception {
        for (ExitStatus status :
                List.of(ExitStatus.USAGE_ERROR, ExitStatus.EXECUTION_ERROR, new ExitStatus(9, "nine"))) {
            commands.registerCommand(new FixedStatus(status));
        }

        assertThat(run("usage_error")).isEqualTo(ShellExitCode.USAGE);
        assertThat(run("execution_error")).isEqualTo(ShellExitCode.FAILED);
        assertThat(run("nine")).isEqualTo(9);
        assertThat(err()).isEqualTo("nine\n");
    }

    @Test
    void aCommandThatThrowsFails() throws Exception {
        commands.registerCommand(new Command() {
            @Override
            public String getName() {
                return "broken";
            }

            @Override
            public ExitStatus execute(CommandContext context) throws IOException {
                throw new IOException("no disk");
            }
        });

        assertThat(run("broken")).isEqualTo(ShellExitCode.FAILED);
        assertThat(err()).isEqualTo("no disk\n");
    }

    private int run(String... words) throws Exception {
        out.reset();
        return run(out, words);
    }

    private int run(OutputStream to, String... words) throws Exception {
        err.reset();
        OneShotRunner runner = new OneShotRunner(
                new WordParser(commands),
                commands,
                new StaticListableBeanFactory().getBeanProvider(InteractiveShellRunner.class),
                new PrintStream(to, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        runner.run(words);
        return runner.getExitCode();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** A pipe whose reader is gone. */
    private static final class Unread extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("broken pipe");
        }
    }

    private record FixedStatus(ExitStatus status) implements Command {
        @Override
        public String getName() {
            return status.description().toLowerCase(Locale.ROOT);
        }

        @Override
        public ExitStatus execute(CommandContext context) {
            return status;
        }
    }
}
