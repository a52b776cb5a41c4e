package io.econtext.spring;

import io.econtext.ConnectBack;
import io.econtext.ContextOptions;
import io.econtext.Secret;
import io.econtext.Way;
import io.econtext.spring.ways.WayOptions;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/**
 * The options of one specification.
 *
 * <p>Used by one thread.
 */
final class SpecOptions extends WayOptions {
    private static final Set<String> SECRETS = Set.of("password", "passphrase");

    private final String spec;
    private final @Nullable Secret password;
    private final Map<String, List<String>> values;
    private final ContextOptions common;
    private final @Nullable String name;

    private SpecOptions(
            String spec, Map<String, List<String>> values, ContextOptions defaults, @Nullable Secret password) {
        this.spec = spec;
        this.values = values;
        this.password = password;
        common = takeCommon(defaults.toBuilder());
        name = text("name");
    }

    static SpecOptions of(String spec, String query, ContextOptions defaults, @Nullable Secret password) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (SECRETS.contains(key)) {
                throw new IllegalArgumentException(spec + ": " + Specs.NO_PASSWORD);
            }
            if (equals < 1) {
                throw new IllegalArgumentException(spec + ": option '" + pair + "' is not of the form name=value");
            }
            values.computeIfAbsent(key, any -> new ArrayList<>()).add(decode(pair.substring(equals + 1)));
        }
        return new SpecOptions(spec, values, defaults, password);
    }

    static String decode(String text) {
        return StringUtils.uriDecode(text, StandardCharsets.UTF_8);
    }

    private ContextOptions takeCommon(ContextOptions.Builder options) {
        one("java", options::java);
        each("jvm-option", options::jvmOptions);
        one("max-heap", options::maxHeap);
        one("directory", options::directory);
        one("umask", options::umask);
        one("process-name", options::processName);
        one("allow-disk", options::allowDisk);
        one("connect-timeout", value -> options.connectTimeout(duration(value)));
        one("call-timeout", value -> options.callTimeout(duration(value)));
        one("grace", value -> options.grace(duration(value)));
        one("heartbeat", value -> options.heartbeat(duration(value)));
        number("workers", options::workers);
        one("on-stuck", value -> options.endWhenStuck(endsContext(value)));
        one("values", value -> options.valuesByJackson(isJackson(value)));
        one("reconnect", value -> options.reconnect(Reconnect.after(duration(value))));
        return options.build();
    }

    private static boolean endsContext(String value) {
        return switch (value) {
            case "report" -> false;
            case "end-context" -> true;
            default -> throw new IllegalArgumentException("expected report or end-context");
        };
    }

    private static boolean isJackson(String value) {
        return switch (value) {
            case "fields" -> false;
            case "jackson" -> true;
            default -> throw new IllegalArgumentException("expected fields or jackson");
        };
    }

    private static Duration duration(String value) {
        try {
            return DurationStyle.detectAndParse(value, ChronoUnit.SECONDS);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected a duration such as 5s, 500ms or 2m; a mere number is seconds", e);
        }
    }

    /**
     * The way, or one through it where the context is to call back.
     *
     * @param keys finds those of an SSL bundle
     */
    Way callingBack(Way way, Function<String, KeyStore> keys) {
        ConnectBack.Builder back = ConnectBack.through(way);
        boolean[] given = new boolean[1];
        one("connect-back", value -> {
            given[0] = true;
            HostPort to = HostPort.parse(value);
            apply(to.host(), back::host);
            apply(to.port(), back::port);
        });
        if (!given[0]) {
            return way;
        }
        one("connect-back-listen", value -> {
            HostPort at = HostPort.parse(value);
            apply(at.host(), back::bindAddress);
            apply(at.port(), back::listenPort);
        });
        each("connect-back-from", host -> CallBacks.from(back, host));
        one("connect-back-token-lifetime", value -> back.tokenLifetime(duration(value)));
        one("connect-back-ssl-bundle", value -> back.keys(() -> keys.apply(value)));
        return back.build();
    }

    private static <T> void apply(@Nullable T value, Consumer<T> use) {
        if (value != null) {
            use.accept(value);
        }
    }

    /** Takes an option that may be given once; {@code null} if it isn't. */
    @Nullable
    String text(String key) {
        List<String> given = new ArrayList<>();
        one(key, given::add);
        return given.isEmpty() ? null : given.get(0);
    }

    void refuseOthers() {
        if (!values.isEmpty()) {
            throw new IllegalArgumentException(spec + ": unknown option '"
                    + values.keySet().iterator().next() + "'; allowed are " + String.join(", ", known()));
        }
    }

    @Override
    protected List<String> take(String key) {
        List<String> given = values.remove(key);
        return given == null ? List.of() : given;
    }

    @Override
    protected RuntimeException refusal(String key, String value, IllegalArgumentException why) {
        return new IllegalArgumentException(spec + ": " + key + "=" + value + ": " + why.getMessage(), why);
    }

    @Override
    protected RuntimeException repeated(String key, int times) {
        return new IllegalArgumentException(spec + ": option " + key + " is given " + times + " times");
    }

    @Override
    public @Nullable String name() {
        return name;
    }

    @Override
    public ContextOptions common() {
        return common;
    }

    @Override
    public @Nullable Secret password() {
        return password;
    }

    @Override
    public @Nullable Secret passphrase() {
        return null;
    }
}
