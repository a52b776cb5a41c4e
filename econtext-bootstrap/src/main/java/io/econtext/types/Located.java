package io.econtext.types;

import io.econtext.core.ValueException;

/**
 * A failure with the place in the value where it happened: {@code at .hosts[3].name: …}.
 *
 * <p>Immutable.
 */
@SuppressWarnings("serial")
public final class Located extends ValueException {
    private static final int SHOWN = 400;

    private final String path;
    private final String what;

    private Located(String path, String what, Throwable cause) {
        super("at " + path + ": " + what);
        this.path = path;
        this.what = what;
        initCause(cause);
    }

    /** The failure, one step further out. */
    public static ValueException at(String step, RuntimeException failure) {
        String shown = cut(step); // a name that came from elsewhere may be of any length
        if (failure instanceof Located) {
            Located inner = (Located) failure;
            // the path of a cycle is as long as the depth allows
            return new Located(shown + cut(inner.path), inner.what, inner.getCause());
        }
        if (failure instanceof ValueException) {
            return new Located(shown, failure.getMessage(), failure.getCause());
        }
        return new Located(shown, failure.toString(), failure);
    }

    private static String cut(String path) {
        return path.length() > SHOWN ? path.substring(0, SHOWN) + "…" : path;
    }

    static ValueException at(int index, RuntimeException failure) {
        return at("[" + index + "]", failure);
    }
}
