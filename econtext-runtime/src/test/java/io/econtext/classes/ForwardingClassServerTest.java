package io.econtext.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.broker.ClassServer;
import io.econtext.core.Message;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Opcodes;
import org.springframework.boot.loader.launch.LaunchedClassLoader;
import org.springframework.boot.loader.net.protocol.Handlers;

class ForwardingClassServerTest {
    private final ForwardingClassServer server = new ForwardingClassServer();
    private final ClassServer.Sent sent = new ClassServer.Sent();
    private final List<URLClassLoader> loaders = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void closeLoaders() throws IOException {
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
    }

    private URLClassLoader loader(Path... places) throws IOException {
        URL[] urls = new URL[places.length];
        for (int i = 0; i < places.length; i++) {
            urls[i] = places[i].toUri().toURL();
        }
        URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader());
        loaders.add(loader);
        return loader;
    }

    private Path jar(String name, Made content) throws IOException {
        return Files.write(directory.resolve(name), content.jar());
    }

    private Path file(String name, byte[] content) throws IOException {
        Path file = directory.resolve("classes").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return directory.resolve("classes");
    }

    private static ClassServer.Request request(int id, String name, boolean resource, int feature) {
        return new ClassServer.Request(id, name, resource, false, feature);
    }

    private static ClassServer.Need need(int id) {
        return new ClassServer.Need(id, "com.acme.App#run", List.of("com.acme.App"), 17);
    }

    private ClassServer.Ahead ahead(int id) {
        return server.ahead(need(id), sent);
    }

    private Got type(int id, String name) {
        return Got.of(server.find(request(id, name, false, 17), sent));
    }

    private Got resource(int id, String name) {
        return Got.of(server.find(request(id, name, true, 17), sent));
    }

    @Test
    void aClassOfAFolderOrAJarIsFoundByItsLoader() throws IOException {
        byte[] app = Made.type(Opcodes.V1_8, "com.acme.App");
        int id = server.loaderId(
                loader(file("com/acme/App.class", app), jar("lib.jar", new Made().withType("org.lib.Tool"))));

        assertThat(type(id, "com.acme.App").entries()).containsOnly(Map.entry(id + "/com.acme.App", app));
        assertThat(type(id, "org.lib.Tool").kind()).isEqualTo(Got.FOUND);
        assertThat(type(id, "org.lib.Other").kind()).isEqualTo(Got.ABSENT);
    }

    @Test
    void econtextsOwnClassesBelongToLoaderZeroWhoeverAsks() throws IOException {
        int id = server.loaderId(loader());

        assertThat(type(0, "io.econtext.Facts").entries()).containsKey("0/io.econtext.Facts");
        assertThat(type(id, "io.econtext.Facts").entries()).containsKey("0/io.econtext.Facts");
        assertThat(type(0, "com.acme.App").kind()).isEqualTo(Got.ABSENT);
    }

    @Test
    void whatAClassNeedsComesWithItOnceAndNearestFirst() throws IOException {
        int id = server.loaderId(loader(jar(
                "app.jar",
                new Made()
                        .withType("com.acme.App", "com.acme.B", "java.util.List", "io.econtext.Facts", "com.acme.Gone")
                        .withType("com.acme.B", "com.acme.C")
                        .withType("com.acme.C", "com.acme.App"))));

        Map<String, byte[]> ahead = Got.entries(ahead(id));

        assertThat(ahead.keySet())
                .startsWith(id + "/com.acme.App")
                .containsSubsequence(id + "/com.acme.B", id + "/com.acme.C");
        assertThat(ahead)
                .containsKeys(id + "/com.acme.C", "0/io.econtext.Facts")
                .doesNotContainKey("0/java.util.List");
        assertThat(ahead(id).bodies()).isEmpty();
        assertThat(type(id, "com.acme.App").entries()).containsOnlyKeys(id + "/com.acme.App");
    }

    @Test
    void whatComesAlongIsBounded() throws IOException {
        Made many = new Made();
        int number = 400;
        String[] all = new String[number];
        for (int i = 0; i < number; i++) {
            all[i] = "com.acme.Long" + "x".repeat(400) + i;
            many.withType(all[i], "com.acme.App");
        }
        int id = server.loaderId(loader(jar("app.jar", many.withType("com.acme.App", all))));

        int bytes =
                Got.entries(ahead(id)).values().stream().mapToInt(b -> b.length).sum();

        assertThat(bytes).isGreaterThan(Closure.BUDGET / 2).isLessThan(2 * Closure.BUDGET);
    }

    @Test
    void aClassTooNewForTheTargetIsAnsweredByBothVersionsAndTheCure() throws IOException {
        Made made = new Made().with("com/acme/New.class", Made.type(Opcodes.V17, "com.acme.New"));
        int id = server.loaderId(loader(jar("app.jar", made)));

        Got got = Got.of(server.find(request(id, "com.acme.New", false, 11), sent));

        assertThat(got.kind()).isEqualTo(Got.TOO_NEW);
        assertThat(got.why()).contains("com.acme.New needs Java 17", "has Java 11", "--release 11");
        assertThat(type(id, "com.acme.New").kind()).isEqualTo(Got.FOUND);
    }

    @ParameterizedTest
    @CsvSource({"8, base", "10, nine", "11, eleven", "17, eleven", "25, twenty"})
    void aMultiReleaseJarServesTheTargetsVersion(int feature, String expected) throws IOException {
        int id = server.loaderId(loader(jar(
                "multi.jar",
                new Made()
                        .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n\n")
                        .with("a/M.class", Made.type(Opcodes.V1_8, "a.M", "base"))
                        .with("META-INF/versions/9/a/M.class", Made.type(Opcodes.V1_8, "a.M", "nine"))
                        .with("META-INF/versions/11/a/M.class", Made.type(Opcodes.V1_8, "a.M", "eleven"))
                        .with("META-INF/versions/21/a/M.class", Made.type(Opcodes.V1_8, "a.M", "twenty")))));

        Got got = Got.of(server.find(request(id, "a.M", false, feature), sent));

        assertThat(got.entries().get(id + "/a.M")).isEqualTo(Made.type(Opcodes.V1_8, "a.M", expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "/etc/passwd",
                "a/../../b",
                "a//b",
                "..\\b",
                "file:/etc/passwd",
                "",
                "META-INF/services/../../application.yml",
                "META-INF/MANIFEST.MF",
                "meta-inf/maven/pom.xml",
                "BOOT-INF/classes/application.properties",
                "application.yml",
                "application-prod.properties",
                "config/application.yaml",
                "keys/server.pem",
                "server.KEY",
                "store.p12",
                ".ssh/id_ed25519",
                "own.txt",
                "com/acme/own.properties",
                "com/lib/secret.key",
                "com/lib/application-prod.conf",
                "com/lib/signing.p8",
                "com/lib/store.jceks",
                "com/lib/.env.prod",
                "com/lib/id_rsa.pub"
            })
    void resourcesThatRulesKeepAreRefusedByName(String name) throws IOException {
        Path folder = file("own.txt", new byte[1]);
        file("com/acme/own.properties", new byte[1]);
        file("application.yml", new byte[1]);
        int id = server.loaderId(loader(
                folder, jar("lib.jar", new Made().withType("com.lib.Tool").with("com/lib/secret.key", "secret"))));
        assertThat(type(id, "com.lib.Tool").kind()).isEqualTo(Got.FOUND);

        Got got = resource(id, name);

        assertThat(got.kind()).isEqualTo(Got.REFUSED);
        assertThat(got.why()).startsWith("the policy of the controller refuses ");
    }

    @Test
    void resourcesOfALibraryTravelBelowPackagesWhoseClassesDid() throws IOException {
        int id = server.loaderId(loader(jar(
                "lib.jar",
                new Made()
                        .withType("com.lib.Tool")
                        .with("com/lib/messages_de.properties", "a=b")
                        .with("com/lib/data/table.bin", "x")
                        .with("com/other/x.txt", "x")
                        .with("com/lib/id_ID.properties", "a=b")
                        .with("META-INF/services/java.sql.Driver", "com.lib.Tool"))));

        assertThat(resource(id, "com/lib/data/table.bin").why()).contains("only below a package whose classes do");
        assertThat(type(id, "com.lib.Tool").kind()).isEqualTo(Got.FOUND);
        assertThat(resource(id, "com/lib/data/table.bin").entries())
                .containsOnly(Map.entry(id + "//com/lib/data/table.bin", new byte[] {0, 0, 0, 1, 'x'}));
        assertThat(resource(id, "com/lib/messages_de.properties").kind()).isEqualTo(Got.FOUND);
        assertThat(resource(id, "com/lib/id_ID.properties").kind()).isEqualTo(Got.FOUND);
        assertThat(resource(id, "com/other/x.txt").kind()).isEqualTo(Got.REFUSED);
        assertThat(resource(id, "META-INF/services/java.sql.Driver").kind()).isEqualTo(Got.FOUND);
        assertThat(resource(id, "com/lib/none.txt").kind()).isEqualTo(Got.ABSENT);
    }

    @ParameterizedTest
    @CsvSource({"BOOT-INF, false", "BOOT-INF, true", "WEB-INF, false", "WEB-INF, true"})
    void theLibrariesOfAnExecutableJarOrWarAreReadWhereTheyAreAndItsOwnFilesStay(String root, boolean listed)
            throws Exception {
        Made fat = new Made()
                .with(root + "/classes/", new byte[0])
                .with(root + "/classes/com/acme/App.class", Made.type(Opcodes.V1_8, "com.acme.App"))
                .with(root + "/classes/application.properties", "secret=1")
                .with(root + "/classes/com/acme/own.txt", "x")
                .with(
                        root + "/lib/lib.jar",
                        new Made()
                                .withType("com.lib.Tool")
                                .with("com/lib/words.txt", "x")
                                .jar());
        String path = "jar:nested:" + jar("fat.jar", fat) + "/!" + root + "/";
        Handlers.register();
        URLClassLoader loader = new LaunchedClassLoader(
                false, new URL[] {new URL(path + "classes/!/"), new URL(path + "lib/lib.jar!/")}, null);
        loaders.add(loader);
        int id = server.loaderId(loader);
        if (listed) {
            server.prepare(id);
        }

        Got app = type(id, "com.acme.App");
        assertThat(app.kind()).isEqualTo(Got.FOUND);
        if (listed) {
            assertThat(hashes(app.said().get(id + "//com/acme/"))).isEmpty();
        }
        assertThat(type(id, "com.lib.Tool").entries())
                .containsOnly(Map.entry(id + "/com.lib.Tool", Made.type(Opcodes.V1_8, "com.lib.Tool")));
        assertThat(resource(id, "com/lib/words.txt").kind()).isEqualTo(Got.FOUND);
        assertThat(resource(id, "com/acme/own.txt").why()).contains("resources of the application itself");
        assertThat(resource(id, "application.properties").kind()).isEqualTo(Got.REFUSED);
    }

    @Test
    void theOwnFilesOfAWarThatIsReadAsAJarStay() throws Exception {
        Path war = jar(
                "app.war",
                new Made()
                        .with("WEB-INF/classes/", new byte[0])
                        .with("WEB-INF/classes/com/acme/App.class", Made.type(Opcodes.V1_8, "com.acme.App"))
                        .with("WEB-INF/classes/com/acme/own.txt", "x"));
        URL root = new URL("jar:" + war.toUri() + "!/WEB-INF/classes/");
        ClassLoader tomcats = new ClassLoader(null) {
            @Override
            public URL getResource(String path) {
                try {
                    return new URL(root, path);
                } catch (MalformedURLException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public Enumeration<URL> getResources(String path) {
                return Collections.enumeration(List.of(getResource(path)));
            }

            @Override
            public InputStream getResourceAsStream(String path) {
                try {
                    return getResource(path).openStream();
                } catch (IOException e) {
                    return null;
                }
            }
        };
        int id = server.loaderId(tomcats);

        assertThat(type(id, "com.acme.App").kind()).isEqualTo(Got.FOUND);
        assertThat(resource(id, "com/acme/own.txt").why()).contains("resources of the application itself");
    }

    @Test
    void aListedResourceTravelsWhateverItIs() throws IOException {
        ForwardingClassServer listing = new ForwardingClassServer();
        listing.allow(Set.of("rules.yml"));
        int id = listing.loaderId(loader(file("rules.yml", new byte[] {1})));

        assertThat(Got.of(listing.find(request(id, "rules.yml", true, 17), sent))
                        .entries())
                .containsOnly(Map.entry(id + "//rules.yml", new byte[] {0, 0, 0, 1, 1}));
        assertThat(Got.of(listing.find(request(id, "other.yml", true, 17), sent))
                        .kind())
                .isEqualTo(Got.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.String",
                "java.net.http.HttpClient",
                "javax.sql.DataSource",
                "io.econtext.broker.Broker",
                "io.econtext.connect.LocalConnector",
                "..",
                "com/acme/App",
                "com.acme.App\n",
                "[Lcom.acme.App;"
            })
    void classesThatMustStayAreRefusedByName(String name) throws IOException {
        int id = server.loaderId(loader());

        Got got = type(id, name);

        assertThat(got.kind()).isEqualTo(Got.REFUSED);
        assertThat(got.why()).startsWith("the policy of the controller refuses ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.FooTest$unpacks an archive$1",
                "com.acme.Cafe\u0301",
                "com.acme.\u20acRate",
                "com.acme.C#"
            })
    void classesMayHaveAnyNameThatTheJvmAllows(String name) throws IOException {
        int id = server.loaderId(loader(jar("app.jar", new Made().withType(name))));

        assertThat(type(id, name).entries()).containsKey(id + "/" + name);
    }

    /** As a hostile target asks: no two names are the same, and each sort has another reason to be looked for. */
    private ClassServer.Request madeUp(int id, int n) {
        return switch (n % 20) {
            case 0 -> request(id, "com.acme.None" + n, false, 17);
            case 1 -> request(id, "com.acme" + n + ".None", false, 17);
            case 2 -> request(id, "com.lib.None" + n, false, 17);
            case 3 -> request(id, "org.objectweb.asm.None" + n, false, 17);
            case 4 -> request(id, "java.lang.None" + n, false, 17);
            case 5 -> request(id, "javax.sql.None" + n, false, 17);
            case 6 -> request(id, "io.econtext.broker.None" + n, false, 17);
            case 7 -> request(0, "io.econtext.types.None" + n, false, 17);
            case 8 -> request(id, "io.econtext.core.None" + n, false, 17);
            case 9 -> request(1000 + n, "com.acme.None", false, 17);
            case 10 -> request(id, "a.".repeat(200) + n, false, 17);
            case 11 -> request(id, "com/acme/none" + n + ".txt", true, 17);
            case 12 -> request(id, "com/acme" + n + "/none.txt", true, 17);
            case 13 -> request(id, "com/lib/none" + n + ".txt", true, 17);
            case 14 -> request(id, "org/objectweb/asm/none" + n + ".txt", true, 17);
            case 15 -> request(id, "META-INF/services/none" + n, true, 17);
            case 16 -> request(id, "config/application-" + n + ".yml", true, 17);
            case 17 -> request(id, "../../etc/passwd" + n, true, 17);
            case 18 -> request(id, "a/".repeat(200) + n, true, 17);
            default -> new ClassServer.Request(id, "com.lib.None" + n, false, true, n);
        };
    }

    @Test
    void aMillionNamesThatATargetMakesUpAreAnsweredAtOnceAndForgotten() throws Exception {
        URL[] places = {
            jar("lib.jar", new Made().withType("com.lib.Tool").with("com/lib/words.txt", "x"))
                    .toUri()
                    .toURL(),
            file("com/acme/App.class", Made.type(Opcodes.V1_8, "com.acme.App"))
                    .toUri()
                    .toURL(),
            Opcodes.class.getProtectionDomain().getCodeSource().getLocation()
        };
        URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
        loaders.add(loader);
        int id = server.loaderId(loader);
        IntStream.range(0, 100).forEach(n -> server.find(madeUp(id, n), sent));
        int before = server.remembered();
        Set<String> said = Set.copyOf(sent.keys());
        long start = processorTime();

        IntSummaryStatistics lengths = IntStream.range(0, 1_000_000)
                .parallel()
                .map(n -> {
                    byte[] answer = server.find(madeUp(id, n), sent).body();
                    return answer[0] == ForwardingClassServer.FOUND ? Integer.MAX_VALUE : answer.length;
                })
                .summaryStatistics();

        assertThat(lengths.getMax()).isLessThan(1000);
        assertThat(lengths.getAverage()).isLessThan(100);
        assertThat(server.remembered()).isEqualTo(before);
        assertThat(sent.keys()).isEqualTo(said);
        assertThat(sent.left()).isEmpty();
        assertThat(processorTime() - start).isLessThan(Duration.ofSeconds(40).toNanos());
    }

    /** Of all threads, as others may use this machine, too. */
    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    @Test
    void eachLoaderHasItsOwnNumberAndClasses() throws IOException {
        byte[] first = Made.type(Opcodes.V1_8, "com.acme.App");
        byte[] second = Made.type(Opcodes.V1_8, "com.acme.App", "java.lang.String");
        URLClassLoader one = loader(jar("one.jar", new Made().with("com/acme/App.class", first)));
        URLClassLoader two = loader(jar("two.jar", new Made().with("com/acme/App.class", second)));

        int a = server.loaderId(one);
        int b = server.loaderId(two);

        assertThat(server.loaderId(one)).isEqualTo(a).isNotEqualTo(b);
        assertThat(type(a, "com.acme.App").entries().get(a + "/com.acme.App")).isEqualTo(first);
        assertThat(type(b, "com.acme.App").entries().get(b + "/com.acme.App")).isEqualTo(second);
        assertThat(server.loaderId(null)).isZero();
    }

    @Test
    void aLoaderThatNeverWasIsSaidToBeGone() {
        assertThat(type(77, "com.acme.App").why()).contains("was replaced or is gone");
    }

    @Test
    void nothingIsRememberedOfLoadersThatNeverWere() {
        for (String name : List.of("io.econtext.logging.BridgeProvider", "org.slf4j.impl.StaticLoggerBinder")) {
            assertThat(type(77, name).why()).contains("was replaced or is gone");
        }
        assertThat(sent.keys()).isEmpty();
    }

    @Test
    void aClassIsNotThereUnderANameWithOtherCapitals() throws IOException {
        URLClassLoader classes = loader(file("com/acme/App.class", Made.type(Opcodes.V1_8, "com.acme.App")));
        ClassLoader ignoringCase = new ClassLoader(null) {
            @Override
            public URL getResource(String path) {
                return path.equalsIgnoreCase("com/acme/App.class") ? classes.getResource("com/acme/App.class") : null;
            }

            @Override
            public InputStream getResourceAsStream(String path) {
                return path.equalsIgnoreCase("com/acme/App.class")
                        ? classes.getResourceAsStream("com/acme/App.class")
                        : null;
            }
        };
        int id = server.loaderId(ignoringCase);

        assertThat(type(id, "COM.acme.App").kind()).isEqualTo(Got.ABSENT);
        assertThat(sent.keys()).isEmpty();
        assertThat(type(id, "com.acme.App").kind()).isEqualTo(Got.FOUND);
    }

    private static Set<Integer> hashes(byte[] digest) {
        Set<Integer> hashes = new HashSet<>();
        for (ByteBuffer in = ByteBuffer.wrap(digest); in.hasRemaining(); ) {
            hashes.add(in.getInt());
        }
        return hashes;
    }

    @Test
    void anAbsentNameIsAnsweredWithADigestOfWhatMayBeHadInItsDirectory() throws IOException {
        int id = server.loaderId(loader(jar(
                "lib.jar",
                new Made()
                        .withType("com.lib.Tool")
                        .withType("com.lib.Other")
                        .with("com/lib/words.txt", "x")
                        .with("com/lib/secret.key", "x"))));
        type(id, "com.lib.Tool");

        Got got = type(id, "com.lib.None");

        assertThat(got.kind()).isEqualTo(Got.ABSENT);
        assertThat(hashes(got.said().get(id + "/com/lib/")))
                .containsExactlyInAnyOrder("com/lib/Tool.class".hashCode(), "com/lib/Other.class".hashCode());
        assertThat(hashes(resource(id, "com/lib/none").said().get(id + "//com/lib/")))
                .containsExactly("com/lib/words.txt".hashCode());
        assertThat(type(id, "com.nowhere.None").said().get(id + "/com/nowhere/"))
                .isEmpty();
    }

    @Test
    void withTheFirstClassOfAPackageComesADigestOnceTheClassPathIsKnown() throws IOException {
        int id = server.loaderId(
                loader(jar("lib.jar", new Made().withType("com.lib.Tool").withType("com.lib.Other"))));
        server.prepare(id);

        assertThat(type(id, "com.lib.Tool").said()).containsKeys(id + "/com/lib/", id + "//com/lib/");
        assertThat(type(id, "com.lib.Other").said()).doesNotContainKey(id + "/com/lib/");
    }

    @Test
    void nothingIsSaidOfResourcesOfWhichMoreMayLeaveLater() throws IOException {
        int id = server.loaderId(
                loader(jar("lib.jar", new Made().withType("com.lib.Tool").with("com/lib/words.txt", "x"))));

        assertThat(resource(id, "com/lib/none.txt").said()).isEmpty();
        assertThat(type(id, "com.lib.Tool").said()).containsKey(id + "//com/lib/");
    }

    @Test
    void whatWasSaidOfADirectoryIsNotSaidAgain() throws IOException {
        int id = server.loaderId(loader(jar("lib.jar", new Made().withType("com.lib.Tool"))));

        assertThat(type(id, "com.lib.None").said()).containsKey(id + "/com/lib/");
        assertThat(type(id, "com.lib.Other").said()).isEmpty();
        ClassServer.Request forgetful = new ClassServer.Request(id, "com.lib.Third", false, true, 17);
        assertThat(Got.of(server.find(forgetful, sent)).said()).containsKey(id + "/com/lib/");
    }

    @Test
    void refusalsOfResourcesSayWhatElseIsThereAndNotWhatIsRefused() throws IOException {
        int id = server.loaderId(loader(file("application.yml", new byte[1])));

        Got got = resource(id, "application.yml");

        assertThat(got.kind()).isEqualTo(Got.REFUSED);
        assertThat(hashes(got.said().get(id + "//"))).doesNotContain("application.yml".hashCode());
    }

    @Test
    void aClassThatComesIntoAFolderLaterIsFound() throws IOException {
        Path folder = file("com/acme/App.class", Made.type(Opcodes.V1_8, "com.acme.App"));
        int id = server.loaderId(loader(folder));
        assertThat(type(id, "com.acme.Later").kind()).isEqualTo(Got.ABSENT);

        file("com/acme/Later.class", Made.type(Opcodes.V1_8, "com.acme.Later"));

        assertThat(type(id, "com.acme.Later").kind()).isEqualTo(Got.FOUND);
    }

    @Test
    void whatNoFileCanBeCalledIsAbsent() throws IOException {
        int id = server.loaderId(loader(file("com/acme/App.class", Made.type(Opcodes.V1_8, "com.acme.App"))));
        server.prepare(id);

        assertThat(resource(id, "com/acme/\ud800.txt").kind()).isEqualTo(Got.ABSENT);
        assertThat(resource(id, "com/\ud800/words.txt").kind()).isEqualTo(Got.ABSENT);
    }

    @Test
    void allResourcesOfANameTravelTogether() throws IOException {
        String services = "META-INF/services/com.acme.Service";
        int id = server.loaderId(loader(
                jar("one.jar", new Made().with(services, "a")), jar("two.jar", new Made().with(services, "bc"))));

        assertThat(resource(id, services).entries())
                .containsOnly(Map.entry(id + "//" + services, new byte[] {0, 0, 0, 1, 'a', 0, 0, 0, 2, 'b', 'c'}));
    }

    @Test
    void aPackageSaysWhatItsJarSaysOfIt() throws IOException {
        String manifest = "Manifest-Version: 1.0\nImplementation-Title: Tools\nImplementation-Version: 1.2\n\n"
                + "Name: com/lib/\nImplementation-Version: 1.3\nSealed: true\n\n";
        int id = server.loaderId(loader(jar(
                "lib-1.2.jar", new Made().with("META-INF/MANIFEST.MF", manifest).withType("com.lib.Tool"))));

        DataInputStream about = new DataInputStream(
                new ByteArrayInputStream(type(id, "com.lib.Tool").said().get(id + "/com.lib.")));

        assertThat(about.readUTF()).isEqualTo("lib-1.2.jar");
        assertThat(about.readBoolean()).isTrue();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            texts.add(about.readUTF());
        }
        assertThat(texts).containsExactly("", "", "", "Tools", "1.3", "");
    }

    @Test
    void whatAPackageIsComesWithEachAnswerThatHasAClassOfIt() throws IOException {
        int id = server.loaderId(
                loader(jar("lib.jar", new Made().withType("com.lib.Tool").withType("com.lib.Other"))));

        assertThat(type(id, "com.lib.Tool").said()).containsKey(id + "/com.lib.");
        assertThat(type(id, "com.lib.Other").said()).containsKey(id + "/com.lib.");
    }

    @Test
    void whatAPackageIsComesWithEachPieceOfWhatGoesAhead() throws IOException {
        int id = server.loaderId(loader(manyNames()));

        assertThat(ahead(id).bodies().stream().map(Got::ofPiece))
                .filteredOn(
                        piece -> piece.entries().keySet().stream().anyMatch(key -> key.startsWith(id + "/com.acme.")))
                .hasSizeGreaterThan(1)
                .allSatisfy(piece -> assertThat(piece.said()).containsKey(id + "/com.acme."));
    }

    @Test
    void ofAMultiReleaseJarWhatDoesNotDifferIsPushedAndWhatDoesGoesToItsVersionOnly() throws IOException {
        Made made = new Made()
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n\n")
                .withType("com.acme.App", "com.acme.Same", "com.acme.Differs")
                .withType("com.acme.Same")
                .withType("com.acme.Differs")
                .with("META-INF/versions/11/com/acme/Differs.class", Made.type(Opcodes.V1_8, "com.acme.Differs", "a.B"))
                .with("META-INF/versions/21/com/acme/New.class", Made.type(Opcodes.V1_8, "com.acme.New"));
        int id = server.loaderId(loader(jar("multi.jar", made)));

        assertThat(Got.entries(ahead(id)).get(id + "/com.acme.Differs"))
                .isEqualTo(Made.type(Opcodes.V1_8, "com.acme.Differs", "a.B"));
        assertThat(Got.of(server.find(
                                new ClassServer.Request(id, "com.acme.App", false, true, 17), new ClassServer.Sent()))
                        .entries())
                .containsKeys(id + "/com.acme.Same")
                .doesNotContainKey(id + "/com.acme.Differs");
        Got versioned = Got.of(
                server.find(new ClassServer.Request(id, "com.acme.Differs", false, true, 17), new ClassServer.Sent()));
        assertThat(versioned.kind()).isEqualTo(Got.FOUND_FOR_VERSION);
        assertThat(versioned.entries()).containsOnlyKeys(id + "/com.acme.Differs");
        assertThat(type(id, "com.acme.New").kind()).isEqualTo(Got.ABSENT);
    }

    /** More than fits one message, however it is compressed. */
    private Path manyNames() throws IOException {
        Made many = new Made();
        Random random = new Random(1);
        String[] all = new String[150];
        for (int i = 0; i < all.length; i++) {
            all[i] = anyName(random, 100);
            many.withType(all[i], anyName(random, 400), anyName(random, 400), anyName(random, 400));
        }
        return jar("app.jar", many.withType("com.acme.App", all));
    }

    private static String anyName(Random random, int length) {
        StringBuilder name = new StringBuilder("com.acme.C");
        while (name.length() < length) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        return name.toString();
    }

    @Test
    void piecesAreShortEnoughNotToBeOvertaken() throws IOException {
        int id = server.loaderId(loader(manyNames()));

        List<byte[]> bodies = ahead(id).bodies();

        assertThat(bodies).hasSizeGreaterThan(1).allMatch(body -> body.length <= Message.FRAGMENT);
    }

    @Test
    void whatWasCutOffGoesOnWithTheFirstRequestForAnyOfIt() throws IOException {
        Made many = new Made();
        String[] all = new String[600];
        for (int i = 0; i < all.length; i++) {
            all[i] = "com.acme.Long" + "x".repeat(300) + i;
            many.withType(all[i]);
        }
        int id = server.loaderId(loader(jar("app.jar", many.withType("com.acme.App", all))));
        Set<String> sentAhead = Got.entries(ahead(id)).keySet();
        String missing = List.of(all).stream()
                .filter(name -> !sentAhead.contains(id + "/" + name))
                .findFirst()
                .orElseThrow();

        assertThat(type(id, missing).entries()).hasSizeGreaterThan(100);
    }
}
