package io.econtext.spring;

import io.econtext.ConnectBack;
import io.econtext.ContextOptions;
import io.econtext.Secret;
import io.econtext.Way;
import io.econtext.spring.ways.Ways;
import java.security.KeyStore;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one-line form of a way in, such as {@code ssh://user@host:port?identity=…&java=…} or
 * {@code sudo://root?via=web1}.
 *
 * <p>Immutable.
 */
public final class Specs {
    /** What is said of a way in that isn't one. */
    public static final String WAYS = "expected local:, ssh://[user@]host[:port], sudo://user, su://user, doas://user,"
            + " docker://container, podman://container, kubectl://pod, lxc://container, lxd://instance, incus://instance,"
            + " chroot:///directory, nsenter://pid or exec:?command=…, then options as '?name=value&…'";

    /** What is said of a specification with a password in it. */
    public static final String NO_PASSWORD =
            "a specification never contains a password, as others can read it; use a key or the agent, configure the"
                    + " context below econtext.contexts with a password from a safe place, or let the shell ask";

    /** What is said of a context that is to call back and isn't started by this program. */
    public static final String NO_CALL_BACK_VIA =
            "only what this program starts itself can call back; leave out via or connect-back, or tunnel ssh";

    private static final String NO_BUNDLES = "there are no SSL bundles here";
    private static final String SLASHES = "//";

    private final ContextOptions defaults;
    private final @Nullable Secret password;
    private final Function<String, KeyStore> keys;

    /** Reads specifications without defaults of ours. */
    public Specs() {
        this(ContextOptions.DEFAULTS, null, bundle -> {
            throw new IllegalArgumentException(NO_BUNDLES);
        });
    }

    private Specs(ContextOptions defaults, @Nullable Secret password, Function<String, KeyStore> keys) {
        this.defaults = defaults;
        this.password = password;
        this.keys = keys;
    }

    /** The same with options that hold where a specification doesn't say otherwise. */
    public Specs withDefaults(ContextOptions options) {
        return new Specs(options, password, keys);
    }

    /** The same for ways that ask for a password. */
    public Specs withPassword(Secret secret) {
        return new Specs(defaults, secret, keys);
    }

    /**
     * The same for contexts that call back.
     *
     * @param bundles gives a private key without a password and its certificate by the name of an SSL bundle, the same
     *     store each time; throws an {@link IllegalArgumentException} where there is none
     */
    public Specs withKeys(Function<String, KeyStore> bundles) {
        return new Specs(defaults, password, bundles);
    }

    /** Whether {@code text} is meant as a specification, and not as a name. */
    public static boolean isSpec(String text) {
        return text.indexOf(':') >= 0;
    }

    /** @throws IllegalArgumentException if it can't be understood; the message says what can */
    public Spec parse(String spec) {
        int colon = spec.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("'" + spec + "' names no way in; " + WAYS);
        }
        String scheme = spec.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!Ways.names().contains(scheme)) {
            throw new IllegalArgumentException("'" + scheme + ":' is no way in; " + WAYS);
        }
        String rest = spec.substring(colon + 1);
        int question = rest.indexOf('?');
        String place = SpecOptions.decode(question < 0 ? rest : rest.substring(0, question));
        String query = question < 0 ? "" : rest.substring(question + 1);
        refusePassword(scheme, place);
        String shown = scheme + ":" + place;
        SpecOptions options = SpecOptions.of(shown, query, defaults, password);
        String via = options.text("via");
        if (via != null && via.isEmpty()) {
            throw new IllegalArgumentException(shown + ": via= names no context");
        }
        Way way = options.callingBack(Ways.make(scheme, place(scheme, place, options), options), keys);
        options.refuseOthers();
        if (way instanceof ConnectBack && !CallBacks.isOurs(way, via)) {
            throw new IllegalArgumentException(shown + ": " + NO_CALL_BACK_VIA);
        }
        return new Spec(way, via);
    }

    private static void refusePassword(String scheme, String place) {
        int at = place.lastIndexOf('@');
        boolean hasUser = scheme.equals("sudo") || scheme.equals("su") || scheme.equals("doas");
        String user = place.substring(0, hasUser && at < 0 ? place.length() : Math.max(at, 0));
        if (user.indexOf(':') >= 0) {
            String end = at < 0 ? "" : place.substring(at);
            throw new IllegalArgumentException(scheme + "://…" + end + ": " + NO_PASSWORD);
        }
    }

    private static String place(String scheme, String place, SpecOptions options) {
        String what = Ways.place(scheme);
        boolean isOption = scheme.equals("exec");
        if (what == null || isOption) {
            if (!place.isEmpty() && !place.equals(SLASHES)) {
                throw new IllegalArgumentException(
                        "'" + scheme + ":' takes nothing but options, not '" + place + "'; " + WAYS);
            }
            return what == null ? "" : required(scheme, "the option '" + what + "'", options.text(what));
        }
        boolean isDirectory = scheme.equals("chroot");
        int end = place.length() - (!isDirectory && place.length() > SLASHES.length() && place.endsWith("/") ? 1 : 0);
        String given = place.startsWith(SLASHES) ? place.substring(SLASHES.length(), end) : null;
        return required(scheme, "'//' and behind it the " + what, given);
    }

    private static String required(String scheme, String what, @Nullable String given) {
        if (given == null || given.isEmpty()) {
            throw new IllegalArgumentException("'" + scheme + ":' needs " + what + "; " + WAYS);
        }
        return given;
    }
}
