package io.econtext.parent;

import io.econtext.core.Context;
import io.econtext.core.Handler;
import io.econtext.core.Handles;
import io.econtext.core.Link;
import io.econtext.core.LinkException;
import io.econtext.core.Message;
import io.econtext.core.RemoteLoader;
import io.econtext.core.Router;
import io.econtext.core.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a context does for its children: starts them, routes for them, keeps classes for them, tells of their end, reports
 * what they were refused, and sees to it that they end before it does.
 *
 * <p>Comes into being with the first child. Its thread does what may wait for a moment.
 */
public final class Children implements Router.Watcher, Withdrawals.Listener, Executor, Runnable {
    /** The resource that is the boot jar and the core. */
    public static final String IMAGE = "io.econtext.parent.image";

    /** The goodbye of a context that was told to end, and does so as soon as its input has ended. */
    public static final String CLOSED = "closed";

    static final String ENDING = "the context that was to start it ends";

    private static final long PAUSE_MILLIS = 100;
    private static final long FLUSH_MILLIS = 1000;
    private static final long LAST_MILLIS = 500;
    private static final long SHORT_MILLIS = 5;
    private static final int MAX_GOODBYE = 65536;

    /** The reader of the link to the parent can't wait for classes that come by it, so it has these before. */
    static final Class<?>[] NEEDED_BY_READER = {Later.class, Tell.class, Withdrawals.Loss.class};

    private static Children current;

    final Router router;
    private final Context context;
    private final Withdrawals withdrawals;
    private final Passage passage;
    private final Refused refused;
    private final ClassCache cache;
    private final byte[] image;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Map<Integer, Child> children = new ConcurrentHashMap<>();
    /** What is started and not up yet; guards {@link #ending}. */
    private final Set<Child> booting = new HashSet<>();

    private boolean ending;
    /** When the children will have ended, since they were told to. */
    private volatile long graceEnd;

    private volatile boolean over;

    private Children(Context context, boolean unidirectional) throws IOException {
        this.context = context;
        router = context.router;
        image = image();
        withdrawals = new Withdrawals(router, this);
        passage = new Passage(router, withdrawals, unidirectional);
        refused = new Refused(router);
        cache = new ClassCache(router, this);
    }

    /**
     * Starts a child of this context and waits until it is up.
     *
     * @return {@code null}, or why it is not up; then nothing is left of it
     * @throws InterruptedException if the start is cancelled; then nothing is left of it, either
     */
    public static BootFailure start(Start start) throws InterruptedException, IOException {
        return ofThisContext(start.unidirectional).launch(start);
    }

    /** Tells everyone that a child which was announced won't come up. */
    public static void notStarted(int id, String reason) {
        Context context = Context.current;
        byte[] body = Withdrawals.body(new int[] {id, id}, reason);
        context.send(Message.CONTROL, context.router.parent(), Handles.GONE, body);
    }

    /** Ends the process of a child that did not end when it was told to. */
    public static void end(int id) {
        Children duty = current();
        Child child = duty == null ? null : duty.children.get(id);
        if (child != null) {
            child.end();
        }
    }

    private static synchronized Children current() {
        return current;
    }

    private static synchronized Children ofThisContext(boolean unidirectional) throws IOException {
        if (current == null) {
            current = new Children(Context.current, unidirectional);
            current.takeOver();
        }
        return current;
    }

    private static byte[] image() throws IOException {
        RemoteLoader own = (RemoteLoader) Children.class.getClassLoader();
        try {
            byte[] found = own.requests.find(own.id, "/" + IMAGE);
            return Arrays.copyOfRange(found, 4, found.length);
        } catch (ClassNotFoundException e) {
            throw new IOException("no core to start children with", e);
        }
    }

    private void takeOver() {
        router.watcher = this;
        router.replace(Handles.GONE, withdrawals);
        router.replace(Handles.PUSH, cache.new Push());
        router.register(Handles.CLASS, cache);
        router.register(Handles.GOODBYE, new Goodbye());
        router.register(Handles.LEASE, new Leases(router));
        Shutdown shutdown = new Shutdown();
        shutdown.own = router.replace(Handles.SHUTDOWN, shutdown);
        // first, as others may wait for those who start children
        context.atExit.add(0, new LastDuty());
        Thread thread = new Thread(this, "econtext-parent");
        thread.setDaemon(true);
        thread.start();
        context.classSource = router.id();
    }

    private BootFailure launch(Start start) throws InterruptedException {
        byte[] boot = Arrays.copyOf(start.script, start.script.length + image.length + start.configuration.length);
        System.arraycopy(image, 0, boot, start.script.length, image.length);
        System.arraycopy(start.configuration, 0, boot, start.script.length + image.length, start.configuration.length);
        Child child;
        // under the lock, as the last duty must find every process
        synchronized (booting) {
            if (ending) {
                return new BootFailure("Cancelled", ENDING, Collections.<String>emptyList());
            }
            try {
                Process process = start.launch.process(start.command).start();
                child = new Child(this, start, process, new BootDialog(start.launch, start.answer));
            } catch (IOException e) {
                return BootFailure.notStarted(e);
            }
            booting.add(child);
        }
        try {
            return child.boot(boot);
        } finally {
            synchronized (booting) {
                booting.remove(child);
            }
        }
    }

