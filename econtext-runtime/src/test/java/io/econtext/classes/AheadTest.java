package io.econtext.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.broker.ClassServer;
import io.econtext.types.ByJackson;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes ahead of a call because calls of the same method loaded it before. */
class AheadTest {
    private final ForwardingClassServer server = new ForwardingClassServer();
    private final ClassServer.Sent sent = new ClassServer.Sent();
    private final List<URLClassLoader> loaders = new ArrayList<>();
    private final List<String> lookedFor = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void closeLoaders() throws IOException {
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
    }

    /** Notes what is looked for. */
    private URLClassLoader loader(Made content) throws IOException {
        Path jar = Files.write(directory.resolve("app" + loaders.size() + ".jar"), content.jar());
        URL[] urls = {jar.toUri().toURL()};
        URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()) {
            @Override
            public URL getResource(String name) {
                lookedFor.add(name);
                return super.getResource(name);
            }

            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                lookedFor.add(name);
                return super.getResources(name);
            }
        };
        loaders.add(loader);
        return loader;
    }

    private static ClassServer.Need need(int id) {
        return new ClassServer.Need(id, "com.acme.App#run", List.of("com.acme.App"), 17);
    }

    /** The keys of all but econtext's own classes. */
    private Set<String> ahead(int id, ClassServer.Sent to) {
        Set<String> keys = new LinkedHashSet<>(server.ahead(need(id), to).keys());
        keys.removeIf(key -> key.startsWith(OwnClasses.LOADER + "/"));
        return keys;
    }

    private Set<String> ahead(int id) {
        return ahead(id, sent);
    }

    private void learn(int id, String... names) {
        List<String> keys = new ArrayList<>();
        for (String name : names) {
            keys.add(id + "/" + name);
        }
        server.learn(need(id), keys, Set.copyOf(keys));
    }

    @Test
    void whatACallLoadedBeforeGoesToTheNextContextAndNothingElse() throws IOException {
        int id = server.loaderId(loader(new Made()
                .withType("com.acme.App", "com.acme.Never", "com.acme.Before")
                .withType("com.acme.Never")
                .withType("com.acme.Before")
                .withType("com.acme.Unforeseen")
                .with("META-INF/services/com.acme.Service", "x")));
        String key = id + "/com.acme.";
        List<String> loaded = List.of(key + "App", key + "Unforeseen", id + "//META-INF/services/com.acme.Service");
        Set<String> ever = new HashSet<>(loaded);
        ever.add(key + "Before");

        server.learn(need(id), loaded, ever);

        assertThat(ahead(id))
                .contains(key + "App", key + "Unforeseen", key + "Before", id + "//META-INF/services/com.acme.Service")
                .doesNotContain(key + "Never");
    }

    @Test
    void jacksonGoesAheadOnlyOfCallsWhoseValuesItReads() {
        int id = server.loaderId(AheadTest.class.getClassLoader());
        String types = "io.econtext.types.Forms";
        ClassServer.Need byFields = new ClassServer.Need(id, "com.acme.App#run", List.of(types), 17);
        assertThat(Got.entries(server.ahead(byFields, new ClassServer.Sent())).keySet())
                .contains("0/" + types)
                .noneMatch(key -> key.contains("ackson"));

        String mapper = id + "/tools.jackson.databind.ObjectMapper";
        List<String> loaded = List.of(id + "/" + ByJackson.CODEC, mapper, id + "/com.acme.Other");
        server.learn(new ClassServer.Need(id, "com.acme.Other#run", List.of(), 17), loaded, new HashSet<>(loaded));
        ClassServer.Need byJackson =
                new ClassServer.Need(id, "com.acme.App#run", List.of(types, ByJackson.NAME, ByJackson.CODEC), 17);
        assertThat(Got.entries(server.ahead(byJackson, new ClassServer.Sent())).keySet())
                .contains("0/" + ByJackson.NAME, id + "/" + ByJackson.CODEC, mapper)
                .doesNotContain(id + "/com.acme.Other");
        ClassServer.Need again = new ClassServer.Need(id, "com.acme.Other#run", List.of(types), 17);
        assertThat(Got.entries(server.ahead(again, new ClassServer.Sent())).keySet())
                .contains("0/" + types)
                .noneMatch(key -> key.contains("ackson"));
    }

    @Test
    void whatIsGoneSinceItWasLearnedIsLookedForOnceInEachContext() throws IOException {
        int before = server.loaderId(loader(new Made().withType("com.acme.App").withType("com.acme.Gone")));
        learn(before, "com.acme.App", "com.acme.Gone", "/com/acme/gone.txt");
        int redeployed = server.loaderId(loader(new Made().withType("com.acme.App")));

        assertThat(ahead(redeployed)).containsOnly(redeployed + "/com.acme.App");
        assertThat(lookedFor).contains("com/acme/Gone.class", "com/acme/gone.txt");
        lookedFor.clear();

        assertThat(ahead(redeployed)).isEmpty();
        assertThat(lookedFor).isEmpty();
    }

    @Test
    void whatIsLearnedLaterGoesAheadOfTheNextCallOfEachContext() throws IOException {
        int id = server.loaderId(loader(new Made().withType("com.acme.App").withType("com.acme.Later")));
        assertThat(ahead(id)).containsOnly(id + "/com.acme.App");
        assertThat(ahead(id)).isEmpty();

        learn(id, "com.acme.App", "com.acme.Later");

        assertThat(ahead(id)).containsOnly(id + "/com.acme.Later");
    }

    @Test
    void aResourceTooLongForOneMessageIsNotReadToGoAhead() throws IOException {
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        int id = server.loaderId(loader(new Made()
                .withType("com.acme.App")
                .with("com/acme/noise", noise)
                .with("com/acme/text", "x")));
        assertThat(ahead(id)).contains(id + "/com.acme.App");
        assertThat(Got.of(server.find(new ClassServer.Request(id, "com/acme/noise", true, false, 17), sent))
                        .entries())
                .containsKey(id + "//com/acme/noise");
        learn(id, "com.acme.App", "/com/acme/noise", "/com/acme/text");
        lookedFor.clear();

        assertThat(ahead(id, new ClassServer.Sent())).containsOnly(id + "/com.acme.App", id + "//com/acme/text");
        assertThat(lookedFor).containsOnly("com/acme/text");
    }

    @Test
    void aLongClassIsTriedOnce() throws IOException {
        String[] names = new String[3000];
        Random random = new Random(1);
        for (int i = 0; i < names.length; i++) {
            names[i] = "com.acme.C" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        }
        int id = server.loaderId(
                loader(new Made().withType("com.acme.App", names).withType("com.acme.Other")));

        assertThat(ahead(id)).isEmpty();
        lookedFor.clear();

        assertThat(ahead(id)).isEmpty();
        assertThat(lookedFor).isEmpty();
        assertThat(sent.keys()).doesNotContain(id + "/com.acme.App");
    }

    @Test
    void classesAndResourcesThatGoAheadAreBoundedTogether() throws IOException {
        Made many = new Made().withType("com.acme.App");
        String[] learned = new String[12];
        for (int i = 0; i < learned.length; i++) {
            learned[i] = "/com/acme/" + i;
            many.with("com/acme/" + i, new byte[1 << 20]);
        }
        int id = server.loaderId(loader(many));
        learn(id, learned);

        assertThat(ahead(id))
                .hasSize(1 + 4)
                .contains(id + "/com.acme.App", id + "/" + learned[0], id + "/" + learned[3]);
        assertThat(lookedFor).doesNotContain("com/acme/4");
    }
}
