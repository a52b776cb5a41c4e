package io.econtext.connect;

import io.econtext.ConnectFailedException.Cancelled;
import io.econtext.ConnectFailedException.Died;
import io.econtext.ConnectFailedException.TimedOut;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;

/**
 * The making of one session: connection, host key, authentication. Keys are read while the connection is made.
 *
 * <p>Steps follow each other on workers and I/O threads; {@link #abort} and {@link #phase} are for any thread.
 */
final class Login implements Dialer.Outcome {
    static final AttributeKey<Login> KEY = new AttributeKey<>();
    /** What authentication is for: the only service there is. */
    static final String SERVICE = "ssh-connection";

    private static final String GIVEN_UP = "given up";

    /** Told once, on any thread. */
    interface Outcome {
        void loggedIn(MinaSession session);

        void failed(SshFailure why);
    }

    /** Work that may block, and fail the login. */
    interface Work {
        void run() throws Exception;
    }

    private final SshTarget target;
    private final Engine engine;
    private final Tunnel tunnel;
    private final Outcome outcome;
    private final AuthLog log;
    private final PasswordSource password;
    private final CompletableFuture<Void> keysFound = new CompletableFuture<>();
    private final CompletableFuture<Void> remembered = new CompletableFuture<>();
    private Future<?> limit = CompletableFuture.completedFuture(null);
    private Dialer dialer;
    private HostKeyGuard hostKeys;
    private KeyMethod keys;
    private volatile String phase;
    private volatile MinaSession session;
    private final List<Future<?>> tasks = new ArrayList<>();
    private boolean over;

    /** @param tunnel through which the host is reached, or {@code null} */
    Login(SshTarget target, Engine engine, Tunnel tunnel, Outcome outcome) {
        this.target = target;
        this.engine = engine;
        this.tunnel = tunnel;
        this.outcome = outcome;
        phase = target.outlet() == null
                ? "connecting"
                : "connecting through context '" + target.outlet().name() + "'";
        log = new AuthLog(target);
        password = new PasswordSource(target.credentials().password(), log);
    }

    static Login of(ClientSession session) {
        return session.getConnectionContext().getAttribute(KEY);
    }

    void start() {
        Duration patience = target.tuning().limit();
        if (patience != null) {
            limit = engine.threads().after(patience.toNanos(), () -> fail(tooSlow(patience)));
        }
        work(() -> {
            hostKeys = new HostKeyGuard(target);
            dial();
            Identities identities =
                    Identities.find(target.credentials(), engine.surroundings().home());
            log.leftOut(identities.leftOut());
            keys = new KeyMethod(this, identities);
            keysFound.complete(null);
        });
    }

    private SshFailure tooSlow(Duration patience) {
        return new SshFailure(
                TimedOut::new,
                "not logged in within the " + patience.toSeconds() + " s of ConnectTimeout: still " + phase,
                log.lines(),
                null);
    }

    private void dial() throws IOException, SshFailure {
        AttributeRepository context = AttributeRepository.ofKeyValuePair(KEY, this);
        Dialer begun = new Dialer(target, engine.client(), engine.threads(), context, this);
        synchronized (this) {
            if (over) {
                return;
            }
            dialer = begun;
        }
        begun.dial();
    }

    SshTarget target() {
        return target;
    }

    AuthLog log() {
        return log;
    }

    KeyMethod keys() {
        return keys;
    }

    PasswordSource password() {
        return password;
    }

    Tunnel tunnel() {
        return tunnel;
    }

    /** What goes on, for the message of a time-out. */
    String phase() {
        return phase;
    }

    /** Does what may block, off the I/O threads; its failure is the login's. */
    void work(Work task) {
        try {
            Future<?> begun = engine.threads().work(() -> guarded(task));
            boolean unwanted;
            synchronized (this) {
                tasks.removeIf(Future::isDone);
                tasks.add(begun);
                unwanted = over;
            }
            if (unwanted) {
                begun.cancel(true);
            }
        } catch (RejectedExecutionException e) {
            fail(new SshFailure(Cancelled::new, SshTransport.CONNECTOR_CLOSED, e));
        }
    }

    private void guarded(Work task) {
        try {
            task.run();
        } catch (SshFailure e) {
            fail(e);
        } catch (Exception | Error e) {
            MinaSession on = session;
            fail(on != null && !on.isOpen() ? failure(on, e) : died(e.toString(), e));
        }
    }

    private SshFailure died(String why, Throwable cause) {
        return new SshFailure(Died::new, "failed while " + phase + ": " + why, log.lines(), cause);
    }

    @Override
    public void connected(MinaSession connected) {
        phase = "exchanging keys with the host";
        session = connected;
        synchronized (this) {
            if (over) {
                connected.end(GIVEN_UP);
                return;
            }
        }
        keysFound.thenRun(() -> {
            try {
                connected.auth().addListener(done -> authenticated(connected, done));
            } catch (IOException | RuntimeException e) {
                fail(failure(connected, e));
            }
        });
    }

    HostKeyGuard hostKeys() {
        return hostKeys;
    }

    /** Called with the key that the host has proved to have, at the first key exchange and each one after. */
    boolean verify(PublicKey shown) {
        if (!hostKeys.accepts(WireKey.of(shown))) {
            return false;
        }
        if (!hostKeys.isNew()) {
            remembered.complete(null);
        } else if (!remembered.isDone()) {
            work(() -> {
                hostKeys.remember();
                remembered.complete(null);
            });
        }
        return true;
    }

    /** Goes on with the next key or method. */
    void proceed() {
        session.authentication().proceed();
    }

    /** The host has proved who it is, and would know who we are. */
    void authenticating() {
        phase = "authenticating";
    }

    private void authenticated(MinaSession on, AuthFuture done) {
        if (done.isSuccess()) {
            phase = "opening a channel";
            remembered.thenRun(() -> succeed(on));
        } else if (hostKeys.tryAnother()) {
            dialer.again();
        } else {
            fail(failure(on, done.getException()));
        }
    }

    private SshFailure failure(MinaSession on, Throwable cause) {
        if (hostKeys.failure() != null) {
            return hostKeys.failure();
        }
        boolean exhausted = cause instanceof SshException refused
                && refused.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;
        if (exhausted || on.words() != null && log.hasTried()) {
            return log.failure(on.words(), cause);
        }
        if (log.hasTried() && MinaSession.CLOSED.equals(on.reason())) {
            return log.hungUp(cause);
        }
        return died(on.reason() != null ? on.reason() : String.valueOf(cause.getMessage()), cause);
    }

    @Override
    public void failed(SshFailure why) {
        fail(why);
    }

    private void succeed(MinaSession on) {
        keys = null;
        if (end()) {
            outcome.loggedIn(on);
        } else {
            on.end(GIVEN_UP);
        }
    }

    private void fail(SshFailure why) {
        if (end()) {
            hangUp(why.getMessage());
            outcome.failed(why);
        }
    }

    private void hangUp(String why) {
        Dialer begun;
        synchronized (this) {
            begun = dialer;
        }
        if (begun != null) {
            begun.abort();
        }
        if (session != null) {
            session.end(why);
        }
    }

    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        limit.cancel(false);
        return first;
    }

    /** Ends it without telling the outcome. */
    void abort() {
        if (end()) {
            hangUp(GIVEN_UP);
            List<Future<?>> unfinished;
            synchronized (this) {
                unfinished = List.copyOf(tasks);
            }
            unfinished.forEach(task -> task.cancel(true));
        }
    }
}
