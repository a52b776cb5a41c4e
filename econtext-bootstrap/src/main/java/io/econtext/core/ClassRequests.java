package io.econtext.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.InflaterInputStream;

/**
 * Keeps what was sent ahead, and asks the parent for the rest.
 *
 * <pre>
 * request:  i32 application loader   u16 the Java feature version here   u8 0 class, 1 resource   utf name
 * reply:    u8 0 found, 1 absent, 2 refused, 3 too new   utf why, if any   entries, if any
 * entries:  deflated: i32 number, each i32 loader, utf name, i32 length, bytes
 * </pre>
 *
 * A resource's name has a slash before it, but for requests. Who needs a class waits, holding nothing but that class's own
 * loading lock. The lock of this is held while bytes are inflated, and never over a wait.
 */
public final class ClassRequests extends Handler {
    private static final int TIMEOUT = 60000;

    private final Context context;
    private final ConcurrentLinkedQueue<byte[]> unread = new ConcurrentLinkedQueue<>();
    /** By loader and name, as {@code 1/com.acme.App} and {@code 1//com/acme/words.txt}. */
    public final ConcurrentHashMap<String, byte[]> ahead = new ConcurrentHashMap<>();

    /** What was found, as {@code ahead} has it, since that was last told. */
    private final ConcurrentLinkedQueue<String> loaded = new ConcurrentLinkedQueue<>();

    ClassRequests(Context context) {
        super(ANCESTORS);
        this.context = context;
    }

    /** Classes that will be needed, which whoever needs one inflates; or the question what was loaded. */
    @Override
    public void handle(Message m) {
        if (m.handle == Handles.PUSH) {
            unread.add(m.body);
            return;
        }
        StringBuilder lines = new StringBuilder();
        String key;
        while ((key = loaded.poll()) != null) {
            lines.append(key).append('\n');
        }
        context.send(Message.NORMAL, m.source, m.replyTo, Text.bytes(lines.toString()));
    }

    /**
     * The bytes, or {@code null} if there are none.
     *
     * @throws ClassNotFoundException if they are refused, with the reason, or can't be had now, with a cause, too
     */
    public byte[] find(int loader, String name) throws ClassNotFoundException {
        byte[] b = take(loader, name);
        return b == null ? ask(loader, name) : b;
    }

    /** What was sent ahead, once; {@code null} if nothing was. */
    public byte[] take(int loader, String name) {
        byte[] b = peek(loader, name);
        if (b != null) {
            String key = loader + "/" + name;
            ahead.remove(key);
            if (name.charAt(0) != '/' && b[7] - 44 > context.feature) {
                return null; // too new: who asks learns why it can't be had
            }
            loaded.add(key);
        }
        return b;
    }

    /** What was sent ahead and stays; {@code null} if nothing was. */
    public byte[] peek(int loader, String name) {
        synchronized (this) {
            byte[] body;
            while ((body = unread.poll()) != null) {
                read(new ByteArrayInputStream(body), null);
            }
        }
        return ahead.get(loader + "/" + name);
    }

    /** As {@link #find}, whatever was sent ahead. */
    public byte[] ask(int loader, String name) throws ClassNotFoundException {
        Thread thread = Thread.currentThread();
        try {
            if (thread instanceof Workers.Worker && ((Workers.Worker) thread).localOnly) {
                throw new IOException("not now");
            }
            boolean resource = name.charAt(0) == '/';
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(loader);
            out.writeShort(context.feature);
            out.writeBoolean(resource);
            out.writeUTF(resource ? name.substring(1) : name);
            Router router = context.router;
            // who keeps the others' classes must be able to get its own
            int source = loader == 0 ? router.parent() : context.classSource;
            Reply reply = new Reply(router, source);
            router.send(router.message(Message.CONTROL, source, Handles.CLASS, reply.handle, bytes.toByteArray()));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(reply.await(TIMEOUT).body));
            int kind = in.read();
            String why = in.readUTF();
            String key = loader + "/" + name;
            byte[] found = in.available() > 0 ? read(in, key) : null;
            if (kind == 3) {
                throw new UnsupportedClassVersionError(why);
            }
            if (kind == 2) {
                throw new ClassNotFoundException(why);
            }
            if (found != null) {
                loaded.add(key);
            }
            return found;
        } catch (LinkException | IOException e) {
            throw new ClassNotFoundException(name + ": " + e.getMessage(), e);
        }
    }

    /** Keeps each entry, but for the one called {@code wanted}, which is returned. */
    private byte[] read(InputStream entries, String wanted) {
        byte[] found = null;
        try {
            DataInputStream in = new DataInputStream(new InflaterInputStream(entries));
            for (int n = in.readInt(); n > 0; n--) {
                String key = in.readInt() + "/" + in.readUTF();
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                if (key.equals(wanted)) {
                    found = bytes;
                } else {
                    ahead.put(key, bytes);
                }
            }
        } catch (IOException e) {
            throw new LinkException("malformed classes: " + e);
        }
        return found;
    }
}