    /** Called by a child that is up, before anything that it sends is read. */
    void add(Child child) {
        children.put(child.start.id, child);
        router.add(child.link());
    }

    /** Sends on behalf of a child that can't. */
    void sendFor(int child, int priority, int handle, byte[] body) {
        router.send(new Message(
                priority | Message.LAST, child, child, router.controller(), handle, 0, 0, 0, body.length, body));
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void run() {
        long next = System.nanoTime();
        while (!over) {
            try {
                long now = System.nanoTime();
                if (now - next >= 0) {
                    next = now + PAUSE_MILLIS * 1000000;
                    tick(now);
                }
                Runnable task = tasks.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (task != null) {
                    task.run();
                }
            } catch (Throwable e) {
                System.err.println("parent duty: " + e);
            }
        }
    }

    private void tick(long now) {
        for (Child child : children.values()) {
            child.beat(now);
        }
        cache.again();
        refused.report(now);
    }

    @Override
    public void lost(Link link, String reason) {
        passage.lost(link);
        if (link.isUp()) {
            List<Link> left = new ArrayList<>();
            for (Child child : children.values()) {
                left.add(child.link());
            }
            withdrawals.cutOff(link, left, reason);
            tellChildren(context.grace / 2);
            context.lost(link, reason);
            return;
        }
        Child child = children.remove(link.first);
        if (child != null && child.brokeRule()) {
            refused(link, null, reason);
        }
        refused.lost(link);
        cache.lost(link.first);
        withdrawals.lost(link, reason);
        if (child != null) {
            child.endSoon();
        }
    }

    @Override
    public String passing(Link from, Link to, Message m) {
        return passage.passing(from, to, m);
    }

    @Override
    public void gone(Link from, int[] blocks, String reason, byte[] body) {
        Child child = children.get(from.first);
        // none goes twice, so an honest child can't have more of them under way
        if (child != null && child.withdrawals.incrementAndGet() > Leases.number(from)) {
            throw new LinkException("withdraws contexts faster than that can be told");
        }
        execute(new Tell(from, blocks, body, child));
    }

    @Override
    public void refused(Link link, Message message, String why) {
        if (link.isUp()) {
            context.refused(link, message, why);
        } else {
            refused.add(link, why, System.nanoTime());
        }
    }

    private synchronized void tellChildren(int graceMillis) {
        if (graceEnd == 0) {
            // they heed the first word only
            graceEnd = System.nanoTime() + (graceMillis + LAST_MILLIS) * 1000000 | 1;
        }
        byte[] body = new byte[4];
        Message.putInt(body, 0, graceMillis);
        for (int id : children.keySet()) {
            context.send(Message.NORMAL, id, Handles.SHUTDOWN, body);
        }
    }

    /** Passes the word of a loss on. */
    private final class Tell implements Runnable {
        private final Link from;
        private final int[] blocks;
        private final byte[] body;
        private final Child child;
        private final long end = System.nanoTime() + FLUSH_MILLIS * 1000000;

        Tell(Link from, int[] blocks, byte[] body, Child child) {
            this.from = from;
            this.blocks = blocks;
            this.body = body;
            this.child = child;
        }

        @Override
        public void run() {
            // what the lost ones said goes before
            context.link.flush(from.isUp() ? 0 : (end - System.nanoTime()) / 1000000);
            withdrawals.passOn(from, blocks, body);
            if (child != null) {
                child.withdrawals.decrementAndGet();
            }
        }
    }

    /** A child says why it ends. */
    private final class Goodbye extends Handler {
        Goodbye() {
            super(ANYONE);
        }

        @Override
        public void handle(Message m) {
            Child child = children.get(m.source);
            if (child != null) {
                child.goodbye = Text.string(Arrays.copyOf(m.body, Math.min(m.body.length, MAX_GOODBYE)));
                if (child.goodbye.equals(CLOSED)) {
                    child.endInput();
                }
            }
        }
    }

    /** Children are told first, so that all levels of a tree use the same grace. */
    private final class Shutdown extends Handler {
        Handler own;

        Shutdown() {
            super(ANCESTORS);
        }

        @Override
        public void handle(Message m) {
            tellChildren(Message.getInt(m.body, 0));
            own.handle(m);
        }
    }

    /** This context ends: whoever is left ends before it does. */
    private final class LastDuty implements Runnable {
        @Override
        public void run() {
            List<Thread> ends = new ArrayList<>();
            synchronized (booting) {
                ending = true;
                for (Child child : booting) {
                    ends.add(child.endSoon());
                }
            }
            tellChildren(0);
            try {
                while (!children.isEmpty() && System.nanoTime() - graceEnd < 0) {
                    Thread.sleep(SHORT_MILLIS);
                }
                for (Child child : children.values()) {
                    ends.add(child.endSoon());
                }
                for (Thread thread : ends) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            over = true;
        }
    }
}
