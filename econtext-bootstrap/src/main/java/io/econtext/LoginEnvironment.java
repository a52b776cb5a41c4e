package io.econtext;

import io.econtext.core.Context;
import java.util.Map;

/** What programs that are started here find in their environment. Functions only. */
final class LoginEnvironment {
    private static final String LOCALE = "LC_ALL";
    private static final String OURS = "C.UTF-8";

    private LoginEnvironment() {}

    /** The JVM of a context was given a UTF-8 locale; its programs get the login's own. A controller has that anyway. */
    static void restore(Map<String, String> environment) {
        String own = System.getProperty("econtext.LC_ALL");
        if (own != null) {
            environment.put(LOCALE, own);
        } else if (Context.current != null) {
            environment.remove(LOCALE, OURS);
        }
    }
}
