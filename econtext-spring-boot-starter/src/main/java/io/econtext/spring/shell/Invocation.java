package io.econtext.spring.shell;

import java.io.PrintWriter;
import java.util.List;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;

/** One call of a command: its words and its output. Used by one thread. */
final class Invocation {
    private final CommandContext context;
    private final List<String> arguments;

    Invocation(CommandContext context) {
        this.context = context;
        this.arguments = context.parsedInput().arguments().stream()
                .map(CommandArgument::value)
                .toList();
    }

    PrintWriter out() {
        return context.outputWriter();
    }

    InputReader reader() {
        return context.inputReader();
    }

    List<String> arguments() {
        return arguments;
    }

    /** The argument at {@code index}, counted from 0. */
    String required(int index, String what) {
        if (index >= arguments.size()) {
            throw new UsageException(what + " is missing");
        }
        return arguments.get(index);
    }

    /** Everything from {@code index} on. */
    List<String> from(int index) {
        return index >= arguments.size() ? List.of() : arguments.subList(index, arguments.size());
    }

    void noMoreThan(int count) {
        if (arguments.size() > count) {
            throw new UsageException("'" + arguments.get(count) + "' is too much");
        }
    }

    boolean isSet(String flag) {
        CommandOption option = context.getOptionByLongName(flag);
        return option != null && !"false".equals(option.value());
    }

    int number(String name, int otherwise, int least, int most) {
        CommandOption option = context.getOptionByLongName(name);
        if (option == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(String.valueOf(option.value()));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException("--" + name + "=" + option.value() + " is not a number from " + least + " to " + most);
    }
}
