package io.econtext.core;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * This context: what {@link Boot} starts, and where its parts meet.
 *
 * <pre>
 * What follows the core on the stream, before the first frame:
 * u16 protocol version   i32 capabilities of the parent   i32 our id   utf our name
 * u8 number of ancestors, each i32 id, the parent first   i32 grace ms   i32 heartbeat ms   i32 workers
 * utf log levels   i32 most bytes of a message
 * </pre>
 *
 * The main thread becomes the reader of the link to the parent. The broker thread is a loop over what is to be done now
 * and then: output of children and native code, heartbeats, stuck calls, the last deadline of an exit.
 */
public final class Context implements Consumer<Object[]>, Router.Watcher, Runnable {
    private static final int SHORTEST_PAUSE = 1;
    private static final int LONGEST_PAUSE = 100;

    /** The context of this process. */
    public static volatile Context current;

    /** Run when the context ends, for at most a moment. */
    public final CopyOnWriteArrayList<Runnable> atExit = new CopyOnWriteArrayList<>();

    public Router router;
    public String name;
    public int grace;
    int feature;
    public Link link;
    /** The context that is asked for classes. */
    public volatile int classSource;

    ClassRequests requests;
    public Calls calls;
    public Logs logs;
    Stdio stdio;
    Exit exit;
    private long heartbeat;
    private int refusals;
    private long refusedAt = System.nanoTime() - 2000000000L;
    /** Stands for the end of a JVM that isn't this context's own. */
    Runnable end;

    RemoteLoader own;
    public final ConcurrentHashMap<Integer, RemoteLoader> loaders = new ConcurrentHashMap<>();

    @Override
    public void accept(Object[] parts) {
        try {
            start(parts);
        } catch (IOException e) {
            // The parent went before it had said all.
            halt();
        }
        ((StreamLink) link).run();
    }

    /** Ends the JVM without further ado, or what stands for it, which throws. */
    void halt() {
        if (end != null) {
            end.run();
        }
        Runtime.getRuntime().halt(1);
    }

    private void start(Object[] parts) throws IOException {
        end = (Runnable) parts[7];
        DataInputStream in = new DataInputStream((InputStream) parts[0]);
        OutputStream out = (OutputStream) parts[1];
        String version = System.getProperty("java.specification.version");
        feature = Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
        out.write(Text.bytes("\necontext-" + parts[4] + " up " + feature + "\n"));
        in.readUnsignedShort();
        in.readInt();
        int id = in.readInt();
        name = in.readUTF();
        int[] ancestors = new int[in.readUnsignedByte()];
        for (int i = 0; i < ancestors.length; i++) {
            ancestors[i] = in.readInt();
        }
        grace = in.readInt();
        heartbeat = in.readInt() * 1000000L;
        int workers = in.readInt();
        String levels = in.readUTF();
        int maxMessage = in.readInt();

        current = this;
        router = new Router(id, ancestors, this);
        link = new StreamLink(router, 0, 0, maxMessage, in, out);
        router.add(link);
        classSource = router.parent();
        requests = new ClassRequests(this);
        own = new RemoteLoader(0, (ClassLoader) parts[5], requests);
        Binder.loader = own;
        calls = new Calls(this, workers);
        logs = new Logs(router, levels);
        Boot.log = logs;
        stdio = new Stdio(logs, (InputStream) parts[2], (InputStream) parts[3]);
        exit = new Exit(this);
        register();
        hello(parts[2] == null);
        Thread broker = new Thread(this, "econtext-broker");
        broker.setDaemon(true);
        broker.start();
        // From here on output is read by this process, and the first stage's helper may go.
        ((OutputStream) parts[6]).write('\n');
    }

    private void register() {
        router.register(Handles.CALL, calls);
        router.register(Handles.CANCEL, calls.new Cancel());
        router.register(Handles.PUSH, requests);
        router.register(Handles.LOADED, requests);
        router.register(Handles.LOG_LEVEL, logs);
        router.register(Handles.SHUTDOWN, exit.new Shutdown());
        router.register(Handles.GONE, router.new Gone());
    }

    private void hello(boolean merged) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(Message.VERSION);
        out.writeInt(0);
        out.writeInt(feature);
        out.writeUTF(System.getProperty("java.version"));
        out.writeUTF(System.getProperty("os.name"));
        out.writeUTF(System.getProperty("os.arch"));
        out.writeUTF(System.getProperty("user.name"));
        out.writeUTF(new File("/proc/self").getCanonicalFile().getName());
        out.writeBoolean(merged);
        send(Message.CONTROL, router.controller(), Handles.HELLO, bytes.toByteArray());
    }

    /** How many bytes a message may have. */
    public int maxMessage() {
        return link.maxMessage;
    }

    /** Sends a message that wants no reply. */
    public void send(int priority, int destination, int handle, byte[] body) {
        router.send(router.message(priority, destination, handle, 0, body));
    }

    /** The loader of an application; 0 is that of econtext itself. */
    public RemoteLoader loader(int id) throws ReflectiveOperationException {
        RemoteLoader loader = id == 0 ? own : loaders.get(id);
        if (loader == null) { // two threads may both make it; a lock would be held while its class is waited for
            loader = (RemoteLoader) own.loadClass("io.econtext.load.ApplicationLoader")
                    .getConstructor(int.class, RemoteLoader.class)
                    .newInstance(id, own);
            RemoteLoader first = loaders.putIfAbsent(id, loader);
            if (first != null) {
                loader = first;
            }
        }
        return loader;
    }

    /** Makes everything printed so far a log line, and returns the number of the last. */
    int flushOutput() {
        try {
            System.out.flush();
            System.err.flush();
        } catch (Throwable e) {
            // A program may have put its own there.
        }
        stdio.drain(true, System.nanoTime());
        return logs.last();
    }

    @Override
    public void run() {
        int pause = SHORTEST_PAUSE;
        while (true) {
            long now = System.nanoTime();
            exit.tick(now); // may end this thread, where its end stands for that of a JVM
            try {
                pause = stdio.drain(false, now) ? SHORTEST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
                link.beat(now, heartbeat);
                calls.tick(now);
                Thread.sleep(pause);
            } catch (Throwable e) {
                // Nobody may interrupt the broker; without it nothing would end this context in time.
                exit.begin("its broker thread failed: " + e, grace / 2, grace / 2);
            }
        }
    }

    @Override
    public void lost(Link lost, String reason) {
        exit.begin("the parent is gone: " + reason, grace / 2, grace / 2);
    }

    @Override
    public String passing(Link from, Link to, Message message) {
        return null;
    }

    /** Logged once a second at most: whoever has this context's id can be refused something. */
    @Override
    public void refused(Link from, Message message, String why) {
        long now = System.nanoTime();
        refusals++;
        if (now - refusedAt > 1000000000L) {
            refusedAt = now;
            logs.line(0, 900, "io.econtext", "refused " + refusals + " times, last: " + message + " " + why);
        }
    }
}
