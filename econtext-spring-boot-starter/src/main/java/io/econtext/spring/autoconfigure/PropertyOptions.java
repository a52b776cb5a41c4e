package io.econtext.spring.autoconfigure;

import io.econtext.ContextOptions;
import io.econtext.Secret;
import io.econtext.spring.ways.WayOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The properties of one context as options of its way in.
 *
 * <p>Used by one thread.
 */
final class PropertyOptions extends WayOptions {
    /** Where the property has another name than the option of a specification, as there are several configurations. */
    private static final Map<String, String> PROPERTIES = Map.of("config", "ssh-config");

    private final String path;
    private final String name;
    private final ContextOptions common;
    private final @Nullable Secret password;
    private final @Nullable Secret passphrase;
    private final Map<String, List<String>> own;
    private final Map<String, List<String>> defaults;
    private final Set<String> secrets = new TreeSet<>();

    /**
     * @param own what is said of the context alone
     * @param defaults what holds where nothing is said of it
     */
    PropertyOptions(
            String path,
            String name,
            ContextOptions common,
            @Nullable Secret password,
            @Nullable Secret passphrase,
            Map<String, List<String>> own,
            Map<String, List<String>> defaults) {
        this.path = path;
        this.name = name;
        this.common = common;
        this.password = password;
        this.passphrase = passphrase;
        this.own = own;
        this.defaults = defaults;
    }

    /** What only some ways understand and is set, by the names of the properties; of secrets just that. */
    static Map<String, List<String>> given(ContextProperties properties, Set<String> forAll) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (RecordComponent component : ContextProperties.class.getRecordComponents()) {
            String property = DataObjectPropertyName.toDashedForm(component.getName());
            Object value = forAll.contains(property) ? null : value(component, properties);
            if (value != null) {
                given.put(property, texts(value));
            }
        }
        return given;
    }

    private static @Nullable Object value(RecordComponent component, ContextProperties properties) {
        try {
            return component.getAccessor().invoke(properties);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(Object value) {
        if (value instanceof List<?> several) {
            return several.stream().map(String::valueOf).toList();
        }
        return List.of(
                value instanceof Enum<?> constant
                        ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                        : value.toString());
    }

    @Override
    protected List<String> take(String key) {
        String property = property(key);
        List<String> given = own.get(property);
        return given == null ? defaults.getOrDefault(property, List.of()) : given;
    }

    private static String property(String key) {
        return PROPERTIES.getOrDefault(key, key);
    }

    @Override
    protected RuntimeException refusal(String key, String value, IllegalArgumentException why) {
        String property = property(key);
        String at = (own.containsKey(property) ? path : ContextWays.DEFAULTS) + "." + property;
        return new InvalidContextException(at + ": " + why.getMessage() + ".", "Correct " + at + ".", why);
    }

    @Override
    protected RuntimeException repeated(String key, int times) {
        String at = path + "." + property(key);
        return new InvalidContextException(at + " is given " + times + " times.", "Leave one of them.");
    }

    /** The names of the properties that the way knows, sorted. */
    Set<String> properties() {
        Set<String> properties = new TreeSet<>(secrets);
        known().forEach(key -> properties.add(property(key)));
        return properties;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ContextOptions common() {
        return common;
    }

    @Override
    public @Nullable Secret password() {
        secrets.add("password");
        return password;
    }

    @Override
    public @Nullable Secret passphrase() {
        secrets.add("passphrase");
        return passphrase;
    }
}
