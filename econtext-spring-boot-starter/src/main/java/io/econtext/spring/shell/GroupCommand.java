package io.econtext.spring.shell;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.shell.core.command.AbstractCommand;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The first word of the commands about contexts, alone or with a word that is none of theirs: lists them. Stateless. */
final class GroupCommand extends AbstractCommand {
    static final String NAME = "context";

    private final ObjectProvider<ContextCommand> commands;

    GroupCommand(ObjectProvider<ContextCommand> commands) {
        super(NAME, "List the commands about contexts", ContextCommand.GROUP);
        this.commands = commands;
        setCompletionProvider(context -> commands.orderedStream()
                .map(command -> new CompletionProposal(secondWord(command)))
                .toList());
    }

    @Override
    public ExitStatus doExecute(CommandContext context) {
        List<String> words = context.parsedInput().arguments().stream()
                .map(argument -> argument.value())
                .toList();
        String what = words.isEmpty()
                ? "'" + NAME + "' is the first word of:"
                : "there is no command '" + NAME + " " + words.get(0) + "'; there are:";
        return new ExitStatus(ShellExitCode.USAGE, what + list());
    }

    private static String secondWord(Command command) {
        return command.getName().substring(NAME.length() + 1);
    }

    private String list() {
        StringBuilder list = new StringBuilder();
        commands.orderedStream()
                .forEach(command ->
                        list.append(String.format("%n  %-16s  %s", command.getName(), command.getDescription())));
        return list.append(String.format("%n%s COMMAND --help says how to use one", NAME))
                .toString();
    }

    @Override
    public String getHelp() {
        return getDescription() + ":" + list();
    }
}
