package io.econtext.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.InflaterInputStream;

/**
 * Asks the parent for classes and resources, on behalf of one loader.
 *
 * <pre>
 * request:  i32 application loader   u16 the Java feature version here   u8 0 class, 1 resource   utf name
 * reply:    u8 0 found, 1 absent, 2 refused, 3 too new; then utf why, or {@link #read entries}
 * entries:  deflated: i32 number, each i32 loader, utf name, i32 length, bytes
 * </pre>
 *
 * Waits on the thread that needs the class, holding nothing but that class's own loading lock.
 */
final class ClassRequests {
    private static final int TIMEOUT = 60000;
    private static final byte[] ABSENT = {};

    private final Context context;
    private final int loader;
    private final ConcurrentHashMap<String, byte[]> absent = new ConcurrentHashMap<>();

    ClassRequests(Context context, int loader) {
        this.context = context;
        this.loader = loader;
    }

    /**
     * The bytes, or {@code null} if there are none.
     *
     * @throws ClassNotFoundException if they are refused or can't be had now, with the reason
     */
    byte[] find(String name, boolean resource) throws ClassNotFoundException {
        Thread thread = Thread.currentThread();
        if (loader == 0 && !isOurs(name)
                || absent.containsKey(name)
                || thread instanceof Workers.Worker && ((Workers.Worker) thread).localOnly) {
            return null;
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(loader);
            out.writeShort(context.feature);
            out.writeBoolean(resource);
            out.writeUTF(name);
            Router router = context.router;
            // who keeps the others' classes must be able to get its own
            int source = loader == 0 ? router.parent() : context.classSource;
            Reply reply = new Reply(router, source);
            router.send(router.message(Message.CONTROL, source, Handles.CLASS, reply.handle, bytes.toByteArray()));
            byte[] body = reply.await(TIMEOUT).body;
            if (body[0] == 0) {
                return read(body, 1, name);
            }
            if (body[0] == 1) {
                absent.put(name, ABSENT);
                return null;
            }
            String why = new DataInputStream(new ByteArrayInputStream(body, 1, body.length)).readUTF();
            if (body[0] == 3) {
                throw new UnsupportedClassVersionError(why);
            }
            throw new ClassNotFoundException(why);
        } catch (LinkException | IOException e) {
            throw new ClassNotFoundException(name + ": " + e.getMessage(), e);
        }
    }

    /** Whether Java here is older than the class, which its version tells. */
    boolean isTooNew(byte[] classFile) {
        return classFile[7] - 44 > context.feature;
    }

    /** Whether econtext itself has a class of that name; its own loader is asked for those of applications, too. */
    private static boolean isOurs(String name) {
        if (!name.startsWith("io.econtext.")) {
            return false;
        }
        int dot = name.indexOf('.', 12);
        return dot < 0 || "core.channel.types.parent.logging.call.".contains(name.substring(12, dot + 1));
    }

    /** Gives each entry to its loader, but for the one called {@code wanted}, which is returned. */
    byte[] read(byte[] body, int at, String wanted) throws IOException {
        DataInputStream in =
                new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(body, at, body.length - at)));
        byte[] found = null;
        for (int n = in.readInt(); n > 0; n--) {
            RemoteLoader target = context.loader(in.readInt());
            String name = in.readUTF();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            if (name.equals(wanted)) {
                found = bytes;
            } else {
                target.push(name, bytes);
            }
        }
        return found;
    }

    /** Takes classes that the parent says will be needed. */
    final class Push extends Handler {
        Push() {
            super(ANCESTORS);
        }

        @Override
        public void handle(Message m) {
            try {
                read(m.body, 0, null);
            } catch (IOException e) {
                throw new LinkException("pushed malformed classes: " + e);
            }
        }
    }
}
