package io.econtext.connect;

import io.econtext.ConnectFailedException.Died;
import io.econtext.ConnectFailedException.Refused;
import io.econtext.ConnectFailedException.TimedOut;
import io.econtext.ConnectFailedException.UnknownHost;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.common.AttributeRepository;

/**
 * Connects to a host: to each of its addresses in turn, until one answers.
 *
 * <p>{@link #dial} blocks on name look-up; the rest happens on I/O and timer threads, one step at a time.
 */
final class Dialer {
    /** What an address gets where there are others to try, as a network that drops packets gives no answer. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /** Told once for each {@link #dial} or {@link #again}. */
    interface Outcome {
        void connected(MinaSession session);

        void failed(SshFailure why);
    }

    private final SshTarget target;
    private final MinaClient client;
    private final Threads threads;
    private final AttributeRepository context;
    private final Outcome outcome;
    private final Deque<InetSocketAddress> addresses = new ArrayDeque<>();
    private InetSocketAddress current;
    private ConnectFuture connecting;
    private boolean aborted;

    Dialer(SshTarget target, MinaClient client, Threads threads, AttributeRepository context, Outcome outcome) {
        this.target = target;
        this.client = client;
        this.threads = threads;
        this.context = context;
        this.outcome = outcome;
    }

    void dial() throws SshFailure {
        if (target.via() != null || target.outlet() != null) {
            addresses.add(InetSocketAddress.createUnresolved(target.host(), target.port()));
        } else {
            resolve();
        }
        next();
    }

    private void resolve() throws SshFailure {
        try {
            Boolean ipv6 = target.tuning().ipv6();
            for (InetAddress address : InetAddress.getAllByName(target.host())) {
                if (ipv6 == null || ipv6 == (address instanceof Inet6Address)) {
                    addresses.add(new InetSocketAddress(address, target.port()));
                }
            }
        } catch (UnknownHostException e) {
            throw new SshFailure(UnknownHost::new, "the name " + target.host() + " can't be resolved", e);
        }
        if (addresses.isEmpty()) {
            throw new SshFailure(UnknownHost::new, target.host() + " has no address of the wanted family");
        }
    }

    private void next() {
        current = addresses.remove();
        again();
    }

    /** Connects anew to the address that answered. */
    void again() {
        ConnectFuture future = client.dial(target.user(), current, context);
        synchronized (this) {
            connecting = future;
            if (aborted) {
                future.cancel();
            }
        }
        Future<?> patience = addresses.isEmpty() ? null : threads.after(PATIENCE, future::cancel);
        future.addListener(done -> {
            if (patience != null) {
                patience.cancel(false);
            }
            if (done.isConnected()) {
                outcome.connected((MinaSession) done.getClientSession());
            } else if (addresses.isEmpty() || isAborted()) {
                outcome.failed(failure(done.getException()));
            } else {
                next();
            }
        });
    }

    private SshFailure failure(Throwable cause) {
        if (cause instanceof SshFailure failure) {
            return failure;
        }
        String where = current.getAddress() == null
                ? target.host()
                : current.getAddress().getHostAddress();
        String place = where + " port " + target.port() + ": ";
        if (cause == null) {
            return new SshFailure(TimedOut::new, place + "no answer");
        }
        return cause instanceof SocketException
                ? new SshFailure(Refused::new, place + cause.getMessage(), cause)
                : new SshFailure(Died::new, place + cause, cause);
    }

    private synchronized boolean isAborted() {
        return aborted;
    }

    synchronized void abort() {
        aborted = true;
        if (connecting != null) {
            connecting.cancel();
        }
    }
}
