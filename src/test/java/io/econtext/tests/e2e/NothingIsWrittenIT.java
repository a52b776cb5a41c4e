package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.econtext.Channel;
import io.econtext.ContextLostException;
import io.econtext.ContextOptions;
import io.econtext.Facts;
import io.econtext.RemoteContext;
import io.econtext.Tail;
import io.econtext.broker.Broker;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.HostOptions;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import io.econtext.tests.hosts.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of the system calls of whole sessions, the ssh server's part included. */
@NeedsContainers
class NothingIsWrittenIT {

    private static final int CLASSES = 200;
    /** A traced process runs many times slower. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    static ClientKeys keys;

    @AutoClose
    final Broker broker = Broker.create();

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = ClientKeys.generate(directory);
    }

    @Test
    void byASessionOnAHostWithPerl() throws Exception {
        assertThat(writes(Hosts.perl(), NothingIsWrittenIT::session)).isEmpty();
    }

    @Test
    void byASessionOnAHostWithPython() throws Exception {
        assertThat(writes(Hosts.python(), NothingIsWrittenIT::session)).isEmpty();
    }

    @Test
    void byASessionOnAHostWithShButANameInMemoryThatIsGoneBeforeJavaStarts() throws Exception {
        try (Host host = Hosts.plain().traceable().start(keys);
                Trace trace = Trace.of(host)) {
            session(connect(host, ContextOptions.DEFAULTS), host);
            broker.close();
            List<String> calls = trace.calls();
            List<String> writes = calls.stream().filter(Trace::isWrite).toList();
            String name = writes.get(0).split("\"")[1];
            assertThat(name).startsWith("/dev/shm/.econtext");
            assertThat(writes).allMatch(call -> call.contains("\"" + name + "\""));
            assertThat(writes.get(writes.size() - 1)).contains("unlink").endsWith(" = 0");
            assertThat(calls.indexOf(writes.get(writes.size() - 1))).isLessThan(indexOfJava(calls));
        }
    }

    @Test
    void whenTheJvmIsShotAsBySegmentationFault() throws Exception {
        assertThat(writes(Hosts.perl(), (context, host) -> {
                    long pid = context.call(OnTarget::pid);
                    host.exec("kill", "-SEGV", Long.toString(pid));
                    assertThat(catchThrowable(() -> context.run(OnTarget::wait, "the end")))
                            .isInstanceOf(ContextLostException.class)
                            .hasMessageContaining("crash");
                }))
                .isEmpty();
    }

    @Test
    void whenTheJvmRunsOutOfMemory() throws Exception {
        assertThat(writes(
                        Hosts.perl(),
                        (context, host) -> assertThat(catchThrowable(() -> context.call(OnTarget::hoard)))
                                .isInstanceOf(ContextLostException.class)
                                .hasMessageContaining("OutOfMemoryError")))
                .isEmpty();
    }

    private static int indexOfJava(List<String> calls) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).contains("execve(\"") && calls.get(i).contains("\"io.econtext.core.Boot\"")) {
                return i;
            }
        }
        throw new AssertionError("the trace misses the start of Java");
    }

    private interface Session {
        void run(RemoteContext context, Host host) throws Exception;
    }

    private static void session(RemoteContext context, Host host) throws Exception {
        assertThat(context.call(Facts::gather).host()).isNotEmpty();
        assertThat(context.call(OnTarget::load, Classes.ofSpring(CLASSES))).isGreaterThanOrEqualTo(CLASSES);
        assertThat(context.call(OnTarget::resource, "META-INF/services/tools.jackson.core.TokenStreamFactory"))
                .contains("JsonFactory");
        assertThat(context.exec("sh", "-c", "echo out; echo err >&2").err()).isEqualTo("err\n");
        try (Channel<String> tail = context.open(Tail::follow, Path.of("/etc/passwd"))) {
            assertThat(tail.receive()).contains(":");
        }
        context.close();
    }

    private List<String> writes(HostOptions options, Session session) throws Exception {
        try (Host host = options.traceable().start(keys);
                Trace trace = Trace.of(host)) {
            session.run(connect(host, ContextOptions.builder().maxHeap("32m").build()), host);
            broker.close();
            List<String> calls = trace.calls();
            assertThat(indexOfJava(calls)).isPositive();
            return calls.stream().filter(Trace::isWrite).toList();
        }
    }

    private RemoteContext connect(Host host, ContextOptions options) {
        return broker.connect(host.as("deploy")
                .with(options.toBuilder()
                        .connectTimeout(PATIENCE)
                        .callTimeout(PATIENCE)
                        .build())
                .build());
    }
}
