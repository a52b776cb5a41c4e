package io.econtext;

/** Runs lines of shell on the machine where it is called, so that a script ports line by line. */
public final class Sh {
    private Sh() {}

    /**
     * Runs a line; what it prints becomes log lines of this context.
     *
     * @throws ExecException if its status is not 0
     */
    public static void run(String line) throws InterruptedException {
        Exec.run("sh", "-c", line);
    }

    /** Runs a line as {@link #run} does, and returns its exit status. */
    public static int status(String line) throws InterruptedException {
        return Exec.status("sh", "-c", line);
    }
}
