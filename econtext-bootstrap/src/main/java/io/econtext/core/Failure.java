package io.econtext.core;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;

/**
 * How something thrown travels: as text, never as an object.
 *
 * <pre>
 * u8 number of type names, each utf: its class and the superclasses below Throwable
 * u8 whether there is a message; then utf
 * u16 number of frames, each utf class, utf method, utf file, i32 line
 * u8 number of causes (0 or 1), each a failure;  u8 number of suppressed, each a failure
 * </pre>
 */
final class Failure {
    static final int MAX_FRAMES = 200;
    /** The longest message has as many characters as these frames. */
    private static final int FRAME = 109;

    private static final int MAX_FAILURES = 32;
    private static final int MAX_CAUSES = 9999;

    private Failure() {}

    /** @param max how many frames each has at most */
    static void write(DataOutputStream out, Throwable t, int max) throws IOException {
        ArrayList<Throwable> seen = new ArrayList<>();
        seen.add(t);
        write(out, t, max, seen);
    }

    private static void write(DataOutputStream out, Throwable t, int max, ArrayList<Throwable> seen)
            throws IOException {
        int names = 0;
        for (Class<?> c = t.getClass(); c != Throwable.class && names < 100; c = c.getSuperclass()) {
            names++;
        }
        out.writeByte(names);
        Class<?> type = t.getClass();
        for (int i = 0; i < names; i++, type = type.getSuperclass()) {
            out.writeUTF(Text.utf(type.getName()));
        }
        String message;
        Throwable cause = null;
        StackTraceElement[] trace = null;
        int frames = 0;
        try {
            trace = t.getStackTrace();
            while (trace != null
                    && frames < trace.length
                    && frames < max
                    && !trace[frames].getClassName().equals(Invocation.NAME)) {
                frames++;
            }
            cause = t.getCause();
            // the last that is told is the one that began it
            Throwable next = seen.size() == MAX_FAILURES - 1 ? cause : null;
            for (int i = 0; next != null && i < MAX_CAUSES; i++) {
                cause = next;
                next = next.getCause();
            }
            message = t.getMessage();
        } catch (Throwable e) {
            message = "describing it threw " + e.getClass().getName();
        }
        out.writeBoolean(message != null);
        if (message != null) {
            out.writeUTF(Text.utf(message, FRAME * max));
        }
        out.writeShort(frames);
        for (int i = 0; i < frames; i++) {
            StackTraceElement frame = trace[i];
            out.writeUTF(Text.utf(frame.getClassName()));
            out.writeUTF(Text.utf(frame.getMethodName()));
            out.writeUTF(Text.utf(frame.getFileName()));
            out.writeInt(frame.getLineNumber());
        }
        writeAll(out, cause == null ? new Throwable[0] : new Throwable[] {cause}, max, seen);
        writeAll(out, t.getSuppressed(), max, seen);
    }

    private static void writeAll(DataOutputStream out, Throwable[] all, int max, ArrayList<Throwable> seen)
            throws IOException {
        ArrayList<Throwable> fresh = new ArrayList<>();
        for (Throwable t : all) {
            boolean known = seen.size() >= MAX_FAILURES;
            for (Throwable s : seen) {
                known |= s == t;
            }
            if (!known) {
                seen.add(t);
                fresh.add(t);
            }
        }
        out.writeByte(fresh.size());
        for (Throwable t : fresh) {
            write(out, t, max, seen);
        }
    }
}
