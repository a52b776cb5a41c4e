package io.econtext;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * A password or passphrase that is asked for when it is needed and shown nowhere.
 *
 * <p>Immutable; the supplier is called on the thread that authenticates and may block to ask a person.
 */
public final class Secret {
    private final Supplier<char[]> source;

    private Secret(Supplier<char[]> source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    public static Secret of(String value) {
        char[] characters = value.toCharArray();
        return new Secret(characters::clone);
    }

    public static Secret from(Supplier<char[]> source) {
        return new Secret(source);
    }

    /** A fresh copy, for the caller to wipe; {@code null} if there is none after all. */
    public char[] reveal() {
        return source.get();
    }

    @Override
    public String toString() {
        return "******";
    }
}
