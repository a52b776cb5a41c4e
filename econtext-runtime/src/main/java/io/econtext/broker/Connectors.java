package io.econtext.broker;

import io.econtext.Way;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connectors of a broker: those that it was given, then those that are found as services. Immutable. */
final class Connectors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connectors.class);

    private final List<Connector<?>> all;

    Connectors(Collection<Connector<?>> given) {
        List<Connector<?>> found = new ArrayList<>(given);
        ServiceLoader.load(Connector.class, Connectors.class.getClassLoader()).forEach(found::add);
        all = List.copyOf(found);
    }

    /** The one for the way, or else the one for all that are programs; {@code null} if neither knows it. */
    @Nullable
    Connector<?> of(Way way) {
        Connector<?> any = null;
        for (Connector<?> connector : all) {
            if (connector.way() == Way.class) {
                any = any == null ? connector : any;
            } else if (connector.way().isInstance(way)) {
                return connector;
            }
        }
        return way.launch() == null ? null : any;
    }

    /** Whether this program starts it where it leads through another context, by connections of that one. */
    boolean isTunnelled(Way way) {
        Way start = TransportSession.started(way);
        for (Connector<?> connector : all) {
            if (connector.way() != Way.class && connector.way().isInstance(start)) {
                return isTunnelled(connector, start);
            }
        }
        return false;
    }

    private static <W extends Way> boolean isTunnelled(Connector<W> connector, Way way) {
        return connector.isTunnelled(connector.way().cast(way));
    }

    @Override
    public void close() {
        for (Connector<?> connector : all) {
            try {
                connector.close();
            } catch (Exception e) {
                LOG.warn("closing {}", connector, e);
            }
        }
    }
}
