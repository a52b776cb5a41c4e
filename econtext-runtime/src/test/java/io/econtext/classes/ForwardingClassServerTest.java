package io.econtext.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.broker.ClassServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
                "com/lib/secret.key"
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
                        .with("META-INF/services/java.sql.Driver", "com.lib.Tool"))));

        assertThat(resource(id, "com/lib/data/table.bin").why()).contains("only below a package whose classes do");
        assertThat(type(id, "com.lib.Tool").kind()).isEqualTo(Got.FOUND);
        assertThat(resource(id, "com/lib/data/table.bin").entries())
                .containsOnly(Map.entry(id + "//com/lib/data/table.bin", new byte[] {0, 0, 0, 1, 'x'}));
        assertThat(resource(id, "com/lib/messages_de.properties").kind()).isEqualTo(Got.FOUND);
        assertThat(resource(id, "com/other/x.txt").kind()).isEqualTo(Got.REFUSED);
        assertThat(resource(id, "META-INF/services/java.sql.Driver").kind()).isEqualTo(Got.FOUND);
        assertThat(resource(id, "com/lib/none.txt").kind()).isEqualTo(Got.ABSENT);
    }

    @Test
    void aFatJarsLibrariesAreReadWhereTheyAreAndItsOwnFilesStay() throws Exception {
        Made fat = new Made()
                .with("BOOT-INF/classes/", new byte[0])
                .with("BOOT-INF/classes/com/acme/App.class", Made.type(Opcodes.V1_8, "com.acme.App"))
                .with("BOOT-INF/classes/application.properties", "secret=1")
                .with("BOOT-INF/classes/com/acme/own.txt", "x")
                .with(
                        "BOOT-INF/lib/lib.jar",
                        new Made()
                                .withType("com.lib.Tool")
                                .with("com/lib/words.txt", "x")
                                .jar());
        String path = "jar:nested:" + jar("fat.jar", fat) + "/!BOOT-INF/";
        Handlers.register();
        URLClassLoader loader = new LaunchedClassLoader(
                false, new URL[] {new URL(path + "classes/!/"), new URL(path + "lib/lib.jar!/")}, null);
        loaders.add(loader);
        int id = server.loaderId(loader);

        assertThat(type(id, "com.acme.App").kind()).isEqualTo(Got.FOUND);
        assertThat(type(id, "com.lib.Tool").entries())
                .containsOnly(Map.entry(id + "/com.lib.Tool", Made.type(Opcodes.V1_8, "com.lib.Tool")));
        assertThat(resource(id, "com/lib/words.txt").kind()).isEqualTo(Got.FOUND);
        assertThat(resource(id, "com/acme/own.txt").why()).contains("resources of the application itself");
        assertThat(resource(id, "application.properties").kind()).isEqualTo(Got.REFUSED);
    }

    @Test
    void aListedResourceTravelsWhateverItIs() throws IOException {
        ForwardingClassServer listing = new ForwardingClassServer(Set.of("rules.yml"));
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

    @Test
    void namesThatATargetMakesUpAreNotRemembered() throws IOException {
        int id = server.loaderId(loader());
        type(id, "com.acme.None");
        int before = server.remembered();

        for (int i = 0; i < 20_000; i++) {
            assertThat(type(id, "com.acme.None" + i).kind()).isEqualTo(Got.ABSENT);
            assertThat(type(0, "io.econtext.types.None" + i).kind()).isEqualTo(Got.ABSENT);
            assertThat(resource(id, "com/acme/none" + i + ".txt").kind()).isEqualTo(Got.ABSENT);
        }

        assertThat(server.remembered()).isEqualTo(before);
        assertThat(sent.keys()).isEmpty();
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
}
