package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.java8.Libraries;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.broker.ContextCounters;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Libraries that were written without a thought of us, on a host that has a JRE and nothing else. */
@NeedsContainers
class LibrariesIT {
    private static final Logger LOG = LoggerFactory.getLogger(LibrariesIT.class);

    @TempDir
    static Path directory;

    @AutoClose
    static Host host;

    @AutoClose
    final Broker broker = Broker.create();

    private String java;

    @BeforeAll
    static void startAHostWithoutAnyWritableFolder() throws Exception {
        host = Hosts.jre().readOnly().noSharedMemory().start(ClientKeys.generate(directory));
    }

    /** What it took is printed. */
    @AfterEach
    void count(TestInfo test) {
        ContextCounters counters = broker.counters(java);
        LOG.info(
                "{} {}: {} requests, {} classes, {} bytes",
                java,
                test.getTestMethod().orElseThrow().getName(),
                counters.classRequests(),
                counters.classesForwarded(),
                counters.bytesOut());
    }

    @ParameterizedTest
    @ValueSource(strings = {"java8", "java17", "java25"})
    void commonsCompressUnpacksAnArchive(String java) throws Exception {
        assertThat(on(java).call(Libraries::unpack, archive(Map.of("a.txt", "one", "b/ü.txt", "two"))))
                .isEqualTo(Map.of("a.txt", "one", "b/ü.txt", "two"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java8", "java17", "java25"})
    void jsoupParsesAPage(String java) {
        String page = "<title>x</title><ul><li class=a>Gr&uuml;n<li>Rot<li class=a>Blau</ul>";
        assertThat(on(java).call(Libraries::select, page, "ul > li.a")).containsExactly("Grün", "Blau");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java8", "java17", "java25"})
    void aDatabaseAnswersThroughItsDriver(String java) throws Exception {
        assertThat(on(java).call(Libraries::query, "select x * x from system_range(1, 3)"))
                .containsExactly("1", "4", "9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java8", "java17", "java25"})
    void luceneIndexesAndFindsAText(String java) throws Exception {
        List<String> texts = List.of("The quick brown fox", "A lazy dog", "Two quick foxes");
        assertThat(on(java).call(Libraries::search, texts, "quick"))
                .containsExactlyInAnyOrder("The quick brown fox", "Two quick foxes");
    }

    private RemoteContext on(String user) {
        java = user;
        return broker.connect(host.as(user).named(user).build());
    }

    private static byte[] archive(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes), "UTF-8")) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                out.putArchiveEntry(entry);
                out.write(content);
                out.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
