package io.econtext.call;

import io.econtext.CallSite;
import io.econtext.NotPortableException;
import io.econtext.RemoteCallException;
import io.econtext.core.ValueException;
import io.econtext.parent.Printable;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what was thrown on a target, as {@code io.econtext.core.Failure} writes it.
 *
 * <p>A declared exception becomes itself, with the remote one as its cause; everything else a
 * {@link RemoteCallException}. No class is ever looked up by a name that came from a target. Stateless.
 */
public final class RemoteFailure {
    private static final int MAX_FAILURES = 32;
    private static final int MAX_FRAMES = 200;

    private RemoteFailure() {}

    /** @param declared what the call declares to throw */
    public static Throwable read(DataInputStream in, List<Class<?>> declared, String context) throws IOException {
        List<String> types = new ArrayList<>();
        RemoteCallException remote = read(in, types, new int[1]);
        Throwable thrown = remote;
        for (String type : types) {
            for (Class<?> candidate : declared) {
                boolean exact = types.get(0).equals(type);
                if (thrown == remote && candidate.getName().equals(type) && (exact || isChecked(types))) {
                    thrown = make(candidate, remote, exact);
                }
            }
        }
        if (thrown == remote && types.contains(ValueException.class.getName())) {
            thrown = new NotPortableException(
                    context + " can't read or write a value: " + remote.remoteMessage(), remote);
        }
        CallSite here = new CallSite(context);
        here.setStackTrace(local(here.getStackTrace()));
        if (thrown == remote) {
            thrown.addSuppressed(here);
        } else {
            thrown.setStackTrace(here.getStackTrace());
        }
        return thrown;
    }

    /** What was thrown, whoever called. */
    public static RemoteCallException read(DataInputStream in) throws IOException {
        return read(in, new ArrayList<>(), new int[1]);
    }

    /** A checked exception must fit a declared type; an unchecked one need not, and stays what it is. */
    private static boolean isChecked(List<String> types) {
        return !types.contains(RuntimeException.class.getName()) && !types.contains(Error.class.getName());
    }

    private static Throwable make(Class<?> type, RemoteCallException remote, boolean exact) {
        String message = exact ? remote.remoteMessage() : remote.getMessage();
        try {
            return withMessage(type, message, remote);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return remote;
        }
    }

    private static Throwable withMessage(Class<?> type, String message, Throwable cause)
            throws ReflectiveOperationException {
        // First what takes a cause, as what doesn't may have fixed that there is none.
        Throwable made = (Throwable) made(type, new Class<?>[] {String.class, Throwable.class}, message, cause);
        if (made == null) {
            made = (Throwable) made(type, new Class<?>[] {String.class}, message);
        }
        if (made == null) {
            made = (Throwable) made(type, new Class<?>[0]);
        }
        if (made == null) {
            throw new NoSuchMethodException(type.getName());
        }
        if (made.getCause() != cause) {
            try {
                made.initCause(cause);
            } catch (IllegalStateException e) {
                made.addSuppressed(cause);
            }
        }
        return made;
    }

    /** Made by the constructor of these parameters, which need not be public, or {@code null}. */
    private static Object made(Class<?> type, Class<?>[] parameters, Object... arguments)
            throws ReflectiveOperationException {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (Arrays.equals(constructor.getParameterTypes(), parameters) && isUsable(constructor)) {
                return constructor.newInstance(arguments);
            }
        }
        return null;
    }

    /** The JDK may keep its own for itself. */
    private static boolean isUsable(Constructor<?> constructor) {
        try {
            constructor.setAccessible(true);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** The frames from the caller of econtext on. */
    private static StackTraceElement[] local(StackTraceElement[] frames) {
        int from = 0;
        while (from < frames.length && isOurs(frames[from])) {
            from++;
        }
        return Arrays.copyOfRange(frames, from, frames.length);
    }

    private static boolean isOurs(StackTraceElement frame) {
        String owner = frame.getClassName();
        return owner.startsWith("io.econtext.broker.")
                || owner.startsWith("io.econtext.call.")
                || owner.startsWith("io.econtext.RemoteContext")
                || owner.startsWith("io.econtext.Invoker");
    }

    /** The frames without the reflection by which the core came to the method. */
    private static StackTraceElement[] remote(StackTraceElement[] frames) {
        int to = frames.length;
        while (to > 0 && frames[to - 1].getClassName().matches("(jdk\\.internal|java\\.lang|sun)\\.reflect\\..*")) {
            to--;
        }
        return Arrays.copyOf(frames, to);
    }

    /** @param count how many were read so far */
    private static RemoteCallException read(DataInputStream in, List<String> types, int[] count) throws IOException {
        if (++count[0] > MAX_FAILURES) {
            throw new IOException("more than " + MAX_FAILURES + " failures in one");
        }
        for (int n = in.readUnsignedByte(); n > 0; n--) {
            types.add(Printable.line(in.readUTF()));
        }
        String message = in.readBoolean() ? Printable.lines(in.readUTF()) : null;
        StackTraceElement[] frames = new StackTraceElement[in.readUnsignedShort()];
        if (frames.length > MAX_FRAMES) {
            throw new IOException("more than " + MAX_FRAMES + " frames");
        }
        for (int i = 0; i < frames.length; i++) {
            String owner = Printable.line(in.readUTF());
            String method = Printable.line(in.readUTF());
            String file = Printable.line(in.readUTF());
            frames[i] = new StackTraceElement(owner, method, file.isEmpty() ? null : file, in.readInt());
        }
        RemoteCallException cause = in.readUnsignedByte() > 0 ? read(in, new ArrayList<>(), count) : null;
        String type = types.isEmpty() ? Throwable.class.getName() : types.get(0);
        RemoteCallException failure = new RemoteCallException(type, message, cause);
        failure.setStackTrace(remote(frames));
        for (int n = in.readUnsignedByte(); n > 0; n--) {
            failure.addSuppressed(read(in, new ArrayList<>(), count));
        }
        return failure;
    }
}
