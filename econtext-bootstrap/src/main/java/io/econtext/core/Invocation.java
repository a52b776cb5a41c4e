package io.econtext.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * One call: found, decoded, run and answered by a worker. It can be cancelled from the moment it is made.
 *
 * <pre>
 * call:   u8 kind (0 static, 1 of the first argument, 2 constructor, 3 constructor of an object that is kept,
 *                  4 of a kept object, 5 end of a kept object; +8 the last argument is closed when it returns)
 *         i32 call id   i32 milliseconds to its deadline (2^31-1 none)   i32 its number in a chain
 *         i32 application loader
 *         utf trace context   i32 kept object   utf class   utf method   utf descriptor   utf generic result
 *         u8 number of arguments, each utf generic type, i32 length, Smile
 * reply:  u8 outcome (0 value, 1 thrown, 2 refused, 3 can't travel)
 *         u8 flags (1 it was interrupted, 2 its last argument was closed)
 *         i32 number of the last log line before it   then Smile, or a {@link Failure}, or UTF-8 text
 * </pre>
 *
 * A generic type is empty where the descriptor says it all; a result of type {@code V} is dropped.
 */
public class Invocation implements Runnable {
    static final String NAME = Invocation.class.getName();

    static final int STATIC = 0;
    static final int VIRTUAL = 1;
    static final int KEEP = 3;
    static final int KEPT = 4;
    static final int RELEASE = 5;
    static final int STREAMS = 8;

    static final String LATE = "it was cancelled, or its deadline passed, before it began";

    private static final int HEADER = 6;
    private static final int VALUE = 0;
    private static final int THROWN = 1;
    private static final int REFUSED = 2;
    private static final int NOT_PORTABLE = 3;

    private static final int INTERRUPTED = 1;
    private static final int STREAM_ENDED = 2;
    private static final int PAUSE = 10;

    private final Calls calls;
    public final Message request;
    final Long key;
    private final long arrived = System.nanoTime();
    private Workers.Worker thread;
    private long deadline;
    private boolean interrupted;
    private int flags;
    private long stuckAt;

    public Invocation(Calls calls, Message request) {
        this.calls = calls;
        this.request = request;
        key = Calls.key(request.source, request.body.length < 5 ? 0 : Message.getInt(request.body, 1));
        calls.running.put(key, this);
    }

    @Override
    public void run() {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(request.body));
        byte[] body;
        int failed = REFUSED;
        try {
            int kind = in.readUnsignedByte();
            in.readInt();
            int millis = in.readInt();
            synchronized (this) {
                deadline = arrived + (millis == Integer.MAX_VALUE ? Long.MAX_VALUE : millis * 1000000L);
                if (!interrupted && System.nanoTime() - deadline < 0) {
                    Thread.interrupted(); // meant for another call, and too late for it
                    thread = (Workers.Worker) Thread.currentThread();
                }
            }
            if (thread == null) {
                refuse(LATE);
                return;
            }
            failed = NOT_PORTABLE;
            body = answer(kind, in);
        } catch (Throwable e) {
            String why = e instanceof ValueException
                    ? e.getMessage()
                    : "no answer could be made: " + e.getClass().getName();
            body = body(failed, Text.bytes(why));
        }
        Message.putInt(body, 2, calls.context.flushOutput());
        synchronized (this) {
            thread = null;
            if (interrupted) {
                flags |= INTERRUPTED;
            }
            Thread.interrupted();
        }
        body[1] = (byte) flags;
        calls.running.remove(key, this);
        Message m = reply(Message.NORMAL, body);
        while (request.replyTo != 0 && !router().trySend(m) && calls.context.link.flush(PAUSE)) {}
    }

    /** Also what makes an answer of what was returned or thrown runs code of the user's, and may throw. */
    private byte[] answer(int kind, DataInputStream in) throws IOException {
        Type[] type = new Type[1];
        Object result = null;
        Throwable thrown = null;
        try {
            result = invoke(kind, in, type);
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
        } catch (Throwable e) {
            thrown = e;
        }
        if (thrown == null) {
            byte[] value = Binder.write(result, type[0]);
            if (value.length > calls.context.maxMessage() - HEADER) {
                throw new ValueException(value.length + " bytes: use a channel");
            }
            return body(VALUE, value);
        }
        if (request.replyTo == 0) {
            thrown.printStackTrace();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Failure.write(new DataOutputStream(bytes), thrown, Failure.MAX_FRAMES);
        return body(THROWN, bytes.toByteArray());
    }

    /** Says, on whatever thread, also one that must not wait, that the call was not made. */
    public final void refuse(String why) {
        calls.running.remove(key, this);
        if (request.replyTo != 0) {
            router().send(reply(Message.CONTROL, body(REFUSED, Text.bytes(why))));
        }
    }

    private static byte[] body(int outcome, byte[] value) {
        byte[] body = new byte[HEADER + value.length];
        body[0] = (byte) outcome;
        System.arraycopy(value, 0, body, HEADER, value.length);
        return body;
    }

    /** Its answer, also where nobody wants one. */
    protected Message reply(int priority, byte[] body) {
        return router().message(priority, request.source, request.replyTo, 0, body);
    }

    private Router router() {
        return calls.context.router;
    }

    private Object invoke(int kind, DataInputStream in, Type[] resultType) throws Throwable {
        boolean streams = (kind & STREAMS) != 0;
        kind &= ~STREAMS;
        in.readInt();
        ClassLoader loader = calls.context.loader(in.readInt());
        Thread.currentThread().setContextClassLoader(loader);
        in.readUTF();
        Integer kept = in.readInt();
        Object object = kind == KEPT ? calls.objects.get(kept) : null;
        resultType[0] = void.class;
        if (kind == RELEASE) {
            Calls.close(calls.objects.remove(kept));
            return null;
        }
        if (kind == KEPT && object == null) {
            throw new IllegalStateException("object " + kept + " was released");
        }
        Class<?> owner = Class.forName(in.readUTF(), true, loader);
        String name = in.readUTF();
        MethodType signature = MethodType.fromMethodDescriptorString(in.readUTF(), loader);
        resultType[0] = type(in.readUTF(), signature.returnType(), loader);
        Object[] arguments = new Object[in.readUnsignedByte()];
        int receiver = kind == VIRTUAL ? 1 : 0;
        for (int i = 0; i < arguments.length; i++) {
            Type type = type(in.readUTF(), i < receiver ? owner : signature.parameterType(i - receiver), loader);
            byte[] value = new byte[in.readInt()];
            in.readFully(value);
            arguments[i] = Binder.read(value, 0, value.length, type);
        }
        if (kind == VIRTUAL) {
            object = arguments[0];
            arguments = Arrays.copyOfRange(arguments, 1, arguments.length);
        }
        Object result;
        try {
            result = call(owner, name, signature, kind, object, arguments);
        } finally {
            if (streams) {
                flags |= STREAM_ENDED;
                Calls.close(arguments[arguments.length - 1]);
            }
        }
        if (kind == KEEP) {
            kept = calls.nextObject.incrementAndGet();
            calls.objects.put(kept, result);
            resultType[0] = int.class;
            return kept;
        }
        if (resultType[0] == void.class) { // whatever it is, nobody wants it
            return null;
        }
        try {
            return result instanceof Future ? ((Future<?>) result).get() : result;
        } catch (ExecutionException e) {
            throw new InvocationTargetException(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Type type(String generic, Class<?> erased, ClassLoader loader) {
        return generic.isEmpty() ? erased : generic.equals("V") ? void.class : Binder.type(generic, loader);
    }

    /**
     * Reflection is quick to start, but looking a method up resolves the signatures of all its siblings; so it is
     * tried with the classes at hand, and method handles (10 ms on first use) look the method up where that fails.
     */
    private static Object call(
            Class<?> owner, String name, MethodType signature, int kind, Object object, Object[] arguments)
            throws Throwable {
        boolean constructor = kind == VIRTUAL + 1 || kind == KEEP;
        Workers.Worker worker = (Workers.Worker) Thread.currentThread();
        worker.localOnly = true;
        AccessibleObject member;
        try {
            member = constructor
                    ? owner.getDeclaredConstructor(signature.parameterArray())
                    : owner.getDeclaredMethod(name, signature.parameterArray());
        } catch (NoClassDefFoundError | NoSuchMethodException e) {
            member = null;
        } finally {
            worker.localOnly = false;
        }
        if (member == null) {
            MethodHandles.Lookup lookup = lookup(owner);
            try {
                return (constructor
                                ? lookup.findConstructor(owner, signature.changeReturnType(void.class))
                                : kind == STATIC
                                        ? lookup.findStatic(owner, name, signature)
                                        : lookup.findVirtual(owner, name, signature)
                                                .bindTo(object))
                        .asFixedArity()
                        .invokeWithArguments(arguments);
            } catch (Throwable e) {
                throw new InvocationTargetException(e);
            }
        }
        member.setAccessible(true);
        return constructor
                ? ((Constructor<?>) member).newInstance(arguments)
                : ((Method) member).invoke(object, arguments);
    }

    /** A lookup that sees what the class itself sees: on Java 8 by a private constructor, later by a method for it. */
    private static MethodHandles.Lookup lookup(Class<?> owner) throws ReflectiveOperationException {
        try {
            return (MethodHandles.Lookup) MethodHandles.class
                    .getMethod("privateLookupIn", Class.class, MethodHandles.Lookup.class)
                    .invoke(null, owner, MethodHandles.lookup());
        } catch (NoSuchMethodException e) {
            Constructor<MethodHandles.Lookup> own = MethodHandles.Lookup.class.getDeclaredConstructor(Class.class);
            own.setAccessible(true);
            return own.newInstance(owner);
        }
    }

    /** Interrupts the thread, once; from {@code graceMillis} on, it counts as stuck. */
    public synchronized void cancel(int graceMillis) {
        if (thread != null && !interrupted) {
            stuckAt = System.nanoTime() + graceMillis * 1000000L;
            thread.interrupt();
        }
        interrupted = true;
    }

    synchronized void tick(long now) {
        if (thread != null && !interrupted && now - deadline > 0) {
            // The caller gave up at the same time; its word for it may never come.
            cancel(calls.context.grace);
        }
        if (thread != null && stuckAt != 0 && now - stuckAt > 0) {
            stuckAt = 0;
            StringBuilder text = new StringBuilder();
            for (StackTraceElement frame : thread.getStackTrace()) {
                text.append(frame).append('\n');
            }
            calls.workers.replace(thread);
            byte[] stack = Text.bytes(Text.utf(text.toString()));
            byte[] body = new byte[4 + stack.length];
            System.arraycopy(request.body, 1, body, 0, 4);
            System.arraycopy(stack, 0, body, 4, stack.length);
            router().send(router().message(Message.CONTROL, request.source, Handles.STUCK, 0, body));
        }
    }
}
