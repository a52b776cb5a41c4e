package io.econtext.spring.ways;

import io.econtext.ContextOptions;
import io.econtext.Secret;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is said of one way in, by names: a way takes what it knows, one after the other, and what is left is too much.
 *
 * <p>Used by one thread.
 */
public abstract class WayOptions {
    private final Set<String> known = new TreeSet<>();

    /** Takes what is given under a name, away from the rest; nothing if that isn't given. */
    protected abstract List<String> take(String key);

    /** What is thrown where a value isn't accepted. */
    protected abstract RuntimeException refusal(String key, String value, IllegalArgumentException why);

    /** What is thrown where what may be given once is given more often. */
    protected abstract RuntimeException repeated(String key, int times);

    /** The name for the context, or {@code null} for the way's own. */
    public abstract @Nullable String name();

    /** What the context is to be like, whatever the way. */
    public abstract ContextOptions common();

    /** Where the way can ask for a password: that, or {@code null} if there is none. */
    public abstract @Nullable Secret password();

    /** Where the way has keys: what opens them, or {@code null} if there is none. */
    public abstract @Nullable Secret passphrase();

    /** The names that were asked for until now, sorted. */
    protected final Set<String> known() {
        return known;
    }

    /** Takes an option that may be repeated. */
    public final void each(String key, Consumer<String> use) {
        known.add(key);
        accept(key, take(key), use);
    }

    /** Takes an option that may be given once. */
    public final void one(String key, Consumer<String> use) {
        known.add(key);
        List<String> given = take(key);
        if (given.size() > 1) {
            throw repeated(key, given.size());
        }
        accept(key, given, use);
    }

    private void accept(String key, List<String> values, Consumer<String> use) {
        for (String value : values) {
            try {
                use.accept(value);
            } catch (IllegalArgumentException e) {
                throw refusal(key, value, e);
            }
        }
    }

    /** Takes a whole number. */
    public final void number(String key, IntConsumer use) {
        one(key, value -> use.accept(whole(value)));
    }

    /** Takes what is on or off, and off where it isn't given. */
    public final void flag(String key, Runnable on) {
        one(key, value -> {
            if (isTrue(value)) {
                on.run();
            }
        });
    }

    /** @throws IllegalArgumentException if it is no whole number, without repeating it */
    static int whole(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number", e);
        }
    }

    /** @throws IllegalArgumentException if it is neither */
    static boolean isTrue(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        };
    }
}
