package io.econtext.connect;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.closeable.AbstractCloseable;

/**
 * The byte stream below a session, as MINA wants it: a socket, or a channel through a jump host.
 *
 * <p>Safe for use by several threads.
 */
abstract class Connection extends AbstractCloseable implements IoSession {
    private static final AtomicLong IDS = new AtomicLong();

    final IoHandler handler;
    private final long id = IDS.incrementAndGet();
    private final IoService service;
    private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
    private volatile boolean hasSession;

    /** @param context the login whose session this is to be */
    Connection(IoService service, IoHandler handler, AttributeRepository context) {
        this.service = service;
        this.handler = handler;
        attributes.put(AttributeRepository.class, context);
    }

    /** Told when bytes are gone. */
    static final class Written extends AbstractIoWriteFuture {
        Written(Object id) {
            super(id, null);
        }
    }

    /** Runs a task soon, on the thread that reads. */
    abstract void later(Runnable task);

    /** There is a connection: makes its session. */
    final void established(IoConnectFuture future) {
        try {
            handler.sessionCreated(this);
            hasSession = true;
            future.setSession(this);
            if (future.getSession() != this) {
                close(true);
            }
        } catch (Exception e) {
            future.setException(e);
            close(true);
        }
    }

    /** Tells the session, which ends. */
    final void broken(Throwable cause) {
        if (hasSession && isOpen()) {
            try {
                handler.exceptionCaught(this, cause);
            } catch (Exception e) {
                log.debug("told {} of {}", this, cause, e);
            }
        }
        close(true);
    }

    @Override
    protected void doCloseImmediately() {
        super.doCloseImmediately();
        if (hasSession) {
            try {
                handler.sessionClosed(this);
            } catch (Exception e) {
                log.debug("closing {}", this, e);
            }
        }
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public IoService getService() {
        return service;
    }

    @Override
    public SocketAddress getAcceptanceAddress() {
        return null;
    }

    @Override
    public Object getAttribute(Object key) {
        return attributes.get(key);
    }

    @Override
    public Object setAttribute(Object key, Object value) {
        return attributes.put(key, value);
    }

    @Override
    public Object setAttributeIfAbsent(Object key, Object value) {
        return attributes.putIfAbsent(key, value);
    }

    @Override
    public Object removeAttribute(Object key) {
        return attributes.remove(key);
    }

    @Override
    public void shutdownOutputStream() {
        throw new UnsupportedOperationException("only forwarded ports do this");
    }

    @Override
    public void suspendRead() {
        throw new UnsupportedOperationException("only forwarded ports do this");
    }

    @Override
    public void resumeRead() {
        throw new UnsupportedOperationException("only forwarded ports do this");
    }
}
