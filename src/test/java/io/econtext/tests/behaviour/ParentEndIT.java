package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.Call;
import io.econtext.ContextOptions;
import io.econtext.Econtext;
import io.econtext.Launch;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of children when their parent ends. */
class ParentEndIT {
    @AutoClose
    private final Broker broker = Broker.create();

    @TempDir
    private Path directory;

    enum End {
        CLOSED,
        EXIT,
        TERM
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void nothingIsLeftOfAChildThatIsBeingStarted(End end) throws Exception {
        RemoteContext parent = broker.connect(Local.process().named("parent").with(Behaviour.PATIENT));
        Path pid = directory.resolve("pid");
        parent.run(There::startWhatHangs, pid);
        Behaviour.await().until(() -> Files.exists(pid) && Files.size(pid) > 1);
        ProcessHandle hanging =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).trim())).orElseThrow();
        ProcessHandle process = ProcessHandle.of(parent.info().pid()).orElseThrow();
        switch (end) {
            case CLOSED -> parent.close();
            case EXIT -> parent.post(Call.running(There::exit));
            case TERM -> process.destroy();
        }
        Behaviour.await().until(() -> !process.isAlive());
        assertThat(hanging.isAlive()).isFalse();
    }

    @Test
    void aChildHasItsGraceWhereItsParentHasNothingToDo() throws Exception {
        ContextOptions graceful =
                Behaviour.PATIENT.toBuilder().grace(Duration.ofSeconds(30)).build();
        RemoteContext root = broker.connect(Local.process().named("root").with(graceful));
        RemoteContext parent = root.connect(Local.process().named("parent").with(graceful));
        RemoteContext child = parent.connect(Local.process().named("child").with(graceful));
        ProcessHandle last = ProcessHandle.of(child.info().pid()).orElseThrow();
        Path begun = directory.resolve("begun");
        Path done = directory.resolve("done");
        child.post(Call.running(There::takeAWhile, begun, done));
        Behaviour.await().until(() -> Files.exists(begun));
        ProcessHandle.of(root.info().pid()).orElseThrow().destroyForcibly();
        Behaviour.await().until(() -> !last.isAlive());
        assertThat(done).exists();
    }

    /** Runs in contexts. */
    static final class There {
        static void takeAWhile(Path begun, Path done) throws Exception {
            Files.createFile(begun);
            new CountDownLatch(1).await(3, TimeUnit.SECONDS);
            Files.createFile(done);
        }

        static void startWhatHangs(Path pid) {
            Econtext.current().connectAsync(new Hanging(pid.toString()));
        }

        static void exit() {
            System.exit(3);
        }
    }

    /** A program that starts nothing, and ends by force only. */
    static final class Hanging implements Way {
        private final String pid;

        Hanging(String pid) {
            this.pid = pid;
        }

        @Override
        public String name() {
            return "hanging";
        }

        @Override
        public String address() {
            return "hanging:";
        }

        @Override
        public ContextOptions options() {
            return ContextOptions.builder()
                    .connectTimeout(Duration.ofMinutes(5))
                    .build();
        }

        @Override
        public Launch launch() {
            return Launch.of("sh", "-c", "trap '' TERM; echo $$ > " + pid + "; while :; do sleep 1; done")
                    .build();
        }
    }
}
