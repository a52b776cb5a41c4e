package io.econtext.logging;

import io.econtext.core.Context;
import io.econtext.core.Logs;
import io.econtext.core.Text;
import io.econtext.levels.Levels;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;

/**
 * Sends what is logged to the controller, if that wants it. Safe for use by several threads.
 *
 * <p>Public, as SLF4J calls it by reflection.
 */
public class BridgeLogger extends LoggerMethods {
    private static final int LOGGED = 0;
    private static final int OF_MDC = 0;
    private static final int OF_STATEMENT = 1;
    private static final int MARKER = 2;

    private final BridgeFactory factory;
    private final String name;
    private volatile Threshold threshold;

    BridgeLogger(BridgeFactory factory, String name) {
        this.factory = factory;
        this.name = name;
    }

    @Override
    public final String getName() {
        return name;
    }

    @Override
    final boolean isEnabled(int level) {
        Levels levels = factory.levels();
        Threshold known = threshold;
        if (known == null || known.of != levels) {
            known = new Threshold(levels, name);
            threshold = known;
        }
        return level >= known.level;
    }

    @Override
    final void log(int level, Marker marker, String format, Throwable thrown, Object... arguments) {
        if (isEnabled(level)) {
            Extras extras = new Extras();
            if (marker != null) {
                extras.marker(marker);
            }
            extras.mdc();
            send(level, System.currentTimeMillis(), null, format, thrown, arguments, extras);
        }
    }

    /** Called by SLF4J, by reflection, for what other threads logged while it looked for its provider. */
    public final void log(LoggingEvent event) {
        int level = NUMBERS[event.getLevel().toInt() / 10]; // five levels, ten apart, from TRACE at 0
        if (isEnabled(level)) {
            Extras extras = new Extras();
            addTo(extras, event);
            long millis = event.getTimeStamp();
            String thread = event.getThreadName();
            if (thread == null) {
                extras.mdc();
            }
            send(
                    level,
                    millis == 0 ? System.currentTimeMillis() : millis,
                    thread,
                    event.getMessage(),
                    event.getThrowable(),
                    event.getArgumentArray(),
                    extras);
        }
    }

    /** Adds what goes with a statement. */
    void addTo(Extras extras, LoggingEvent event) {}

    private void send(
            int level, long millis, String thread, String format, Throwable thrown, Object[] arguments, Extras extras) {
        FormattingTuple text = thrown == null
                ? MessageFormatter.arrayFormat(format, arguments)
                : MessageFormatter.arrayFormat(format, arguments, thrown);
        logs().send(LOGGED, millis, level, name, thread, text.getMessage(), text.getThrowable(), extras.toByteArray());
    }

    static Logs logs() {
        return Context.current.logs;
    }

    /** From which level on this logs, as long as the levels are those. Immutable. */
    private static final class Threshold {
        final Levels of;
        final int level;

        Threshold(Levels of, String logger) {
            this.of = of;
            level = of.of(logger);
        }
    }

    /** What goes with a line, as it travels. Used by one thread. */
    static final class Extras {
        /** What goes beyond is left out, so that each line is one fragment. */
        private static final int MAX_BYTES = 2000;

        private static final int MAX_TEXT = 1000;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        /** Adds a marker and those that it refers to. */
        void marker(Marker marker) {
            add(MARKER, marker.getName(), "");
            for (Iterator<Marker> i = marker.iterator(); i.hasNext(); ) {
                add(MARKER, i.next().getName(), "");
            }
        }

        void keyValue(String key, Object value) {
            String text;
            try {
                text = String.valueOf(value);
            } catch (Throwable e) {
                text = "[FAILED toString()]"; // as SLF4J says it of an argument
            }
            add(OF_STATEMENT, key, text);
        }

        private void mdc() {
            Map<String, String> context = MDC.getCopyOfContextMap();
            if (context != null) {
                for (Map.Entry<String, String> entry : context.entrySet()) {
                    add(OF_MDC, entry.getKey(), entry.getValue());
                }
            }
        }

        private void add(int what, String key, String value) {
            if (bytes.size() > MAX_BYTES) {
                return;
            }
            try {
                out.writeByte(what);
                out.writeUTF(Text.utf(key, MAX_TEXT));
                out.writeUTF(Text.utf(value, MAX_TEXT));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private byte[] toByteArray() {
            return bytes.toByteArray();
        }
    }
}
