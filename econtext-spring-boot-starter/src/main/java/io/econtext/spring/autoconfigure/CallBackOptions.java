package io.econtext.spring.autoconfigure;

import io.econtext.ConnectBack;
import io.econtext.Way;
import io.econtext.spring.CallBacks;
import io.econtext.spring.autoconfigure.ContextProperties.CallBack;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a way by which a context calls back of the one that starts it and its properties, or says what is wrong.
 *
 * <p>Used by one thread.
 */
final class CallBackOptions {
    private final String path;

    private CallBackOptions(String path) {
        this.path = path;
    }

    static Way of(String path, CallBack properties, Way way, BundleKeys keys) {
        return new CallBackOptions(path).way(properties, way, keys);
    }

    private Way way(CallBack properties, Way way, BundleKeys keys) {
        ConnectBack.Builder back = ConnectBack.through(way);
        apply("host", properties.host(), back::host);
        apply("port", properties.port(), back::port);
        apply("bind-address", properties.bindAddress(), back::bindAddress);
        apply("listen-port", properties.listenPort(), back::listenPort);
        apply("from", properties.from(), from -> from.forEach(host -> CallBacks.from(back, host)));
        apply("token-lifetime", properties.tokenLifetime(), back::tokenLifetime);
        apply("ssl-bundle", properties.sslBundle(), bundle -> back.keys(() -> keys.of(bundle)));
        return back.build();
    }

    private <T> void apply(String property, @Nullable T value, Consumer<T> use) {
        if (value != null) {
            ContextWays.checked(path + "." + property, () -> use.accept(value));
        }
    }
}
