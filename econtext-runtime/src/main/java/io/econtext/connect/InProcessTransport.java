package io.econtext.connect;

import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;
import io.econtext.parent.BootDialog;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A context's core in this JVM, with a class loader and a thread group of its own, at the other end of two pipes in memory.
 *
 * <p>The group's first thread is the core's reader. What the core writes is told on the thread that writes it.
 */
final class InProcessTransport implements Transport {
    private static final String BOOT = "io.econtext.core.Boot";

    private final String answer;
    private final TransportEvents events;
    private final Inlet in = new Inlet();
    private final Group group;
    private final LogForwarder log = new LogForwarder();
    /** Events come one after the other though several threads write. */
    private final Object telling = new Object();

    private Class<?> boot;
    private boolean ended;

    InProcessTransport(String name, String answer, TransportEvents events) {
        this.answer = answer;
        this.events = events;
        group = new Group("econtext-" + name);
    }

    void start() {
        Thread thread = new Thread(group, this::run, group.getName());
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        synchronized (telling) {
            events.started();
        }
        try {
            boot = new BootLoader().loadClass(BOOT);
            Logger.getLogger("").addHandler(log);
            OutputStream nobody = OutputStream.nullOutputStream();
            Object[] parts = {in, new Outlet(), null, null, answer, null, nobody, (Runnable) this::endOfContext};
            boot.getMethod("start", Object[].class).invoke(null, (Object) parts);
        } catch (InvocationTargetException e) {
            failed(e.getCause());
        } catch (ReflectiveOperationException e) {
            failed(e);
        }
    }

    private void failed(Throwable why) {
        if (!(why instanceof End)) {
            StringWriter trace = new StringWriter();
            why.printStackTrace(new PrintWriter(trace, true));
            byte[] text = trace.toString().getBytes(StandardCharsets.UTF_8);
            synchronized (telling) {
                if (!ended) {
                    events.err(text, 0, text.length);
                }
            }
            finish(1);
        }
    }

    /** Called by the core in place of the end of its JVM; ends the calling thread. */
    private void endOfContext() {
        finish(0);
        throw new End();
    }

    /** @param status what its JVM would end with */
    private void finish(int status) {
        in.close();
        Logger.getLogger("").removeHandler(log);
        synchronized (telling) {
            if (!ended) {
                ended = true;
                events.ended(BootDialog.ending(status));
            }
        }
    }

    @Override
    public void write(ByteBuffer data, WriteListener done) {
        in.write(data, done);
    }

    /** The core sees the end of its stream and ends, within its grace. */
    @Override
    public void close() {
        in.close();
    }

    /** What the core writes to. */
    private final class Outlet extends OutputStream {
        @Override
        public void write(byte[] b, int offset, int length) {
            synchronized (telling) {
                if (!ended) {
                    events.out(b, offset, length);
                }
            }
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }
    }

    /** Hands what threads of the context log to the core, which sends it up. */
    private final class LogForwarder extends Handler {
        @Override
        @SuppressWarnings("unchecked")
        public void publish(LogRecord logged) {
            if (group.parentOf(Thread.currentThread().getThreadGroup())) {
                try {
                    Consumer<Object> core =
                            (Consumer<Object>) boot.getField("log").get(null);
                    if (core != null) {
                        core.accept(logged);
                    }
                } catch (ReflectiveOperationException e) {
                    reportError(null, e, java.util.logging.ErrorManager.WRITE_FAILURE);
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Thrown to end a thread of the core, where its JVM would end. */
    private static final class End extends Error {
        private static final long serialVersionUID = 1;

        End() {
            super("the context ended", null, false, false);
        }
    }

    /** All threads of the context and those that they start. */
    private static final class Group extends ThreadGroup {
        Group(String name) {
            super(name);
        }

        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            if (!(thrown instanceof End)) {
                super.uncaughtException(thread, thrown);
            }
        }
    }
}
