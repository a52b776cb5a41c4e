package io.econtext.spring.shell;

/** The exit codes of one-shot commands. A program that {@code context exec} runs has its own. */
public final class ShellExitCode {
    /** It worked. */
    public static final int OK = 0;
    /** It failed: the context couldn't be reached, or the called code threw. */
    public static final int FAILED = 1;
    /** The command isn't understood: an unknown command, option or context, a malformed specification. */
    public static final int USAGE = 2;
    /** {@code context exec} couldn't run the program, as ssh says it. */
    public static final int NOT_RUN = 255;

    private ShellExitCode() {}
}
