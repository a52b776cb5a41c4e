package io.econtext.connect;

import io.econtext.ConnectBack;
import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.broker.CallBackServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The addresses that contexts call back at, each listened on once. Safe for use by several threads. */
public final class CallBackListeners implements CallBackServer {
    static final String CANNOT_LISTEN =
            "can't listen on %s port %d for the call back: %s; choose another port, or 0 for any";
    static final String OTHER_KEYS = "there is a listener on %s port %d already, with other keys; give it another port";
    static final String NO_KEYS = "the keys for the call back can't be used: %s";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final Duration patience;
    private final Duration memory;
    private final Strangers strangers = new Strangers();
    private final Map<InetSocketAddress, CallBackListener> listeners = new HashMap<>();
    private TlsKeys ownKeys;
    private boolean closed;

    public CallBackListeners() {
        this(PATIENCE, MEMORY);
    }

    /**
     * @param patience how long who connects may take to show its token
     * @param memory how long a token that doesn't count any more is told apart from one that never did
     */
    CallBackListeners(Duration patience, Duration memory) {
        this.patience = patience;
        this.memory = memory;
    }

    @Override
    public Expected expect(ConnectBack way, int context, InetAddress peer, Events events) {
        Callers callers;
        try {
            callers = Callers.of(way, peer);
        } catch (UnknownHostException e) {
            throw misconfigured(way, Callers.UNKNOWN.formatted(e.getMessage()), e);
        }
        return listener(way).expect(context, callers, way.tokenLifetime(), events);
    }

    private synchronized CallBackListener listener(ConnectBack way) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        KeyStore store;
        try {
            store = way.keys();
        } catch (IllegalArgumentException e) {
            throw misconfigured(way, NO_KEYS.formatted(e.getMessage()), e);
        }
        int port = way.listenPort();
        String host = way.bindAddress() == null ? "any address" : way.bindAddress();
        try {
            // without a name it is the wildcard address
            InetAddress address = way.bindAddress() == null ? null : InetAddress.getByName(way.bindAddress());
            InetSocketAddress place = new InetSocketAddress(address, port);
            CallBackListener listener = listeners.get(place);
            if (listener == null) {
                listener = new CallBackListener(place, store, keys(store, way), strangers, patience, memory);
                listeners.put(place, listener);
            } else if (listener.store != store) {
                throw misconfigured(way, OTHER_KEYS.formatted(host, port), null);
            }
            return listener;
        } catch (IOException e) {
            throw misconfigured(way, CANNOT_LISTEN.formatted(host, port, e.getMessage()), e);
        } catch (GeneralSecurityException e) {
            throw misconfigured(way, NO_KEYS.formatted(e.getMessage()), e);
        }
    }

    private TlsKeys keys(KeyStore store, ConnectBack way) throws GeneralSecurityException {
        if (store != null) {
            return TlsKeys.of(store, way.keyPassword());
        }
        if (ownKeys == null) {
            ownKeys = TlsKeys.selfSigned();
        }
        return ownKeys;
    }

    private static Misconfigured misconfigured(ConnectBack way, String text, Exception cause) {
        return new Misconfigured(way.address(), text, List.of(), cause);
    }

    @Override
    public long refused() {
        return strangers.refused();
    }

    @Override
    public void close() {
        List<CallBackListener> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(listeners.values());
        }
        all.forEach(CallBackListener::close);
    }
}
