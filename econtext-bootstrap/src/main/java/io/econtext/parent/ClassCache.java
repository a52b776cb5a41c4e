package io.econtext.parent;

import io.econtext.core.Handler;
import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.LinkException;
import io.econtext.core.Message;
import io.econtext.core.Router;
import io.econtext.core.Text;
import io.econtext.load.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Answers requests for classes of this context and its children from what came from above, and asks the parent for the
 * rest, once.
 *
 * <p>An answer is kept as it came, with all classes in it, and found by the name of each. Filled from above only. Apart
 * from {@link #handle}, used by the duty's thread.
 */
final class ClassCache extends Handler implements Later.Taker {
    /** How much is kept; when it is full, all is forgotten. */
    private static final int MAX_BYTES = 16 << 20;

    /** As much of what there is not, or does not travel: a child may ask for any number of such names. */
    private static final int MAX_ABSENT = 1 << 20;

    /** What an entry takes apart from its bytes. */
    private static final int OVERHEAD = 200;

    /** Of a child; few enough for the parent of this context, too, whatever the children ask. */
    static final int MAX_REQUESTS = 256;

    static final int MAX_ASKED = 128;

    /** A name of the greatest length, and the rest. */
    private static final int MAX_REQUEST = 65535 + 64;

    private static final String TOO_LONG = "asks for a class with more than " + MAX_REQUEST + " bytes";
    private static final String TOO_MANY = "asks for more than " + MAX_REQUESTS + " classes at a time";
    private static final String MALFORMED = "sent a malformed request for a class";
    /** In a request: it is for a resource. */
    private static final int RESOURCE = 1;
    /** In a request: the answer is for a cache. */
    private static final int FOR_CACHE = 2;

    /** Where a class file has its version, and what that is for Java 0. */
    private static final int MAJOR = 7;

    private static final int FIRST = 44;

    /** Of an answer that says no why. */
    private static final int HEAD = 3;

    private static final byte FOUND = 0;
    private static final byte ABSENT = 1;
    private static final byte REFUSED = 2;
    /** Found, for the Java that asked only: nothing else is told of what is in it. */
    private static final byte FOUND_FOR_VERSION = 4;

    private final Router router;
    private final Executor thread;
    private final Map<String, Kept> kept = new HashMap<>();
    private final Map<String, byte[]> absent = new HashMap<>();
    /** What the controller has, by loader and directory. */
    private final Map<String, byte[]> digests = new HashMap<>();

    private final Map<String, List<Message>> waiting = new HashMap<>();
    /** What is to be asked for when others were answered. */
    private final ArrayDeque<String> turns = new ArrayDeque<>();

    /** Requests, and not their answers, of which slow children could have many. */
    private final ArrayDeque<Message> held = new ArrayDeque<>();

    private int asked;
    /** How many requests of each child are open. */
    private final ConcurrentHashMap<Integer, AtomicInteger> requests = new ConcurrentHashMap<>();

    private int bytes;
    private int absentBytes;
    private int digestBytes;

    ClassCache(Router router, Executor thread) {
        super(ANYONE);
        this.router = router;
        this.thread = thread;
    }

    /** Children only: what is behind one asks that. */
    @Override
    protected boolean accepts(Message m) {
        Link link = router.route(m.source);
        return link != null && !link.isUp() && link.first == m.source;
    }

    @Override
    public void handle(Message m) {
        if (m.source != router.id()) {
            if (m.body.length > MAX_REQUEST) {
                throw new LinkException(TOO_LONG);
            }
            AtomicInteger open = new AtomicInteger();
            AtomicInteger others = requests.putIfAbsent(m.source, open);
            if ((others == null ? open : others).incrementAndGet() > MAX_REQUESTS) {
                throw new LinkException(TOO_MANY);
            }
        }
        thread.execute(new Later(this, m));
    }

    @Override
    public void later(Message m) {
        String key;
        byte[] found;
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(m.body));
            int loader = in.readInt();
            int feature = in.readUnsignedShort();
            int kind = in.readUnsignedByte() & ~FOR_CACHE;
            String name = in.readUTF();
            key = key(loader, feature, kind, name);
            Kept one = kept.get(key);
            Kept any = one == null ? kept.get(key(loader, 0, kind, name)) : null;
            if (any != null && any.feature <= feature) {
                one = any;
            }
            found = one == null ? absent.get(key) : one.body;
            if (found == null) {
                found = lacking(loader, kind == RESOURCE ? "/" + name : name);
            }
        } catch (IOException e) {
            answer(m, refusal(MALFORMED));
            if (m.source != router.id()) {
                router.watcher.refused(router.route(m.source), m, MALFORMED);
            }
            return;
        }
        if (found != null) {
            answer(m, found);
            return;
        }
        List<Message> others = waiting.get(key);
        if (others == null) {
            waiting.put(key, others = new ArrayList<>());
            turns.add(key);
        }
        others.add(m);
        askNext();
    }

    private void askNext() {
        while (asked < MAX_ASKED && !turns.isEmpty()) {
            asked++;
            String key = turns.poll();
            ask(key, waiting.get(key).get(0).body);
        }
    }

    private void ask(String key, byte[] request) {
        byte[] body = request.clone();
        body[6] |= FOR_CACHE;
        int parent = router.parent();
        router.send(
                router.message(Message.CONTROL, parent, Handles.CLASS, router.register(new Answer(parent, key)), body));
    }

    private void answered(String key, byte[] body, boolean keep) {
        asked--;
        askNext();
        if (keep && (body[0] == FOUND || body[0] == FOUND_FOR_VERSION)) {
            byte[] found = body.clone();
            found[0] = FOUND;
            keep(key, new Kept(found, 0), body.length);
            if (body[0] == FOUND) {
                index(found, 0);
            }
            body = found;
        } else if (keep) {
            keepAbsent(key, body);
            index(body, 0);
        }
        List<Message> all = waiting.remove(key);
        if (all != null) {
            for (Message m : all) {
                answer(m, body);
            }
        }
    }

    private void answer(Message m, byte[] body) {
        AtomicInteger open = requests.get(m.source);
        if (open == null && m.source != router.id()) {
            return; // it is gone
        }
        if (!router.trySend(router.message(Message.NORMAL, m.source, m.replyTo, 0, body))) {
            held.add(m);
        } else if (open != null) {
            open.decrementAndGet();
        }
    }

    /** Called now and then: takes requests again for whose answers there was no room on their links. */
    void again() {
        for (int n = held.size(); n > 0; n--) {
            Message m = held.poll();
            if (requests.containsKey(m.source)) {
                later(m);
            }
        }
    }

    /** Finds, from now on, what came from above by the name of each class in it. */
    private void index(byte[] body, int cost) {
        bytes += cost;
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
            if (in.skipBytes(1) + in.available() < HEAD) {
                return;
            }
            in.readUTF();
            if (in.available() == 0) {
                return;
            }
            in = new DataInputStream(new InflaterInputStream(in));
            for (int n = in.readInt(); n > 0; n--) {
                int loader = in.readInt();
                String name = in.readUTF();
                byte[] file = new byte[in.readInt()];
                in.readFully(file);
                if (name.isEmpty() || name.endsWith("/")) {
                    keepDigest(loader + "/" + name, file);
                } else if (name.startsWith("/")) {
                    keep(key(loader, 0, RESOURCE, name.substring(1)), new Kept(body, 0), 0);
                } else if (file.length > MAJOR && Message.getInt(file, 0) == 0xcafebabe) {
                    keep(key(loader, 0, 0, name), new Kept(body, file[MAJOR] - FIRST), 0);
                }
            }
        } catch (IOException e) {
            System.err.println("classes from above can't be read: " + e);
        }
    }

    private void keep(String key, Kept entry, int cost) {
        Kept before = kept.get(key);
        if (before != null && before.feature == entry.feature) {
            return;
        }
        if (bytes > MAX_BYTES) {
            kept.clear();
            bytes = 0;
        }
        // a name can be longer than what there is to say of it
        bytes += cost + OVERHEAD + 2 * key.length();
        kept.put(key, entry);
    }

    /** The answer where a digest says that there is nothing; else {@code null}. */
    private byte[] lacking(int loader, String name) throws IOException {
        String of = Digest.name(name);
        byte[] digest = digests.get(loader + "/" + of);
        if (digest == null || !Digest.lacks(digest, name)) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ABSENT);
        bytes.write(0);
        bytes.write(0);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(1);
            out.writeInt(loader);
            out.writeUTF(of);
            out.writeInt(digest.length);
            out.write(digest);
        }
        return bytes.toByteArray();
    }

    private void keepDigest(String key, byte[] digest) {
        if (digestBytes > MAX_ABSENT) {
            digests.clear();
            digestBytes = 0;
        }
        if (digests.put(key, digest) == null) {
            digestBytes += OVERHEAD + 2 * key.length() + digest.length;
        }
    }

    private void keepAbsent(String key, byte[] body) {
        if (absentBytes > MAX_ABSENT) {
            absent.clear();
            absentBytes = 0;
        }
        absentBytes += body.length + OVERHEAD + 2 * key.length();
        absent.put(key, body);
    }

    private static String key(int loader, int feature, int kind, String name) {
        return loader + "/" + feature + "/" + kind + "/" + name;
    }

    static byte[] refusal(String why) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(REFUSED);
            out.writeUTF(Text.utf(why));
        } catch (IOException e) {
            throw new LinkException(e.toString());
        }
        return bytes.toByteArray();
    }

    /** Forgets a child. */
    void lost(int child) {
        requests.remove(child);
    }

    /** An answer and what it takes. */
    private static final class Kept {
        final byte[] body;
        /** The Java that the class is for, where that decides. */
        final int feature;

        Kept(byte[] body, int feature) {
            this.body = body;
            this.feature = feature;
        }
    }

    /** The parent's answer to one request. */
    private final class Answer extends Handler implements Later.Taker {
        private final String key;

        Answer(int parent, String key) {
            super(parent);
            this.key = key;
        }

        @Override
        public void handle(Message m) {
            router.unregister(m.handle);
            thread.execute(new Later(this, m));
        }

        @Override
        public void lost(String reason) {
            // then this context ends, and those who wait learn that from their links
        }

        @Override
        public void later(Message m) {
            answered(key, m.isBounced() ? refusal(Text.string(m.body)) : m.body, !m.isBounced());
        }
    }

    /** Takes what the controller says that this context or its children will need. */
    final class Push extends Handler implements Later.Taker {
        Push() {
            super(ANCESTORS);
        }

        @Override
        public void handle(Message m) {
            thread.execute(new Later(this, m));
        }

        @Override
        public void later(Message m) {
            byte[] body = new byte[HEAD + m.body.length];
            body[0] = FOUND;
            System.arraycopy(m.body, 0, body, HEAD, m.body.length);
            index(body, body.length);
        }
    }
}
