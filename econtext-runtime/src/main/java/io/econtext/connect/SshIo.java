package io.econtext.connect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.Closeable;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.DefaultIoConnectFuture;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.common.util.closeable.AbstractInnerCloseable;
import org.apache.sshd.common.util.threads.CloseableExecutorService;

/**
 * The connections of one client, each on one of the loops.
 *
 * <p>Safe for use by several threads.
 */
final class SshIo extends AbstractCloseable implements IoServiceFactory {
    private final List<IoLoop> loops;
    private final AtomicInteger next = new AtomicInteger();

    private SshIo(List<IoLoop> loops) {
        this.loops = loops;
    }

    /** Makes the connections of a client. */
    static final class Factory implements IoServiceFactoryFactory {
        private final List<IoLoop> loops;

        Factory(List<IoLoop> loops) {
            this.loops = loops;
        }

        @Override
        public IoServiceFactory create(FactoryManager manager) {
            return new SshIo(loops);
        }

        @Override
        public void setExecutorServiceFactory(org.apache.sshd.common.Factory<CloseableExecutorService> executors) {
            throw new UnsupportedOperationException("the threads are the loops'");
        }
    }

    @Override
    public IoConnector createConnector(IoHandler handler) {
        return new Connector(handler);
    }

    @Override
    public IoAcceptor createAcceptor(IoHandler handler) {
        throw new UnsupportedOperationException("nothing is accepted here");
    }

    @Override
    public IoServiceEventListener getIoServiceEventListener() {
        return null;
    }

    @Override
    public void setIoServiceEventListener(IoServiceEventListener listener) {
        throw new UnsupportedOperationException("nobody listens");
    }

    private final class Connector extends AbstractInnerCloseable implements IoConnector {
        private final IoHandler handler;
        private final Map<Long, IoSession> connections = new ConcurrentHashMap<>();

        Connector(IoHandler handler) {
            this.handler = handler;
        }

        @Override
        public IoConnectFuture connect(SocketAddress address, AttributeRepository context, SocketAddress local) {
            IoConnectFuture future = new DefaultIoConnectFuture(address, null);
            Tunnel tunnel = context.getAttribute(Login.KEY).tunnel();
            try {
                if (tunnel != null) {
                    tunnel.connect(this, handler, context, (InetSocketAddress) address, future);
                } else {
                    IoLoop loop = loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
                    SocketConnection connection = new SocketConnection(this, handler, context, loop, address);
                    connections.put(connection.getId(), connection);
                    connection.addCloseFutureListener(closed -> connections.remove(connection.getId()));
                    connection.connect(future);
                }
            } catch (IOException | RuntimeException e) {
                future.setException(e);
            }
            return future;
        }

        @Override
        protected Closeable getInnerCloseable() {
            return builder()
                    .parallel(connections.values().toArray(new Closeable[0]))
                    .build();
        }

        @Override
        public Map<Long, IoSession> getManagedSessions() {
            return Map.copyOf(connections);
        }

        @Override
        public IoServiceEventListener getIoServiceEventListener() {
            return null;
        }

        @Override
        public void setIoServiceEventListener(IoServiceEventListener listener) {
            throw new UnsupportedOperationException("nobody listens");
        }
    }
}
