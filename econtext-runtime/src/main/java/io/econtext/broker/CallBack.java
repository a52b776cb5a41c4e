package io.econtext.broker;

import io.econtext.Call;
import io.econtext.ConnectBack;
import io.econtext.ConnectFailedException;
import io.econtext.call.Caller;
import io.econtext.call.Origin;
import io.econtext.core.Message;
import io.econtext.parent.BackLink;
import io.econtext.parent.BootFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * How a session gets from the stream that its context was started by to the connection by which that calls back: the
 * context is asked to, what it sent by the old stream is waited for, then the link goes on by the new one.
 *
 * <p>Nothing but that call and the classes it takes is sent meanwhile, as the session is not writable yet. The lock is held while what comes by the old
 * stream is taken, so that the last of it is done with when the new one is read.
 */
final class CallBack implements CallBackServer.Events, TransportEvents {
    static final String NO_PROCESS = "only what is started as a process can call back";
    static final String NOT_ASKED = "could not be asked to call back: %s";
    static final String TIMED_OUT =
            "it was started, but did not call back within %s; from its host the controller must "
                    + "be reachable as %s port %d";
    static final String REFUSED = "the call back did not count: %s";
    static final String MORE = "sent more by its old stream than it says";
    static final String NOT_MOVED = "its link could not be moved";

    /** Done when the link is moved. */
    final CompletableFuture<Void> done = new CompletableFuture<>();

    private final TransportSession session;
    private final ConnectBack way;
    private long deadline;
    private Transport old;
    private CallBackServer.Expected expected;
    private CallBackServer.Connection connection;
    private boolean moved;

    CallBack(TransportSession session, ConnectBack way) {
        this.session = session;
        this.way = way;
    }

    /**
     * It can be sent something: a call to call back.
     *
     * @param until it has to be up
     */
    void ask(Transport startedBy, long until) {
        old = startedBy;
        session.context.progressed(session, ConnectPhase.CALLING_BACK);
        deadline = until;
        session.ended.thenRun(this::over);
        session.broker.execute(this::ask);
    }

    private void ask() {
        try {
            CallBackServer.Expected call = session.broker.callBacks().expect(way, session.id(), old.peer(), this);
            synchronized (this) {
                expected = call;
            }
            byte[] secrets = call.secrets();
            CompletableFuture<String> moving = new Caller(
                            session.broker.origin,
                            session.context,
                            way.options().connectTimeout())
                    .invokeAsync(Call.of(BackLink::move, way.host(), port(), secrets, limit()), session);
            Arrays.fill(secrets, (byte) 0);
            moving.whenComplete(this::answered);
            if (session.ended.isDone()) {
                over();
            }
        } catch (ConnectFailedException e) {
            session.fail(e);
        } catch (RuntimeException e) {
            fail("Died", NOT_ASKED.formatted(e));
        }
    }

    private int port() {
        return way.port() == 0 ? expected.port() : way.port();
    }

    /** Half of what is left, so that it can still say why it did not work. */
    private int limit() {
        Duration half = Duration.ofNanos(deadline - System.nanoTime()).dividedBy(2);
        return Origin.millis(half.compareTo(way.tokenLifetime()) < 0 ? half : way.tokenLifetime());
    }

    private void answered(String why, Throwable failure) {
        if (why != null) {
            int space = why.indexOf(' ');
            fail(why.substring(0, Math.max(0, space)), why.substring(space + 1));
        } else if (failure != null) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            fail("Died", NOT_ASKED.formatted(cause.getMessage()));
        } else if (isMoved()) {
            old.release();
            done.complete(null);
        } else {
            session.broke(NOT_MOVED);
        }
    }

    private void fail(String type, String text) {
        session.fail(new BootFailure(type, text, List.of()).exception(way.address()));
    }

    synchronized void timedOut() {
        String limit = Broker.text(way.options().connectTimeout());
        fail("TimedOut", TIMED_OUT.formatted(limit, way.host(), expected == null ? way.port() : port()));
    }

    /** Takes what comes by the old stream. */
    synchronized void arrived(byte[] bytes, int offset, int length) {
        if (!moved) {
            session.arrived(bytes, offset, length);
            moveWhenAllCame();
        }
    }

    @Override
    public synchronized void calledBack(CallBackServer.Connection by) {
        connection = by;
        if (session.ended.isDone()) {
            by.close();
        } else {
            moveWhenAllCame();
        }
    }

    private void moveWhenAllCame() {
        if (connection != null) {
            long missing = connection.sent() - session.link().bytesIn();
            if (missing < 0) {
                session.broke(MORE);
            } else if (missing == 0) {
                moved = true;
                session.broker.execute(this::move);
            }
        }
    }

    private void move() {
        Message last = session.broker.router.message(Message.NORMAL, session.id(), connection.handle(), 0, new byte[0]);
        try {
            Transport next = connection.open(this);
            if (!session.link().moveTo(next, last, limit())) {
                next.close();
                session.end(NOT_MOVED);
            }
        } catch (IOException e) {
            session.end(NOT_MOVED + ": " + e.getMessage());
        }
    }

    synchronized boolean isMoved() {
        return moved;
    }

    @Override
    public void refused(String why) {
        fail("AuthenticationFailed", REFUSED.formatted(why));
    }

    /** Whatever there is of it ends with the session. */
    private synchronized void over() {
        if (expected != null) {
            expected.close();
        }
        if (connection != null) {
            connection.close();
        }
        old.close();
    }

    // What the new transport tells.

    @Override
    public void started() {}

    @Override
    public void failed(ConnectFailedException why) {}

    @Override
    public void out(byte[] bytes, int offset, int length) {
        session.arrived(bytes, offset, length);
    }

    @Override
    public void err(byte[] bytes, int offset, int length) {}

    @Override
    public void ended(String reason) {
        session.over(reason);
    }
}
