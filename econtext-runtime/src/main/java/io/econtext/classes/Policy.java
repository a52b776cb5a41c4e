package io.econtext.classes;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rules for what may leave the controller: by default an application's classes, and of resources only what its libraries
 * need. Immutable.
 */
final class Policy {
    static final String MALFORMED = "the policy of the controller refuses names like this";
    static final String JDK = "the policy of the controller refuses %s: it belongs to the JDK, so the target's own Java"
            + " must have it";
    static final String CONTROLLER = "the policy of the controller refuses %s: it is the controller's side of econtext";
    static final String SECRET = "the policy of the controller refuses %s: configuration and keys don't travel";
    static final String META_INF = "the policy of the controller refuses %s: of META-INF only services travel";
    static final String ROOT = "the policy of the controller refuses %s: resources of the application itself don't"
            + " travel; pass what the code needs as an argument";
    static final String UNRELATED = "the policy of the controller refuses %s: resources of a library travel only below"
            + " a package whose classes do";

    private static final int LONGEST_NAME = 512;
    private static final Pattern CLASS_NAME =
            Pattern.compile("[^.;\\[/\\\\:\\p{Cntrl}]+(\\.[^.;\\[/\\\\:\\p{Cntrl}]+)*");
    private static final Pattern RESOURCE_NAME = Pattern.compile("[^/\\\\:\\p{Cntrl}]+(/[^/\\\\:\\p{Cntrl}]+)*");
    private static final Pattern DOTS = Pattern.compile("(^|.*/)\\.\\.?(/.*|$)");
    private static final Pattern SECRETS = Pattern.compile(
            ".*\\.(ya?ml|pem|key|p8|pk8|jks|jceks|bks|p12|pfx|keystore|truststore|crt|cer|der|ppk|gpg|asc|kdbx|env)"
                    + "|(.*/)?(application|bootstrap)[^/]*\\.(properties|json|xml|conf|toml)|(.*/)?\\.env\\.[^/]*"
                    + "|(.*/)?id_(rsa|dsa|ecdsa|ed25519)[^/]*",
            Pattern.CASE_INSENSITIVE);
    private static final String SERVICES = "META-INF/services/";
    private static final Set<String> NOT_TRAVELLING = Set.of("META-INF", "BOOT-INF", "WEB-INF");
    private static final List<String> CONTROLLERS = List.of(
            "io.econtext.broker.",
            "io.econtext.connect.",
            "io.econtext.classes.",
            "io.econtext.logs.",
            "io.econtext.script.",
            "io.econtext.files.",
            "io.econtext.spring.");

    private static final ClassLoader JDK_LOADER = ClassLoader.getPlatformClassLoader();
    /** Looked at first, as looking for a class takes long, and targets may make up any number of names. */
    private static final Set<String> JDK_PACKAGES = ModuleLayer.boot().modules().stream()
            .filter(module -> module.getClassLoader() == null || module.getClassLoader() == JDK_LOADER)
            .flatMap(module -> module.getPackages().stream())
            .collect(Collectors.toUnmodifiableSet());

    private final Set<String> listed;

    /** @param listed names of resources that travel whatever the rules say */
    Policy(Set<String> listed) {
        this.listed = Set.copyOf(listed);
    }

    /** Why the class must stay, or {@code null}. */
    @Nullable
    String refuseClass(String name) {
        if (name.length() > LONGEST_NAME || !CLASS_NAME.matcher(name).matches()) {
            return MALFORMED;
        }
        for (String controller : CONTROLLERS) {
            if (name.startsWith(controller)) {
                return CONTROLLER.formatted(name);
            }
        }
        return isJdk(name) ? JDK.formatted(name) : null;
    }

    boolean isJdk(String name) {
        return name.startsWith("java.")
                || JDK_PACKAGES.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))
                        && JDK_LOADER.getResource(name.replace('.', '/') + ".class") != null;
    }

    /** Why no resource of that name may leave, whatever it is, or {@code null}. */
    @Nullable
    String refuseResource(String name) {
        if (name.length() > LONGEST_NAME
                || !RESOURCE_NAME.matcher(name).matches()
                || DOTS.matcher(name).matches()) {
            return MALFORMED;
        }
        if (listed.contains(name) || name.startsWith(SERVICES)) {
            return null;
        }
        int slash = name.indexOf('/');
        if (slash > 0 && NOT_TRAVELLING.contains(name.substring(0, slash).toUpperCase(java.util.Locale.ROOT))) {
            return META_INF.formatted(name);
        }
        return SECRETS.matcher(name).matches() ? SECRET.formatted(name) : null;
    }

    /**
     * Why a resource that was found may not leave, or {@code null}.
     *
     * @param folder whether it is the application's own
     * @param packages those whose classes were forwarded
     */
    @Nullable
    String refuseFound(String name, boolean folder, Set<String> packages) {
        if (listed.contains(name) || name.startsWith(SERVICES)) {
            return null;
        }
        if (folder) {
            return ROOT.formatted(name);
        }
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            if (packages.contains(name.substring(0, slash).replace('/', '.'))) {
                return null;
            }
        }
        return UNRELATED.formatted(name);
    }
}
