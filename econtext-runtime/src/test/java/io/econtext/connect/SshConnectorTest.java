package io.econtext.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.ConnectFailedException;
import io.econtext.ContextOptions;
import io.econtext.Secret;
import io.econtext.Ssh;
import io.econtext.broker.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands and sessions, against OpenSSH. */
@NeedsSshd
@ExtendWith(Quiet.class)
class SshConnectorTest {
    private static final String WHICH_SESSION = "echo $SSH_CONNECTION";
    private static final int SECONDS = 30;

    @TempDir
    static Path directory;

    static OpenSshd sshd;

    private final SshConnector connector = new SshConnector();

    @BeforeAll
    static void startServer() throws Exception {
        sshd = OpenSshd.start(directory);
    }

    @AfterAll
    static void stopServer() throws Exception {
        sshd.close();
    }

    @AfterEach
    void nothingIsLeft() {
        connector.close();
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("econtext-ssh")));
    }

    private Recorder run(String command) throws Exception {
        return run(sshd.way().build(), command);
    }

    private Recorder run(Ssh way, String command) {
        Recorder recorder = new Recorder();
        connector.start(way, command, recorder);
        return recorder;
    }

    @Test
    void outputAndErrorsComeApartAndTheStatusAtTheEnd() throws Exception {
        Recorder recorder = run("echo to out; echo to err >&2; exit 3");
        assertThat(recorder.awaitEnd()).isEqualTo("exit status 3");
        assertThat(recorder.out()).isEqualTo("to out\n");
        assertThat(recorder.err()).isEqualTo("to err\n");
    }

    @Test
    void commandIsHandedOverAsItIs() throws Exception {
        Recorder recorder = run("printf '%s' 'ü 中 \"$HOME\"'");
        recorder.awaitEnd();
        assertThat(recorder.out()).isEqualTo("ü 中 \"$HOME\"");
    }

    @Test
    void thereIsNoTerminal() throws Exception {
        assertThat(run("test -t 0 || test -t 1 || test -t 2").awaitEnd()).isEqualTo("exit status 1");
    }

    @Test
    void signalThatKilledTheCommandIsTold() throws Exception {
        assertThat(run("kill -KILL $$").awaitEnd()).isEqualTo("killed by signal KILL");
    }

    @Test
    void endIsToldThoughADaemonKeepsTheOutputOpen() throws Exception {
        Recorder recorder = run("sleep 600 & echo $!");
        assertThat(recorder.awaitEnd()).isEqualTo("exit status 0");
        ProcessHandle.of(Long.parseLong(recorder.out().trim())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void laterContextsShareTheSession() throws Exception {
        Recorder first = run("read line; " + WHICH_SESSION);
        Recorder second = run(WHICH_SESSION);
        second.awaitEnd();
        Recorder third = run(WHICH_SESSION);
        third.awaitEnd();
        assertThat(second.out()).isNotEmpty().isEqualTo(third.out());
        first.awaitStart();
    }

    @Test
    void contextsWithOtherCredentialsDoNotShareIt() throws Exception {
        Recorder first = run(WHICH_SESSION);
        first.awaitEnd();
        Recorder other = run(sshd.way().password(Secret.of("not needed")).build(), WHICH_SESSION);
        other.awaitEnd();
        assertThat(other.out()).isNotEmpty().isNotEqualTo(first.out());
    }

    @Test
    void hostThatAllowsOneChannelGetsASessionForEach() throws Exception {
        try (OpenSshd single = OpenSshd.start(directory, "MaxSessions 1")) {
            List<Recorder> recorders = new ArrayList<>();
            List<Transport> transports = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Recorder recorder = new Recorder();
                recorders.add(recorder);
                transports.add(connector.start(single.way().build(), WHICH_SESSION + "; cat", recorder));
            }
            for (Recorder recorder : recorders) {
                recorder.awaitStart();
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(recorders)
                            .extracting(Recorder::out)
                            .doesNotContain("")
                            .doesNotHaveDuplicates());
            transports.forEach(Transport::close);
            for (Recorder recorder : recorders) {
                assertThat(recorder.awaitEnd()).isEqualTo(SshTransport.CLOSED);
            }
        }
    }

    @Test
    void sessionThatDiedIsReplaced() throws Exception {
        Recorder first = run("kill -KILL $PPID; cat");
        assertThat(first.awaitEnd()).startsWith("connection lost: ");
        assertThat(run("exit 4").awaitEnd()).isEqualTo("exit status 4");
    }

    @Test
    void hostThatAnswersNoMoreIsGivenUp() throws Exception {
        Path config = Files.writeString(
                directory.resolve("client-config"), "Host *\n ServerAliveInterval 1\n ServerAliveCountMax 1\n");
        Recorder recorder = new Recorder();
        Transport transport = connector.start(
                sshd.way().configFile(config.toString()).build(), "echo $PPID; read go; kill -STOP $PPID", recorder);
        recorder.awaitStart();
        Awaitility.await().until(() -> recorder.out().endsWith("\n"));
        await(write(transport, ByteBuffer.wrap(new byte[] {'\n'})));
        assertThat(recorder.awaitEnd()).isEqualTo("connection lost: Got 1 heartbeat requests without reply");
        ProcessHandle.of(Long.parseLong(recorder.out().trim())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void manyBytesPassBothWaysWithLittleOnTheWay() throws Exception {
        int size = 64 * 1024 * 1024;
        int atMost = 24 * 1024 * 1024;
        CRC32 sent = new CRC32();
        CRC32 got = new CRC32();
        CompletableFuture<Void> all = new CompletableFuture<>();
        long[] received = new long[1];
        Recorder recorder = new Recorder() {
            @Override
            public void out(byte[] bytes, int offset, int length) {
                got.update(bytes, offset, length);
                synchronized (received) {
                    received[0] += length;
                }
                if (received[0] == size) {
                    all.complete(null);
                }
            }
        };
        Transport transport = connector.start(sshd.way().build(), "cat", recorder);
        recorder.awaitStart();
        byte[] block = new byte[100_000];
        long mostOnTheWay = 0;
        for (int at = 0; at < size; at += block.length) {
            int length = Math.min(block.length, size - at);
            Arrays.fill(block, (byte) (at >> 10));
            sent.update(block, 0, length);
            await(write(transport, ByteBuffer.wrap(block, 0, length)));
            synchronized (received) {
                mostOnTheWay = Math.max(mostOnTheWay, at + length - received[0]);
            }
        }
        await(all);
        assertThat(got.getValue()).isEqualTo(sent.getValue());
        assertThat(mostOnTheWay).isLessThan(atMost);
        transport.close();
        assertThat(recorder.awaitEnd()).isEqualTo(SshTransport.CLOSED);
    }

    private static CompletableFuture<Void> write(Transport transport, ByteBuffer bytes) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        transport.write(bytes, failure -> {
            if (failure == null) {
                written.complete(null);
            } else {
                written.completeExceptionally(failure);
            }
        });
        return written;
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void nothingToWriteIsWrittenAtOnce() throws Exception {
        Recorder recorder = new Recorder();
        Transport transport = connector.start(sshd.way().build(), "cat", recorder);
        recorder.awaitStart();
        assertThat(write(transport, ByteBuffer.allocate(0))).isCompleted();
        transport.close();
    }

    @Test
    void writeThatTheCommandDoesNotReadFailsOnceWhenItEnds() throws Exception {
        Recorder recorder = new Recorder();
        Transport transport = connector.start(sshd.way().build(), "sleep 600", recorder);
        recorder.awaitStart();
        BlockingQueue<Object> outcomes = new LinkedBlockingQueue<>();
        transport.write(ByteBuffer.allocate(32 * 1024 * 1024), outcomes::add);
        transport.close();
        assertThat(recorder.awaitEnd()).isEqualTo(SshTransport.CLOSED);
        assertThat(outcomes.poll(SECONDS, TimeUnit.SECONDS)).isInstanceOf(java.io.IOException.class);
        connector.close();
        assertThat(outcomes).isEmpty();
    }

    @Test
    void writeToWhatHasEndedFails() throws Exception {
        Recorder recorder = new Recorder();
        Transport transport = connector.start(sshd.way().build(), "exit 0", recorder);
        recorder.awaitEnd();
        assertThatThrownBy(() -> await(write(transport, ByteBuffer.wrap(new byte[1]))))
                .hasCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void writesMayFollowFromWithinTheListener() throws Exception {
        Recorder recorder = new Recorder();
        Transport transport = connector.start(sshd.way().build(), "head -c 100000 | wc -c", recorder);
        recorder.awaitStart();
        new Transport.WriteListener() {
            private int left = 100_000;

            @Override
            public void written(Throwable failure) {
                if (left-- > 0) {
                    transport.write(ByteBuffer.wrap(new byte[1]), this);
                }
            }
        }.written(null);
        assertThat(recorder.awaitEnd()).isEqualTo("exit status 0");
        assertThat(recorder.out().trim()).isEqualTo("100000");
    }

    @Test
    void closeEndsTheCommand() throws Exception {
        Recorder recorder = new Recorder();
        Transport transport = connector.start(sshd.way().build(), "echo $$; exec cat", recorder);
        recorder.awaitStart();
        Awaitility.await().until(() -> recorder.out().endsWith("\n"));
        ProcessHandle cat =
                ProcessHandle.of(Long.parseLong(recorder.out().trim())).orElseThrow();
        transport.close();
        transport.close();
        assertThat(recorder.awaitEnd()).isEqualTo(SshTransport.CLOSED);
        await(cat.onExit());
    }

    @Test
    void closeAtOnceCancels() throws Exception {
        Recorder recorder = new Recorder();
        connector.start(sshd.way().build(), "echo", recorder).close();
        assertThat(recorder.awaitFailure())
                .isInstanceOf(ConnectFailedException.Cancelled.class)
                .hasMessageContaining(SshTransport.GIVEN_UP);
    }

    @Test
    void closeWhileSomebodyIsAskedForThePassphraseCancels() throws Exception {
        Path key = Tool.key(directory.resolve("asked"), "ed25519", "sesame");
        sshd.authorize(key);
        CountDownLatch asked = new CountDownLatch(1);
        Recorder recorder = new Recorder();
        Transport transport = connector.start(
                sshd.keyless()
                        .identity(key.toString())
                        .passphrase(neverGiven(asked))
                        .build(),
                "echo",
                recorder);
        assertThat(asked.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        transport.close();
        assertThat(recorder.awaitFailure()).isInstanceOf(ConnectFailedException.Cancelled.class);
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().values())
                        .noneMatch(stack -> Arrays.stream(stack)
                                .anyMatch(frame -> frame.getMethodName().contains("neverGiven"))));
    }

    @Test
    void oneWhoGivesUpDoesNotTakeTheSessionFromAnother() throws Exception {
        Recorder first = new Recorder();
        Transport transport = connector.start(sshd.way().build(), "echo", first);
        Recorder second = run("exit 5");
        transport.close();
        assertThat(second.awaitEnd()).isEqualTo("exit status 5");
    }

    @Test
    void limitOfConnectingCoversThePassphrase() throws Exception {
        Path key = Tool.key(directory.resolve("slow"), "ed25519", "sesame");
        sshd.authorize(key);
        run("exit 0").awaitEnd();
        ContextOptions options =
                ContextOptions.builder().connectTimeout(Duration.ofSeconds(2)).build();
        Ssh way = sshd.keyless()
                .identity(key.toString())
                .passphrase(neverGiven(new CountDownLatch(1)))
                .with(options)
                .build();
        assertThat(run(way, "echo").awaitFailure())
                .isInstanceOf(ConnectFailedException.TimedOut.class)
                .hasMessageContaining("not connected within 2000 ms: still ");
    }

    private static Secret neverGiven(CountDownLatch asked) {
        return Secret.from(() -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
    }

    @Test
    void closingTheConnectorEndsWhatRunsAndFailsWhatBegins() throws Exception {
        Recorder running = run("cat").awaitStart();
        Recorder beginning = run("cat");
        connector.close();
        assertThat(running.awaitEnd()).isNotEmpty();
        Recorder late = run("cat");
        assertThat(late.awaitFailure()).isInstanceOf(ConnectFailedException.class);
        try {
            beginning.awaitEnd();
        } catch (java.util.concurrent.ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(ConnectFailedException.Cancelled.class);
        }
    }

    @Test
    void commandThatTheHostReplacesIsReplaced() throws Exception {
        try (OpenSshd forced = OpenSshd.start(directory, "ForceCommand echo forced")) {
            Recorder recorder = run(forced.way().build(), "echo mine");
            assertThat(recorder.awaitEnd()).isEqualTo("exit status 0");
            assertThat(recorder.out()).isEqualTo("forced\n");
        }
    }

    @Test
    void bytesOfABinaryKindPass() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        Recorder recorder = new Recorder();
        Transport transport =
                connector.start(sshd.way().build(), "head -c 256 | od -An -tu1 -v | tr -s ' \\n' ' '", recorder);
        recorder.awaitStart();
        await(write(transport, ByteBuffer.wrap(all)));
        recorder.awaitEnd();
        assertThat(recorder.out().trim()).startsWith("0 1 2 3").endsWith("254 255");
        assertThat(recorder.out().getBytes(StandardCharsets.US_ASCII)).isNotEmpty();
    }
}
