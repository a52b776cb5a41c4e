package io.econtext.spring.shell;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.completion.CompletionContext;
import org.springframework.shell.jline.CommandCompleter;

/**
 * Completes what stands behind the commands about contexts also where a part of it is there already, which Spring Shell's
 * own completer doesn't.
 *
 * <p>Used by the thread that reads lines.
 */
public final class WordCompleter extends CommandCompleter {
    private final CommandRegistry commands;

    /** Completes these commands. */
    public WordCompleter(CommandRegistry commands) {
        super(commands);
        this.commands = commands;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> before =
                line.words().subList(0, Math.min(line.wordIndex(), line.words().size()));
        Command command = before.size() < 2 ? null : commands.getCommandByName(String.join(" ", before.subList(0, 2)));
        if (!(command instanceof ContextCommand)) {
            super.complete(reader, line, candidates);
        } else if (line.word().startsWith("-")) {
            for (CommandOption option : command.getOptions()) {
                candidates.add(new Candidate("--" + option.longName()));
            }
        } else {
            command.getCompletionProvider()
                    .apply(new CompletionContext(line.words(), line.wordIndex(), line.wordCursor(), command, null))
                    .forEach(proposal -> candidates.add(new Candidate(proposal.value())));
        }
    }
}
