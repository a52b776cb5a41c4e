package io.econtext.connect;

import io.econtext.ConnectFailedException.Cancelled;
import io.econtext.ConnectFailedException.Died;
import io.econtext.ConnectFailedException.TimedOut;
import io.econtext.Ssh;
import io.econtext.broker.Outlet;
import io.econtext.broker.Transport;
import io.econtext.broker.TransportEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;

/**
 * One command on a host: a place in a session, and a channel in it.
 *
 * <p>Safe for use by several threads; nobody is called under its lock.
 */
final class SshTransport implements Transport, SessionPool.Waiter, ExecChannel.Events {
    static final String CLOSED = "closed";
    static final String CONNECTOR_CLOSED = "the connector is closed";
    static final String GIVEN_UP = "connecting was given up";

    /** For what a command's children may still print when it is gone. */
    private static final long DRAIN = TimeUnit.SECONDS.toNanos(1);

    /** A session that is found open may turn out to be dead. */
    private static final int ATTEMPTS = 3;

    private final Ssh way;
    private final Outlet outlet;
    private final String command;
    private final SessionPool pool;
    private final SshTargets targets;
    private final Threads threads;
    private final EventGate gate;
    private volatile SshTarget target;
    private volatile SharedSession place;
    private volatile ExecChannel channel;
    private Future<?> limit;
    private Future<?> drain;
    private int dead;

    /** @param outlet through which the host is reached, or {@code null} */
    SshTransport(Ssh way, Outlet outlet, String command, TransportEvents events, SessionPool pool, SshTargets targets) {
        this.way = way;
        this.outlet = outlet;
        this.command = command;
        this.pool = pool;
        this.targets = targets;
        threads = pool.threads();
        gate = new EventGate(events, threads.inOrder());
    }

    void start() {
        synchronized (this) {
            limit = threads.after(way.options().connectTimeout().toNanos(), this::timedOut);
        }
        try {
            threads.work(this::settle);
        } catch (RejectedExecutionException e) {
            failed(new SshFailure(Cancelled::new, CONNECTOR_CLOSED, e));
        }
    }

    private void settle() {
        try {
            SshTarget settled = targets.settle(way);
            target = outlet == null ? settled : settled.reachedThrough(outlet);
            acquire();
        } catch (SshFailure e) {
            failed(e);
        } catch (RuntimeException e) {
            failed(new SshFailure(Died::new, "failed: " + e, e));
        }
    }

    private void acquire() {
        if (!gate.isOver()) {
            pool.acquire(target, this);
        }
        if (gate.isOver()) {
            pool.abandon(this);
        }
    }

    @Override
    public void ready(SharedSession free) {
        ExecChannel opening = new ExecChannel(command, this);
        place = free;
        channel = opening;
        if (gate.isOver()) {
            pool.release(free, false);
            return;
        }
        try {
            free.session.open(opening);
        } catch (IOException | RuntimeException e) {
            refused(e);
        }
    }

    @Override
    public void opened() {
        pool.channelOpened(place);
        inTime();
        try {
            gate.started();
        } catch (RuntimeException e) {
            end("failed: " + e);
        }
        if (gate.isOver()) {
            channel.close(false);
        }
    }

    @Override
    public void refused(Throwable why) {
        boolean again;
        if (why instanceof SshChannelOpenException) {
            again = pool.refused(place);
        } else {
            pool.release(place, false);
            again = !place.session.isOpen() && ++dead < ATTEMPTS;
        }
        if (again) {
            acquire();
        } else {
            failed(new SshFailure(Died::new, "the host refused a channel: " + why.getMessage(), why));
        }
    }

    @Override
    public void failed(SshFailure why) {
        inTime();
        gate.end(() -> why.at(way.address()), why::getMessage);
    }

    @Override
    public void received(byte[] bytes, int offset, int length, boolean isError) {
        try {
            gate.received(bytes, offset, length, isError);
        } catch (RuntimeException e) {
            // must not reach MINA, which would end the session and all that share it
            end("failed: " + e);
        }
    }

    @Override
    public void exited() {
        synchronized (this) {
            if (drain == null) {
                drain = threads.after(DRAIN, () -> end(channel.reason()));
            }
        }
    }

    @Override
    public void ended() {
        synchronized (this) {
            if (drain != null) {
                drain.cancel(false);
            }
        }
        pool.release(place, true);
        end(channel.reason());
    }

    private void timedOut() {
        String phase = target == null ? "reading the configuration" : pool.phase(this);
        SshFailure why = new SshFailure(
                TimedOut::new,
                "not connected within " + way.options().connectTimeout().toMillis() + " ms: still " + phase);
        gate.end(() -> why.at(way.address()), why::getMessage);
        letGo();
    }

    private void end(String reason) {
        SshFailure why = new SshFailure(Cancelled::new, GIVEN_UP);
        gate.end(() -> why.at(way.address()), () -> reason);
        letGo();
    }

    /** Leaves nothing: no place in the queue for a session, no channel. */
    private void letGo() {
        inTime();
        pool.abandon(this);
        if (channel != null) {
            channel.close(false);
        }
    }

    private synchronized void inTime() {
        limit.cancel(false);
    }

    @Override
    public void write(ByteBuffer data, WriteListener done) {
        channel.write(data, done);
    }

    /** What another host reached for us may have any address towards us. */
    @Override
    public InetAddress peer() {
        SharedSession by = place;
        return by == null || target.via() != null || target.outlet() != null
                ? null
                : ((InetSocketAddress) by.session.getIoSession().getRemoteAddress()).getAddress();
    }

    /** The end of its channel ends no command. */
    @Override
    public void release() {
        close();
    }

    @Override
    public void endInput() {
        channel.endInput();
    }

    @Override
    public void close() {
        end(CLOSED);
    }
}
