package io.econtext.tests.hostile;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the controller's own loggers warn of. Safe for use by any thread. */
final class Warnings extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.econtext.broker");

    Warnings() {
        logger.addAppender(this);
        start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            lines.add(event.getFormattedMessage());
        }
    }

    /** Those that begin with a context's name. */
    List<String> of(String context) {
        return lines.stream()
                .filter(line -> line.startsWith(context + " ") || line.startsWith(context + ":"))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
