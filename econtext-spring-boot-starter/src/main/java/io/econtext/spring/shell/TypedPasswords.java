package io.econtext.spring.shell;

import io.econtext.Secret;
import io.econtext.spring.CredentialsProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Passwords of configured contexts that somebody has typed, each until it is used.
 *
 * <p>Safe for use by any number of threads.
 */
public final class TypedPasswords implements CredentialsProvider {
    private final Map<String, char[]> byContext = new ConcurrentHashMap<>();

    @Override
    public char @Nullable [] password(String context) {
        return byContext.remove(context);
    }

    /** Keeps what was typed, if anything was. */
    boolean type(String context, char @Nullable [] typed) {
        if (typed == null) {
            return false;
        }
        byContext.put(context, typed);
        return true;
    }

    /** One that is given away with the first use, and wiped by it. */
    static Secret once(char[] typed) {
        AtomicReference<char @Nullable []> left = new AtomicReference<>(typed);
        return Secret.from(() -> left.getAndSet(null));
    }
}
