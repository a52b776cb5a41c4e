package io.econtext.spring.shell;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.InteractiveShellRunner;
import org.springframework.shell.core.ShellRunner;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Runs the command that the program's arguments are, each argument as it was given, and keeps its exit code for {@code
 * System.exit(SpringApplication.exit(…))}. Without arguments it hands over to the interactive shell, if there is one.
 * What looks like a configuration property, {@code --a.b=c}, is none of a command's words. {@code @FILE} runs the
 * commands of a file up to the first that fails.
 *
 * <p>Used by the thread that starts the application.
 */
public final class OneShotRunner implements ShellRunner, ExitCodeGenerator {
    /** How the description of a status begins that needs no explanation, as the program has said it all. */
    static final String PROGRAM_ENDED = "the program ended with status ";

    private static final List<String> HELP = List.of("--help", "-h");

    private final WordParser parser;
    private final CommandRegistry commands;
    private final ObjectProvider<InteractiveShellRunner> interactive;
    private final PrintStream out;
    private final PrintStream err;
    private volatile int exitCode;

    /** Writes to the standard streams. */
    public OneShotRunner(
            WordParser parser, CommandRegistry commands, ObjectProvider<InteractiveShellRunner> interactive) {
        this(parser, commands, interactive, System.out, System.err);
    }

    OneShotRunner(
            WordParser parser,
            CommandRegistry commands,
            ObjectProvider<InteractiveShellRunner> interactive,
            PrintStream out,
            PrintStream err) {
        this.parser = parser;
        this.commands = commands;
        this.interactive = interactive;
        this.out = out;
        this.err = err;
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    @Override
    public void run(String[] args) throws Exception {
        List<String> words = withoutProperties(args);
        InteractiveShellRunner shell = words.isEmpty() ? interactive.getIfAvailable() : null;
        if (shell != null) {
            shell.run(new String[0]);
        } else if (words.isEmpty()) {
            exitCode = usage("no command is given; 'help' lists them");
        } else if (words.size() == 1 && words.get(0).startsWith("@")) {
            exitCode = runFile(Path.of(words.get(0).substring(1)));
        } else {
            exitCode = run(words);
        }
    }

    private static List<String> withoutProperties(String[] args) {
        List<String> words = new ArrayList<>();
        boolean options = true;
        for (String arg : args) {
            options &= !arg.equals("--");
            int end = arg.indexOf('=') < 0 ? arg.length() : arg.indexOf('=');
            boolean property =
                    options && arg.startsWith("--") && arg.substring(0, end).indexOf('.') > 0;
            if (!property) {
                words.add(arg);
            }
        }
        return words;
    }

    private int runFile(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            return usage("can't read " + file + ": " + e);
        }
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int code;
                try {
                    code = run(Words.of(line));
                } catch (IllegalArgumentException e) {
                    code = usage(e.getMessage());
                }
                if (code != ShellExitCode.OK) {
                    return code;
                }
            }
        }
        return ShellExitCode.OK;
    }

    private int run(List<String> words) {
        boolean helpAlone = words.size() == 1 && HELP.contains(words.get(0));
        ParsedInput input;
        try {
            input = parser.parse(helpAlone ? List.of("help") : words);
        } catch (IllegalArgumentException e) {
            return usage(e.getMessage());
        }
        List<String> name = new ArrayList<>(List.of(input.commandName()));
        name.addAll(input.subCommands());
        Command command = commands.getCommandByName(String.join(" ", name));
        if (command == null) {
            return unknown(String.join(" ", name));
        }
        Output.StandardOutput output = new Output.StandardOutput(out, err);
        try {
            ExitStatus status = command.execute(new CommandContext(input, commands, output, new ConsoleReader()));
            output.flush();
            return exitCode(status);
        } catch (Exception e) {
            output.flush();
            err.println(e.getMessage() == null ? e : e.getMessage());
            return ShellExitCode.FAILED;
        }
    }

    private int exitCode(ExitStatus status) {
        boolean explained = status.description() == null
                || status.description().isBlank()
                || status.description().startsWith(PROGRAM_ENDED);
        if (status.code() != ShellExitCode.OK && !explained) {
            err.println(status.description());
        }
        if (status.code() == ExitStatus.USAGE_ERROR.code()) {
            return ShellExitCode.USAGE;
        }
        // Spring Shell's own are negative, which no program can exit with
        return status.code() < 0 ? ShellExitCode.FAILED : status.code();
    }

    private int unknown(String name) {
        List<String> known = commands.getCommandsByPrefix(name).stream()
                .map(Command::getName)
                .sorted()
                .toList();
        return usage(
                known.isEmpty()
                        ? "no command '" + name + "'; 'help' lists them"
                        : "'" + name + "' is the beginning of: " + String.join(", ", known));
    }

    private int usage(String message) {
        err.println(message);
        return ShellExitCode.USAGE;
    }

    /** Asks at the terminal, if there is one. */
    private static final class ConsoleReader implements InputReader {
        @Override
        public String readInput(String prompt) {
            Console console = System.console();
            return console == null ? "" : console.readLine("%s", prompt);
        }

        @Override
        public char[] readPassword(String prompt) {
            Console console = System.console();
            return console == null ? null : console.readPassword("%s", prompt);
        }
    }
}
