package io.econtext.connect;

/**
 * The way to one shared session: a login, and before it a place on the jump host where there is one, or a context's outlet.
 *
 * <p>Safe for use by several threads.
 */
final class Opening implements SessionPool.Waiter, Login.Outcome {
    private final SharedSession place;
    private final SessionPool pool;
    private final Engine engine;
    private Login login;
    private Tunnel tunnel;
    private boolean aborted;

    Opening(SharedSession place, SessionPool pool, Engine engine) {
        this.place = place;
        this.pool = pool;
        this.engine = engine;
    }

    void start() {
        SshTarget target = place.target;
        if (target.via() != null) {
            pool.acquire(target.via(), this);
        } else if (target.outlet() != null) {
            login(new OutletTunnel(target.outlet(), engine.threads().inOrder()));
        } else {
            login(null);
        }
    }

    @Override
    public void ready(SharedSession jump) {
        login(new JumpTunnel(pool, jump));
    }

    private void login(Tunnel through) {
        Login begun = null;
        synchronized (this) {
            tunnel = through;
            if (!aborted) {
                begun = new Login(place.target, engine, tunnel, this);
                login = begun;
            }
        }
        if (begun == null) {
            leaveTunnel();
        } else {
            begun.start();
        }
    }

    private void leaveTunnel() {
        Tunnel through;
        synchronized (this) {
            through = tunnel;
        }
        if (through != null) {
            through.close();
        }
    }

    @Override
    public void loggedIn(MinaSession session) {
        session.addCloseFutureListener(closed -> leaveTunnel());
        pool.opened(place, session);
    }

    @Override
    public void failed(SshFailure why) {
        boolean onTheWay;
        synchronized (this) {
            onTheWay = login == null;
        }
        leaveTunnel();
        pool.failed(place, onTheWay ? why.onTheWay(place.target.via().toString()) : why);
    }

    /** What goes on, for the message of a time-out. */
    synchronized String phase() {
        return login == null ? "reaching the jump host" : login.phase();
    }

    void abort() {
        Login begun;
        synchronized (this) {
            aborted = true;
            begun = login;
        }
        pool.abandon(this);
        if (begun != null) {
            begun.abort();
            leaveTunnel();
        }
    }
}
