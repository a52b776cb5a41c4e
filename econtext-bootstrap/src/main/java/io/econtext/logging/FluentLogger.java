package io.econtext.logging;

import java.util.List;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.LoggingEvent;
import org.slf4j.spi.LoggingEventAware;

/** What SLF4J 2 can more: keys and values of a statement, several markers. Safe for use by several threads. */
public final class FluentLogger extends BridgeLogger implements LoggingEventAware {
    FluentLogger(BridgeFactory factory, String name) {
        super(factory, name);
    }

    @Override
    void addTo(Extras extras, LoggingEvent event) {
        List<Marker> markers = event.getMarkers();
        if (markers != null) {
            for (Marker marker : markers) {
                extras.marker(marker);
            }
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                extras.keyValue(pair.key, pair.value);
            }
        }
    }
}
