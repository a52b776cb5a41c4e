package io.econtext.tests.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.testcontainers.DockerClientFactory;

/**
 * The hosts that tests reach, made from the files in {@code src/test/hosts}. Safe for use by several threads.
 *
 * <p>Every host has these users, whom the client's key lets in unless it says otherwise: {@code deploy}; {@code dash},
 * {@code csh}, {@code fish} and {@code zsh}, named after their login shells (the last three not on {@link #jre});
 * {@code chatty}, whose start-up file prints; {@code homeless}; {@code banner}; {@code forced}, whose command is forced;
 * {@code single}, with one session per connection; {@code password} and {@code interactive}, who come in by
 * {@link #PASSWORD} only; {@code stranger}, who has no key; {@code locked}, whose account has expired.
 */
public final class Hosts {

    /** Of the users {@code password} and {@code interactive}. */
    public static final String PASSWORD = "correct horse";

    /** Of root, on {@link #users}. */
    public static final String ROOT_PASSWORD = "battery staple";

    private static final Set<String> BUILT = new HashSet<>();

    private Hosts() {}

    /**
     * The Javas 8, 11, 17, 21 and 25 below {@code /opt/java}, and a user of each name, {@code java8} to {@code java25},
     * with that one on the path.
     */
    public static HostOptions jre() {
        return new HostOptions("jre.Dockerfile", "jre");
    }

    /** Java 17 and perl. */
    public static HostOptions perl() {
        return bare("perl");
    }

    /** Java 17 and python. */
    public static HostOptions python() {
        return bare("python");
    }

    /** Java 17, neither perl nor python; the user {@code busybox} has nothing but busybox on the path. */
    public static HostOptions plain() {
        return bare("plain");
    }

    public static HostOptions noJava() {
        return bare("no-java");
    }

    /** A {@code java} that behaves like Java 7. */
    public static HostOptions oldJava() {
        return bare("old-java");
    }

    /**
     * Where one user becomes another, with Java 17, sudo, su and doas. Everyone's password is {@link #PASSWORD}, root's is
     * {@link #ROOT_PASSWORD}. Users: {@code asker}, whom sudo and doas ask; {@code german} and {@code chinese}, who are
     * asked in their languages; {@code once}, who is asked once only; {@code terminal}, of whom sudo wants a terminal;
     * {@code free}, who is not asked; {@code partial}, who may run one program only; {@code outsider}, who may do nothing;
     * {@code nosu}, whom su turns away before it asks.
     */
    public static HostOptions users() {
        return new HostOptions("users.Dockerfile", "users");
    }

    /** The same with podman; to run anything by that it needs {@link HostOptions#namespaces}. */
    public static HostOptions podman() {
        return new HostOptions("users.Dockerfile", "podman");
    }

    private static HostOptions bare(String target) {
        return new HostOptions("bare.Dockerfile", target);
    }

    /**
     * Builds the image at most once in a run; the engine's own cache makes later runs quick. Not by Testcontainers'
     * {@code ImageFromDockerfile}: it takes the names of stages for images and tries for minutes to pull them.
     */
    static synchronized String image(String dockerfile, String target) {
        String name = "econtext-tests/" + target;
        if (BUILT.add(name)) {
            DockerClientFactory.lazyClient()
                    .buildImageCmd()
                    .withBaseDirectory(directory().toFile())
                    .withDockerfile(directory().resolve(dockerfile).toFile())
                    .withTarget(target)
                    .withTags(Set.of(name))
                    .start()
                    .awaitImageId();
        }
        return name;
    }

    private static Path directory() {
        Path inModule = Path.of("hosts");
        return Files.isDirectory(inModule) ? inModule : Path.of("src/test/hosts");
    }
}
