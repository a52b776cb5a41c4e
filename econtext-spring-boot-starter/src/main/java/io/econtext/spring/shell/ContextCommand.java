package io.econtext.spring.shell;

import io.econtext.EcontextException;
import io.econtext.broker.UnknownContextException;
import java.util.List;
import org.springframework.shell.core.command.AbstractCommand;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * A command about contexts. Whatever goes wrong becomes an exit status whose description says it.
 *
 * <p>Commands keep nothing between calls; they are called by one thread at a time.
 */
public abstract class ContextCommand extends AbstractCommand {
    static final String GROUP = "Contexts";
    static final CommandOption JSON = flag("json", "Print JSON instead of a table.");

    private final String synopsis;
    final Places places;

    ContextCommand(Places places, String name, String synopsis, String description, CommandOption... options) {
        super(name, description, GROUP);
        this.synopsis = name + " " + synopsis;
        this.places = places;
        setOptions(List.of(options));
        setCompletionProvider(
                context -> places.names().stream().map(CompletionProposal::new).toList());
    }

    static CommandOption flag(String name, String description) {
        return CommandOption.with()
                .longName(name)
                .description(description)
                .required(false)
                .type(boolean.class)
                .build();
    }

    static CommandOption number(String name, String description, int otherwise) {
        return CommandOption.with()
                .longName(name)
                .description(description)
                .required(false)
                .defaultValue(Integer.toString(otherwise))
                .type(int.class)
                .build();
    }

    /** Does it; what it throws is explained to the user. */
    abstract ExitStatus run(Invocation invocation) throws Exception;

    /** The exit code where the command was understood and failed. */
    int failureCode() {
        return ShellExitCode.FAILED;
    }

    @Override
    public final ExitStatus doExecute(CommandContext context) {
        try {
            return run(new Invocation(context));
        } catch (UsageException e) {
            return new ExitStatus(ShellExitCode.USAGE, e.getMessage() + "\nusage: " + synopsis);
        } catch (UnknownContextException e) {
            return new ExitStatus(ShellExitCode.USAGE, e.getMessage() + ". " + Places.ALLOWED + "\nusage: " + synopsis);
        } catch (EcontextException e) {
            return new ExitStatus(failureCode(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ExitStatus(failureCode(), "interrupted");
        } catch (Exception e) {
            return new ExitStatus(failureCode(), e.toString());
        }
    }

    /** The allowed options, for a message. */
    final String knownOptions() {
        List<CommandOption> options = getOptions();
        return options.isEmpty()
                ? "it has none"
                : "it knows "
                        + String.join(
                                ", ",
                                options.stream()
                                        .map(option -> "--" + option.longName())
                                        .toList());
    }

    @Override
    public final String getHelp() {
        StringBuilder help =
                new StringBuilder(getDescription()).append("\nusage: ").append(synopsis);
        for (CommandOption option : getOptions()) {
            String value = option.type() == boolean.class ? "" : "=" + option.defaultValue();
            help.append("\n  --")
                    .append(option.longName())
                    .append(value)
                    .append("  ")
                    .append(option.description());
        }
        return help.toString();
    }
}
