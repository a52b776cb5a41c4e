package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.java8.Labels;
import io.econtext.ContextOptions;
import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jackson needs Java 17 where its values go. */
@NeedsContainers
class JacksonOfTargetsIT {
    @TempDir
    static Path directory;

    @AutoClose
    static Host host;

    @AutoClose
    final Broker broker = Broker.create();

    @BeforeAll
    static void startAHostWithoutAnyWritableFolder() throws Exception {
        host = Hosts.jre().readOnly().noSharedMemory().start(ClientKeys.generate(directory));
    }

    @ParameterizedTest
    @CsvSource({"java8, 8", "java11, 11"})
    void anOlderJavaIsToldWithBothVersionsAndTheContextStaysUsable(String user, String version) {
        RemoteContext old = on(user);
        assertThatThrownBy(() -> old.call(Labels::length, new Labels.Label("four")))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("which needs Java 17, and the target has Java " + version + ":")
                .hasMessageContaining("option java of the context");
        assertThatThrownBy(() -> old.call(Labels::of, "four"))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("which needs Java 17, and the target has Java " + version + ":");
        String java = old.call(System::getProperty, "java.specification.version");
        assertThat(java).endsWith(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java17", "java25"})
    void anotherHasIt(String user) {
        RemoteContext there = on(user);
        assertThat(there.call(Labels::length, new Labels.Label("four"))).isEqualTo(4);
        assertThat(there.call(Labels::of, "four").text()).isEqualTo("four");
    }

    private RemoteContext on(String user) {
        return broker.connect(host.as(user)
                .named(user)
                .with(ContextOptions.builder().valuesByJackson(true).build())
                .build());
    }
}
