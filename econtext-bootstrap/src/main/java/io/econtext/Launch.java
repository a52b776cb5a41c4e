package io.econtext;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * How a program starts a context: its arguments, whether it may ask for a password, and what it says when it can't.
 *
 * <p>Describes the program on the host of the context's parent; it travels there with the password, which is shown
 * nowhere. Made by {@link #of}. Safe for use by several threads.
 */
public final class Launch {
    /** Begins every command line. */
    private static final String EXEC = "exec ";

    private static final String LANGUAGE = "LANGUAGE";

    static final String MISSING = "it is not there";
    static final String NO_HELPER =
            "it asks for a password on a terminal only; install perl or python3, which can open one";
    static final String NO_TERMINAL = "it asks for a password on a terminal only, and none could be opened";

    private List<String> command = new ArrayList<>();
    /** What the command line is an argument of; nothing if the program itself takes a line for any shell. */
    private List<String> shell = Arrays.asList("sh", "-c");

    private boolean ourPipes;
    private boolean asksPassword;
    private String prompt;
    private boolean onTerminal;
    private boolean inEnglish;
    private int failureStatus;
    private List<Symptom> symptoms = new ArrayList<>();
    private char[] password;
    private transient Secret secret;

    private Launch() {}

    private Launch(Launch other) {
        command = new ArrayList<>(other.command);
        shell = new ArrayList<>(other.shell);
        ourPipes = other.ourPipes;
        asksPassword = other.asksPassword;
        prompt = other.prompt;
        onTerminal = other.onTerminal;
        inEnglish = other.inEnglish;
        failureStatus = other.failureStatus;
        symptoms = new ArrayList<>(other.symptoms);
        secret = other.secret;
    }

    /** @param program its name or path, and its arguments, each exactly as it gets them */
    public static Builder of(String... program) {
        if (program.length == 0) {
            throw new IllegalArgumentException("a launch needs a program");
        }
        return new Builder(program);
    }

    /**
     * The process to start, with its environment and all arguments.
     *
     * @param line the command line of the first stage
     */
    public ProcessBuilder process(String line) {
        ProcessBuilder builder = new ProcessBuilder();
        Map<String, String> environment = builder.environment();
        LoginEnvironment.restore(environment);
        String before = "";
        String last = line;
        if (inEnglish) {
            String own = environment.put(LANGUAGE, "C");
            boolean plain = own != null && own.matches("[A-Za-z0-9_.:@-]+");
            if (shell.isEmpty()) {
                String set = plain ? LANGUAGE + "=" + own : "-u " + LANGUAGE;
                last = EXEC + "env " + set + " " + line.substring(EXEC.length());
            } else {
                before = plain ? "export " + LANGUAGE + "=" + own + ";" : "unset " + LANGUAGE + ";";
            }
        }
        List<String> arguments = new ArrayList<>();
        if (onTerminal) {
            arguments.addAll(Arrays.asList("sh", "-c", Terminal.script(), "sh"));
            before += shell.isEmpty() ? "" : Terminal.STARTED;
        }
        arguments.addAll(command);
        arguments.addAll(shell);
        arguments.add(before + last);
        return builder.command(arguments);
    }

    /** Whether what is started may open its stdin and stdout by name, as pipes of its own user. */
    public boolean hasOurPipes() {
        return ourPipes;
    }

    /** Whether the program may ask for a password before it starts anything. */
    public boolean asksPassword() {
        return asksPassword;
    }

    /** The text that asks for the password; {@code null} if any unfinished line that ends with a colon does. */
    public String prompt() {
        return prompt;
    }

    /** The program's own name, which begins its messages. */
    public String programName() {
        String program = command.get(0);
        return program.substring(program.lastIndexOf('/') + 1);
    }

    /** The status by which it ends if it failed itself, whatever what it started did; 0 if there is none. */
    public int failureStatus() {
        return failureStatus;
    }

    /** What it is known to say when it can't, the first that fits counts. */
    public List<Symptom> symptoms() {
        return Collections.unmodifiableList(symptoms);
    }

    /** The same with the password in it, to be sent to the parent. Asks for it if need be, so it may block. */
    public Launch withPassword() {
        Launch copy = new Launch(this);
        copy.secret = null;
        copy.password = takePassword();
        return copy;
    }

    /** The password for the caller to wipe, or {@code null}. Asks for it if need be, so it may block; here it is forgotten. */
    public synchronized char[] takePassword() {
        if (secret != null) {
            return secret.reveal();
        }
        char[] taken = password;
        password = null;
        return taken;
    }

    /** Its program and arguments. */
    @Override
    public String toString() {
        return String.join(" ", command);
    }

    /** What a program says, and what that means. Immutable. */
    public static final class Symptom {
        private String pattern;
        private String type;
        private String cure;

        private Symptom() {}

        private Symptom(String pattern, String type, String cure) {
            this.pattern = pattern;
            this.type = type;
            this.cure = cure;
        }

        /** A regular expression that is found in a line that it prints; {@code null} fits whatever it prints. */
        public String pattern() {
            return pattern;
        }

        /** The simple name of a nested type of {@link ConnectFailedException}. */
        public String type() {
            return type;
        }

        /** What happened and what to do about it, for people. */
        public String cure() {
            return cure;
        }
    }

    /** Collects what a launch is made of. Not safe for use by several threads. */
    public static final class Builder {
        private final Launch launch = new Launch();

        private Builder(String... program) {
            with(program);
        }

        /** More arguments. */
        public Builder with(String... arguments) {
            launch.command.addAll(Arrays.asList(arguments));
            return this;
        }

        /** The program takes a line for a shell, whichever, as its last argument; otherwise it gets {@code sh -c} and that. */
        public Builder byOneLine() {
            return byShell();
        }

        /** Instead of {@code sh -c}: the like of it, by a shell that knows what sh does. */
        Builder byShell(String... words) {
            launch.shell = Arrays.asList(words);
            return this;
        }

        /** What is started has our own user, machine, and pipes; its JVM is up sooner then. */
        public Builder withOurPipes() {
            launch.ourPipes = true;
            return this;
        }

        /**
         * The program may ask for a password on its stdout or stderr and read it from its stdin, as a line.
         *
         * @param text what it then prints; {@code null} if that isn't known: an unfinished line with a colon at its end
         * @param password what it gets; {@code null} if there is none: then the context fails if it asks
         */
        public Builder asksPassword(String text, Secret password) {
            launch.asksPassword = true;
            launch.prompt = text;
            launch.secret = password;
            return this;
        }

        /**
         * The same of a program that asks on a terminal only, and there gets one. That takes perl or python3, and what it
         * starts has it too, with nobody who would answer there.
         */
        public Builder asksPasswordOnTerminal(Secret password) {
            launch.onTerminal = true;
            String missing = "^\\Q" + launch.command.get(0) + "\\E: (\\[Errno 2\\] )?No such file or directory$";
            fails(missing, ConnectFailedException.ToolMissing.class, MISSING);
            fails(Terminal.NO_HELPER, ConnectFailedException.ToolMissing.class, NO_HELPER);
            fails(Terminal.NO_TERMINAL, ConnectFailedException.ToolMissing.class, NO_TERMINAL);
            return asksPassword(Terminal.PROMPT, password);
        }

        /** Its messages are translated, and are to be understood; what it starts has the login's own language again. */
        public Builder inEnglish() {
            launch.inEnglish = true;
            return this;
        }

        /** It ends by this status if it fails itself; with another, what it says is of what it started. */
        public Builder failsBy(int status) {
            launch.failureStatus = status;
            return this;
        }

        /**
         * What it says when it can't start a context.
         *
         * @param pattern a regular expression, found in a line that it prints
         * @param cure what happened and what to do about it, for people
         */
        public Builder fails(String pattern, Class<? extends ConnectFailedException> type, String cure) {
            launch.symptoms.add(new Symptom(pattern, type.getSimpleName(), cure));
            return this;
        }

        /** What it means when a program that may ask for a password ends without having started anything. */
        public Builder otherwise(Class<? extends ConnectFailedException> type, String cure) {
            launch.symptoms.add(new Symptom(null, type.getSimpleName(), cure));
            return this;
        }

        public Launch build() {
            return new Launch(launch);
        }
    }
}
