package io.econtext.call;

import io.econtext.ConnectFailedException;
import io.econtext.ContextOptions;
import io.econtext.Launch;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.core.Handles;
import io.econtext.core.LinkException;
import io.econtext.core.Message;
import io.econtext.core.Reply;
import io.econtext.core.Router;
import io.econtext.core.Text;
import io.econtext.parent.BootFailure;
import io.econtext.parent.Children;
import io.econtext.parent.FirstStage;
import io.econtext.parent.Printable;
import io.econtext.parent.Start;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Starts children of this context for code that runs in it. The controller leases each an id, if it allows them, and says
 * what the child is to know.
 *
 * <p>Safe for use by any thread.
 */
public final class Starter implements Function<Way, CompletableFuture<RemoteContext>> {
    static final String NO_LAUNCH = "no program of this host starts it";
    static final String INTERRUPTED = "interrupted while it was started";

    private static final List<String> NO_LINES = Collections.emptyList();

    private static final int REFUSED = 1;
    private static final int MIN_NONCE = 10_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Here here = Here.current();

    @Override
    public CompletableFuture<RemoteContext> apply(Way way) {
        Starting starting = new Starting(way);
        here.origin.threads.execute(starting);
        return starting;
    }

    private ReferredContext start(Way way) throws IOException, InterruptedException {
        Launch launch = way.launch();
        if (launch == null) {
            throw new ConnectFailedException.Misconfigured(way.address(), NO_LAUNCH, NO_LINES, null);
        }
        Leased leased = lease(way);
        String failure = INTERRUPTED;
        try {
            BootFailure why = Children.start(leased.start(way, launch));
            if (why != null) {
                failure = why.text();
                throw why.exception(way.address());
            }
            failure = null;
            String name = here.context.name + "/" + way.name();
            return here.child(leased.id, name, way.address(), way.options());
        } finally {
            if (failure != null) {
                Children.notStarted(leased.id, failure);
            }
        }
    }

    private Leased lease(Way way) throws IOException {
        ContextOptions options = way.options();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(Text.utf(way.name()));
        out.writeUTF(Text.utf(way.address()));
        out.writeInt(Origin.millis(options.connectTimeout()));
        out.writeInt(Origin.millis(options.grace()));
        out.writeInt(Origin.millis(options.heartbeat()));
        out.writeInt(options.workers());
        Router router = here.origin.router;
        int controller = router.controller();
        Reply reply = new Reply(router, controller);
        router.send(router.message(Message.CONTROL, controller, Handles.LEASE, reply.handle, bytes.toByteArray()));
        byte[] body;
        try {
            body = reply.await(options.connectTimeout().toMillis()).body;
        } catch (LinkException e) {
            throw new ConnectFailedException.Died(way.address(), e.getMessage(), NO_LINES, e);
        }
        if (body[0] == REFUSED) {
            String why = Printable.line(Text.string(Arrays.copyOfRange(body, 1, body.length)));
            throw new ConnectFailedException.NotAllowed(way.address(), why, NO_LINES, null);
        }
        return new Leased(new DataInputStream(new ByteArrayInputStream(body, 1, body.length)));
    }

    /** What the controller says of a child that it allows. */
    private final class Leased {
        final int id;
        private final boolean unidirectional;
        private final int bootJar;
        private final String processName;
        private final byte[] configuration;

        Leased(DataInputStream in) throws IOException {
            id = in.readInt();
            unidirectional = in.readBoolean();
            bootJar = in.readInt();
            processName = in.readUTF();
            configuration = new byte[in.readInt()];
            in.readFully(configuration);
        }

        Start start(Way way, Launch launch) {
            ContextOptions options = way.options();
            if (options.processName() == null) {
                options = options.toBuilder().processName(processName).build();
            }
            int nonce = MIN_NONCE + RANDOM.nextInt(9 * MIN_NONCE);
            FirstStage stage =
                    new FirstStage(options, nonce, new byte[bootJar], launch.asksPassword(), launch.hasOurPipes());
            return new Start(
                    id,
                    here.context.name + "/" + way.name(),
                    launch,
                    stage.command(),
                    stage.script(),
                    stage.answer(),
                    configuration,
                    Origin.millis(options.connectTimeout()),
                    Origin.millis(options.heartbeat()),
                    here.origin.maxMessage,
                    unidirectional);
        }
    }

    /** One start; its cancellation interrupts it, and leaves nothing. */
    private final class Starting extends CompletableFuture<RemoteContext> implements Runnable {
        private final Way way;
        private Thread thread;

        Starting(Way way) {
            this.way = way;
        }

        @Override
        public void run() {
            synchronized (this) {
                if (isDone()) {
                    return;
                }
                thread = Thread.currentThread();
            }
            try {
                ReferredContext child = start(way);
                if (!complete(child)) {
                    child.close();
                }
            } catch (InterruptedException e) {
                completeExceptionally(new ConnectFailedException.Cancelled(way.address(), INTERRUPTED, NO_LINES, e));
            } catch (IOException e) {
                completeExceptionally(new ConnectFailedException.Died(way.address(), e.toString(), NO_LINES, e));
            } catch (Throwable e) {
                completeExceptionally(e);
            } finally {
                synchronized (this) {
                    thread = null;
                    Thread.interrupted();
                }
            }
        }

        @Override
        public synchronized boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(mayInterrupt);
            if (cancelled && thread != null) {
                thread.interrupt();
            }
            return cancelled;
        }
    }
}
