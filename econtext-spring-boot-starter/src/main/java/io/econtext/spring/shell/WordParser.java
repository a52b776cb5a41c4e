package io.econtext.spring.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Finds command, options and arguments in words. Unlike Spring Shell's own parser it takes words that were split
 * already, leaves everything after {@code --} as it is wherever that stands, and lets a flag be a flag.
 *
 * <p>Safe for use by any number of threads.
 */
public final class WordParser implements CommandParser {
    private static final String END_OF_OPTIONS = "--";

    private final CommandRegistry commands;

    /** Finds these commands. */
    public WordParser(CommandRegistry commands) {
        this.commands = commands;
    }

    @Override
    public ParsedInput parse(String input) {
        return parse(Words.of(input));
    }

    /** @throws IllegalArgumentException if an option is unknown to its command or lacks its value */
    public ParsedInput parse(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("no command");
        }
        int length = commandLength(words);
        ParsedInput.Builder parsed = ParsedInput.builder().commandName(words.get(0));
        words.subList(1, length).forEach(parsed::addSubCommand);
        Command command = commands.getCommandByName(String.join(" ", words.subList(0, length)));
        Deque<String> rest = new ArrayDeque<>(words.subList(length, words.size()));
        int index = 0;
        while (!rest.isEmpty()) {
            String word = rest.remove();
            if (word.equals(END_OF_OPTIONS)) {
                for (String verbatim : rest) {
                    parsed.addArgument(new CommandArgument(index++, verbatim));
                }
                break;
            }
            if (word.length() > 1 && word.startsWith("-")) {
                parsed.addOption(option(command, word, rest));
            } else {
                parsed.addArgument(new CommandArgument(index++, word));
            }
        }
        return parsed.build();
    }

    /** As many of the first words as some command's name begins with. */
    private int commandLength(List<String> words) {
        int length = 1;
        while (length < words.size() && !words.get(length).startsWith("-")) {
            String name = String.join(" ", words.subList(0, length + 1));
            boolean begins = commands.getCommandsByPrefix(name).stream()
                    .anyMatch(command -> (command.getName() + " ").startsWith(name + " ")
                            || command.getAliases().stream().anyMatch(alias -> (alias + " ").startsWith(name + " ")));
            if (!begins) {
                break;
            }
            length++;
        }
        return length;
    }

    private static CommandOption option(@Nullable Command command, String word, Deque<String> rest) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        boolean help = name.equals("--help") || name.equals("-h");
        CommandOption known = command == null
                ? null
                : command.getOptions().stream()
                        .filter(option -> option.isOptionEqual(name))
                        .findFirst()
                        .orElse(null);
        if (known == null && !help && command instanceof ContextCommand ours) {
            throw new IllegalArgumentException(ours.getName() + ": unknown option '" + name + "'; "
                    + ours.knownOptions() + ". Words for a program on the target go behind '--'.");
        }
        String value;
        if (equals >= 0) {
            value = word.substring(equals + 1);
        } else if (help || isFlag(known)) {
            value = "true";
        } else if (known != null && !rest.isEmpty() || isValue(rest.peek())) {
            value = rest.remove();
        } else {
            throw new IllegalArgumentException("option '" + name + "' needs a value");
        }
        CommandOption.Builder option = CommandOption.with().value(value);
        if (known != null) {
            option.shortName(known.shortName()).longName(known.longName()).type(known.type());
        } else if (help) {
            option.shortName('h').longName("help");
        } else if (name.startsWith("--")) {
            option.longName(name.substring(2));
        } else {
            option.longName("").shortName(name.charAt(1));
        }
        return option.build();
    }

    private static boolean isFlag(@Nullable CommandOption known) {
        return known != null && (known.type() == boolean.class || known.type() == Boolean.class);
    }

    private static boolean isValue(@Nullable String word) {
        return word != null && !word.startsWith("-");
    }
}
