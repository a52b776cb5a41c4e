package io.econtext;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Runs programs on the machine where it is called, each argument exactly as given, without a shell.
 *
 * <p>A program is ended when the calling thread is interrupted, and when the context ends, unless it is
 * {@linkplain ExecCommand#detached() detached}. Safe for use by any thread.
 */
public final class Exec {
    /** How much of each stream {@link #capture} keeps. */
    public static final int CAPTURE_LIMIT = 1 << 20;

    private static final int PIECE = 16384;
    private static final long DRAIN_MILLIS = 1000;

    private Exec() {}

    /**
     * Runs a program; what it prints becomes log lines of this context.
     *
     * @throws ExecException if it can't be started or ends with a status other than 0
     */
    public static void run(String... command) throws InterruptedException {
        int status = status(command);
        if (status != 0) {
            throw new ExecException(command[0] + " ended with status " + status, status, null);
        }
    }

    /** Runs a program as {@link #run} does, and returns its exit status. */
    public static int status(String... command) throws InterruptedException {
        ExecCommand exec = ExecCommand.of(command);
        Process process = start(exec, builder(exec).inheritIO());
        try {
            return process.waitFor();
        } finally {
            end(exec, process);
        }
    }

    /** Runs a program and returns what it prints, at most {@value #CAPTURE_LIMIT} bytes of each stream. */
    public static ExecResult capture(ExecCommand command) throws InterruptedException {
        Process process = start(command, builder(command));
        Collector out = new Collector(process.getInputStream(), null, 0);
        Collector err = new Collector(process.getErrorStream(), null, 0);
        try {
            new Feeder(process, command.input()).start();
            int status = process.waitFor();
            // A daemon that it left may hold them for ever.
            out.join(DRAIN_MILLIS);
            err.join(DRAIN_MILLIS);
            return new ExecResult(status, out.bytes(), err.bytes(), out.truncated || err.truncated);
        } finally {
            end(command, process);
        }
    }

    /** Runs a program and sends what it prints as it comes; the last item is its exit status. */
    public static void stream(ExecCommand command, Sender<ExecOutput> output) throws InterruptedException {
        Process process = start(command, builder(command));
        Collector out = new Collector(process.getInputStream(), output, ExecOutput.OUT);
        Collector err = new Collector(process.getErrorStream(), output, ExecOutput.ERR);
        try {
            new Feeder(process, command.input()).start();
            int status = process.waitFor();
            out.join();
            err.join();
            output.send(ExecOutput.ended(status));
        } finally {
            end(command, process);
        }
    }

    /** Does nothing: the shortest call there is. */
    public static void nothing() {}

    private static ProcessBuilder builder(ExecCommand command) {
        ProcessBuilder builder = new ProcessBuilder(command.command());
        if (command.directory() != null) {
            builder.directory(new File(command.directory()));
        }
        Map<String, String> environment = builder.environment();
        LoginEnvironment.restore(environment);
        environment.putAll(command.environment());
        return builder;
    }

    private static Process start(ExecCommand command, ProcessBuilder builder) {
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new ExecException(e.getMessage(), ExecException.NOT_STARTED, e);
        }
        if (!command.isDetached()) {
            ProcessEnder.endWithContext(process);
        }
        return process;
    }

    private static void end(ExecCommand command, Process process) {
        if (!command.isDetached()) {
            ProcessEnder.end(process);
        }
    }

    /** Reads one stream of a program to its end, for memory or for a sender. */
    private static final class Collector extends Thread {
        private final InputStream in;
        private final Sender<ExecOutput> sender;
        private final int stream;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private volatile boolean truncated;

        Collector(InputStream in, Sender<ExecOutput> sender, int stream) {
            super("econtext-exec");
            this.in = in;
            this.sender = sender;
            this.stream = stream;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            byte[] b = new byte[PIECE];
            int n;
            try {
                while ((n = in.read(b)) >= 0) {
                    take(b, n);
                }
            } catch (IOException | InterruptedException | ChannelClosedException e) {
                // The program was ended, or nobody listens any more.
            }
        }

        private void take(byte[] b, int n) throws InterruptedException {
            if (sender != null) {
                sender.send(ExecOutput.of(stream, b, n));
                return;
            }
            int room = CAPTURE_LIMIT - kept.size();
            kept.write(b, 0, Math.min(n, room));
            truncated |= n > room;
        }

        byte[] bytes() {
            return kept.toByteArray();
        }
    }

    /** Writes what a program is to read; on a thread of its own, as a program that doesn't read would hold the call. */
    private static final class Feeder extends Thread {
        private final Process process;
        private final byte[] input;

        Feeder(Process process, byte[] input) {
            super("econtext-exec");
            this.process = process;
            this.input = input;
            setDaemon(true);
        }

        @Override
        public void run() {
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input);
            } catch (IOException e) {
                // The program doesn't want it all; how it ends tells whether that is right.
            }
        }
    }
}
