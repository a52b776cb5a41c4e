package io.econtext.parent;

import io.econtext.ProcessEnder;
import io.econtext.core.Handles;
import io.econtext.core.LinkException;
import io.econtext.core.Message;
import io.econtext.core.StreamLink;
import io.econtext.core.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A child of this context: the process that was started for it, the talk while it boots, then the link.
 *
 * <p>Its thread reads stdout, another one stderr. The lock guards the talk and the outcome.
 */
final class Child implements Runnable {
    private static final int PIECE = 8192;
    private static final long LAST_MILLIS = 1000;
    private static final int STDERR = 2;
    private static final String NOT_WRITTEN = "does not read any more, and goes on";

    final Start start;
    final Thread reader;
    private final Children children;
    private final Process process;
    private final BootDialog dialog;
    private final Input stdin;
    private final ErrorReader errors;
    private byte[] boot;
    private boolean over;
    /** Used by the reader. */
    private boolean reading;

    private volatile StreamLink link;
    volatile String goodbye;
    /** Losses behind it that are still to be told. */
    final AtomicInteger withdrawals = new AtomicInteger();

    Child(Children children, Start start, Process process, BootDialog dialog) {
        this.children = children;
        this.start = start;
        this.process = process;
        this.dialog = dialog;
        stdin = new Input(process.getOutputStream());
        reader = thread(this);
        errors = new ErrorReader();
        thread(errors).start();
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "econtext-child-" + start.name);
        thread.setDaemon(true);
        return thread;
    }

    StreamLink link() {
        return link;
    }

    /** Waits until the child is up, and returns {@code null}, or why it isn't; then its process is gone. */
    BootFailure boot(byte[] all) throws InterruptedException {
        BootFailure failure = new BootFailure("Cancelled", "interrupted", dialog.lastLines());
        try {
            boot = all;
            reader.start();
            synchronized (this) {
                long end = System.nanoTime() + start.timeoutMillis * 1000000L;
                long left;
                while (!over && (left = (end - System.nanoTime()) / 1000000) > 0) {
                    wait(left);
                }
                failure = over ? dialog.failure() : dialog.timedOut(start.timeoutMillis + " ms");
                over = true;
            }
        } finally {
            if (failure != null) {
                end();
            }
        }
        return failure;
    }

    /** The boot is over: it came up, or the talk knows why not. */
    private synchronized void over() {
        over = true;
        notifyAll();
    }

    /** Writes what is due; called by both readers, as a program that doesn't read holds up who writes. */
    private void say(byte[] due) {
        byte[] bytes = due;
        while (bytes != null) {
            stdin.write(bytes, 0, bytes.length);
            Arrays.fill(bytes, (byte) 0);
            bytes = dialog.written();
        }
        if (dialog.failure() != null) {
            over();
        }
    }

    @Override
    public void run() {
        Output in = new Output(process.getInputStream());
        byte[] b = new byte[PIECE];
        say(dialog.begin(boot));
        boot = null;
        try {
            while (dialog.failure() == null) {
                int n = in.read(b, 0, b.length);
                int taken = dialog.out(b, 0, n);
                say(dialog.next());
                if (dialog.isUp()) {
                    serve(new SequenceInputStream(new ByteArrayInputStream(b, taken, n - taken), in));
                    return;
                }
            }
        } catch (IOException e) {
            dialog.ended("closed");
        } catch (LinkException e) {
            dialog.ended(e.getMessage());
        }
        over();
    }

    private void serve(InputStream all) {
        StreamLink up = new StreamLink(children.router, start.id, start.id, start.maxMessage, all, stdin);
        up.direct = start.launch.hasOurPipes();
        link = up;
        boolean wanted;
        synchronized (this) {
            wanted = !over;
            if (wanted) {
                children.add(this);
            }
        }
        if (wanted) {
            over();
            up.run();
        }
    }

    /** Whether the link, which just ended, did so because of what the child sent. */
    boolean brokeRule() {
        return Thread.currentThread() == reader && !reading;
    }

    /** Called now and then by the duty's thread. */
    void beat(long now) {
        if (stdin.hasFailed(now)) {
            link.end(NOT_WRITTEN);
        }
        link.beat(now, start.heartbeatMillis * 1000000L);
    }

    /** Ends the process, and its input, which ends what this user may not signal. */
    void end() {
        endInput();
        ProcessEnder.end(process);
    }

    /** Ends the process in a while, on a thread of its own. */
    Thread endSoon() {
        Thread thread = thread(new Runnable() {
            @Override
            public void run() {
                end();
            }
        });
        thread.start();
        return thread;
    }

    /** A JVM that ends waits 300 ms for a thread that reads. */
    void endInput() {
        // on a thread of its own, as who writes to what does not read has the stream's lock
        thread(stdin).start();
    }

    /** What a child prints where no context of its own reads it, as a line of its own log. */
    private void line(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeInt(0);
            out.writeByte(STDERR);
            out.writeLong(System.currentTimeMillis());
            out.writeInt(0);
            out.writeUTF("");
            out.writeUTF("");
            out.writeUTF(Text.utf(text));
            out.writeUTF("");
        } catch (IOException e) {
            throw new LinkException(e.toString());
        }
        children.sendFor(start.id, Message.LOG, Handles.LOG, bytes.toByteArray());
    }

    /** The process's stdout; its end is told as the end of the process. */
    private final class Output extends InputStream {
        private final InputStream in;

        Output(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] b, int offset, int length) throws IOException {
            reading = true;
            int n = in.read(b, offset, length);
            if (n < 0) {
                throw new LinkException(reason());
            }
            reading = false;
            return n;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        private String reason() {
            String reason = "ended its output and goes on";
            try {
                if (process.waitFor(LAST_MILLIS, TimeUnit.MILLISECONDS)) {
                    reason = BootDialog.ending(process.exitValue());
                }
                errors.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return link == null ? reason : dialog.loss(goodbye, reason);
        }
    }

    /** Reads the process's stderr: for the talk at first, then it becomes lines of the child's log. */
    private final class ErrorReader implements Runnable {
        private boolean ended;

        @Override
        public void run() {
            byte[] b = new byte[PIECE];
            try (InputStream in = process.getErrorStream()) {
                int n;
                while ((n = in.read(b)) >= 0) {
                    tell(dialog.err(b, 0, n));
                    if (link == null) {
                        say(dialog.next());
                    }
                }
            } catch (IOException e) {
                // It was ended here.
            }
            tell(dialog.errEnded());
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }

        private void tell(List<String> lines) {
            for (String text : lines) {
                if (link != null) {
                    line(text);
                }
            }
        }

        /** A daemon may hold stderr for ever, so only for a moment. */
        synchronized void await() throws InterruptedException {
            if (!ended) {
                wait(LAST_MILLIS);
            }
        }
    }

    /** The process's stdin. What can't be written any more is dropped: the end of its output tells more. */
    private static final class Input extends OutputStream implements Runnable {
        private final OutputStream out;
        private volatile long failedAt;

        Input(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            try {
                out.write(b, offset, length);
                out.flush();
            } catch (IOException e) {
                failedAt = failedAt == 0 ? System.nanoTime() | 1 : failedAt;
            }
        }

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        /** Whether it has failed for so long that no end will tell more. */
        boolean hasFailed(long now) {
            return failedAt != 0 && now - failedAt > 2 * LAST_MILLIS * 1000000;
        }

        @Override
        public void run() {
            try {
                out.close();
            } catch (IOException e) {
                // It is gone.
            }
        }
    }
}
