package io.econtext.core;

import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLConnection;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.Inflater;

/**
 * The first class of a new context: reads the rest of the core from the stream and starts it.
 *
 * <p>It and the few classes beside it that the JVM itself must find by name come in a jar; the rest, on the stream after
 * it, as {@code i32 length}, then deflated what {@link Unpacker} reads.
 */
public final class Boot {
    /** Set by the core: takes {@code java.util.logging.LogRecord}s, and null to configure that package. */
    public static volatile Consumer<Object> log;
    /** Set by the core: opens an {@code econtext:} URL. */
    public static volatile Function<URL, URLConnection> resources;

    private static final String FD = "/proc/self/fd/";

    private Boot() {}

    /**
     * @param arguments numbers of descriptors: in, out, the pipes that 1 and 2 lead to or -1, the transport's stderr; the
     *     answer; the descriptor that takes a line end when the pipes are read
     */
    public static void main(String[] arguments) throws Throwable {
        start(
                in(arguments[0]),
                out(arguments[1]),
                pipe(arguments[2]),
                pipe(arguments[3]),
                arguments[5],
                null,
                out(arguments[6]),
                null);
    }

    /**
     * @param parts streams in and out, those of what is printed to 1 and 2 or nulls, the answer, room for the core's class
     *     loader, a stream for the line end, and what is run instead of the end of the JVM or null
     */
    @SuppressWarnings("unchecked")
    public static void start(Object... parts) throws Throwable {
        DataInputStream data = new DataInputStream((InputStream) parts[0]);
        byte[] packed = new byte[data.readInt()];
        data.readFully(packed);
        byte[] core = new byte[Unpacker.ROOM];
        Inflater inflater = new Inflater(true);
        inflater.setInput(packed);
        Class<?> context = new Unpacker(core, inflater.inflate(core)).unpack();
        inflater.end();
        parts[5] = context.getClassLoader();
        ((Consumer<Object[]>) context.newInstance()).accept(parts);
    }

    private static FileInputStream pipe(String number) throws Exception {
        return number.startsWith("-") ? null : in(number);
    }

    // A pipe can be opened by name. A socket, or another user's pipe, takes reflection and an option that permits it.

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
