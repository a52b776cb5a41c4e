package io.econtext.core;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.function.Consumer;
import java.util.zip.InflaterInputStream;

/**
 * The first class of a new context: reads the rest of the core from the stream and starts it.
 *
 * <p>It and the few classes beside it that the JVM itself must find by name come in a jar; the rest, on the stream after
 * it, as {@code i32 length}, then deflated: {@code u16 number, each utf name, i32 length, bytes}.
 */
public final class Boot {
    /** Set by the core: takes {@code java.util.logging.LogRecord}s. */
    public static volatile Consumer<Object> log;
    /** Set by the core: the level below which nothing is logged, as a number of {@code java.util.logging.Level}. */
    public static volatile int logLevel;

    private static final String FD = "/proc/self/fd/";

    private Boot() {}

    /**
     * @param arguments numbers of descriptors: in, out, the pipes that 1 and 2 lead to or -1, the transport's stderr; the
     *     answer; the descriptor that takes a line end when the pipes are read
     */
    public static void main(String[] arguments) throws Throwable {
        FileInputStream in = in(arguments[0]);
        DataInputStream data = new DataInputStream(in);
        byte[] packed = new byte[data.readInt()];
        data.readFully(packed);
        DataInputStream core = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(packed)));
        RemoteLoader loader = new RemoteLoader(0, Boot.class.getClassLoader());
        for (int n = core.readUnsignedShort(); n > 0; n--) {
            String name = core.readUTF();
            byte[] b = new byte[core.readInt()];
            core.readFully(b);
            loader.push(name, b);
        }
        Object[] parts = {
            in, out(arguments[1]), pipe(arguments[2]), pipe(arguments[3]), arguments[5], loader, out(arguments[6])
        };
        @SuppressWarnings("unchecked")
        Consumer<Object[]> context = (Consumer<Object[]>) loader.loadClass("io.econtext.core.Context")
                .getDeclaredConstructor()
                .newInstance();
        context.accept(parts);
    }

    private static FileInputStream pipe(String number) throws Exception {
        return number.startsWith("-") ? null : in(number);
    }

    // A pipe can be opened by name. A socket, or another user's pipe, takes reflection and a manifest that permits it.

    private static FileInputStream in(String number) throws Exception {
        try {
            return new FileInputStream(FD + number);
        } catch (IOException e) {
            return new FileInputStream(descriptor(number));
        }
    }

    private static FileOutputStream out(String number) throws Exception {
        try {
            return new FileOutputStream(FD + number);
        } catch (IOException e) {
            return new FileOutputStream(descriptor(number));
        }
    }

    private static FileDescriptor descriptor(String number) throws Exception {
        FileDescriptor descriptor = new FileDescriptor();
        Field field = FileDescriptor.class.getDeclaredField("fd");
        field.setAccessible(true);
        field.setInt(descriptor, Integer.parseInt(number));
        return descriptor;
    }
}
