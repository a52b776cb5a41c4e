package io.econtext;

import java.util.Arrays;

/**
 * Whatever a command line leads to, for programs that have no way of their own here. Immutable; made by {@link #of} or
 * {@link #shell}. The command line is part of the address, so it has no secrets.
 */
public final class CommandLine extends ProgramWay {
    private CommandLine(Builder builder) {
        super(builder, builder.defaultName, Address.of("exec").with("command", builder.text), builder.launch());
    }

    /** @param words a program and its arguments, which {@code sh -c …} is appended to */
    public static Builder of(String... words) {
        if (words.length == 0) {
            throw new IllegalArgumentException("a command line needs a program");
        }
        return new Builder(words[0], String.join(" ", words), words);
    }

    /** @param line one command for a shell, which {@code sh -c …} is appended to */
    public static Builder shell(String line) {
        return new Builder(line.trim().split("\\s+", 2)[0], line, "sh", "-c", line + " \"$@\"", "sh");
    }

    /** Collects the settings of a {@link CommandLine}. Not safe for use by several threads. */
    public static final class Builder extends ProgramWay.Builder<Builder> {
        private final String defaultName;
        private final String text;
        private final String[] arguments;
        private boolean oneLine;
        private boolean asks;
        private boolean asksOnTerminal;
        private Secret password;

        private Builder(String name, String text, String... words) {
            super(words[0]);
            defaultName = name.substring(name.lastIndexOf('/') + 1);
            this.text = text;
            arguments = Arrays.copyOfRange(words, 1, words.length);
        }

        /** What is appended is one argument, a line for the shell there, as programs like {@code ssh} take it. */
        public Builder oneLine() {
            oneLine = true;
            return this;
        }

        /** It asks for a password, by an unfinished line that ends with a colon, and reads it from its stdin. */
        public Builder password(Secret secret) {
            asks = true;
            password = secret;
            return this;
        }

        /** It asks for a password on a terminal, and gets one; that takes perl or python3. */
        public Builder passwordOnTerminal(Secret secret) {
            asksOnTerminal = true;
            password = secret;
            return this;
        }

        private Launch.Builder launch() {
            Launch.Builder launch = run(arguments);
            if (oneLine) {
                launch.byOneLine();
            }
            if (asksOnTerminal) {
                launch.asksPasswordOnTerminal(password);
            } else if (asks) {
                launch.asksPassword(null, password);
            }
            return launch;
        }

        @Override
        public CommandLine build() {
            return new CommandLine(this);
        }
    }
}
