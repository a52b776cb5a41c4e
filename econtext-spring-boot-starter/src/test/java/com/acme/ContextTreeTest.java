package com.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.econtext.ConnectFailedException;
import io.econtext.ContextState;
import io.econtext.Econtext;
import io.econtext.RemoteContext;
import io.econtext.spring.ContextStateEvent;
import io.econtext.spring.Contexts;
import io.econtext.spring.CredentialsProvider;
import io.econtext.spring.autoconfigure.EcontextAutoConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** Configured contexts that start each other, on this machine. */
class ContextTreeTest {

    @TempDir
    Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(EcontextAutoConfiguration.class))
            .withPropertyValues("econtext.contexts.top.method=local");

    static String whoAmI() {
        return Econtext.current().name();
    }

    @Test
    void aContextIsStartedByTheOneThatViaNamesInWhateverOrderTheyAreConfigured() {
        runner.withPropertyValues(
                        "econtext.contexts.a-leaf.spec=local:?via=middle",
                        "econtext.contexts.middle.method=local",
                        "econtext.contexts.middle.via=top")
                .run(application -> {
                    RemoteContext leaf = application.getBean("a-leaf", RemoteContext.class);
                    RemoteContext middle = application.getBean("middle", RemoteContext.class);
                    RemoteContext top = application.getBean("top", RemoteContext.class);
                    assertThat(leaf.via()).isSameAs(middle);
                    assertThat(middle.via()).isSameAs(top);
                    assertThat(top.via()).isNull();
                    assertThat(leaf.call(ContextTreeTest::whoAmI)).isEqualTo("a-leaf");
                    assertThat(List.of(top.state(), middle.state())).containsOnly(ContextState.CONNECTED);
                    String parent =
                            leaf.exec("sh", "-c", "ps -o ppid= -p $PPID").out();
                    assertThat(parent.trim())
                            .isEqualTo(Long.toString(middle.info().pid()));
                    top.close();
                    assertThat(List.of(middle.state(), leaf.state())).containsOnly(ContextState.CLOSED);
                });
    }

    @Test
    void whatIsLostBehindALostContextIsToldAndReconnected() {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        runner.withPropertyValues("econtext.contexts.child.method=local", "econtext.contexts.child.via=top")
                .withBean(ApplicationListener.class, () -> (ApplicationListener<PayloadApplicationEvent<?>>) event -> {
                    if (event.getPayload() instanceof ContextStateEvent state) {
                        heard.add(state.context() + " " + state.kind());
                    }
                })
                .run(application -> {
                    RemoteContext child = application.getBean("child", RemoteContext.class);
                    assertThat(child.call(ContextTreeTest::whoAmI)).isEqualTo("child");
                    assertThat(two(heard)).containsExactlyInAnyOrder("top CONNECTED", "child CONNECTED");
                    ProcessHandle.of(child.via().info().pid()).orElseThrow().destroyForcibly();
                    assertThat(two(heard)).containsExactlyInAnyOrder("top LOST", "child LOST");
                    assertThat(child.call(ContextTreeTest::whoAmI)).isEqualTo("child");
                    assertThat(two(heard)).containsExactlyInAnyOrder("top RECONNECTED", "child RECONNECTED");
                });
    }

    private static List<String> two(BlockingQueue<String> heard) throws InterruptedException {
        return List.of(heard.poll(30, TimeUnit.SECONDS), heard.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void aTestPutsAChildIntoThisJvmToo() {
        runner.withPropertyValues(
                        "econtext.contexts.child.method=in-process",
                        "econtext.contexts.child.via=top",
                        "econtext.contexts.child.user=root")
                .run(application -> {
                    RemoteContext child = application.getBean("child", RemoteContext.class);
                    assertThat(child.call(ContextTreeTest::whoAmI)).isEqualTo("child");
                    assertThat(child.via()).isNull();
                    assertThat(application.getBean("top", RemoteContext.class).state())
                            .isEqualTo(ContextState.NEW);
                });
    }

    @Test
    void aConfiguredPasswordIsGivenWhereTheCommandAsks() throws Exception {
        asking().withPropertyValues("econtext.contexts.locked.password=geheim").run(application -> {
            RemoteContext locked = application.getBean("locked", RemoteContext.class);
            assertThat(locked.call(ContextTreeTest::whoAmI)).isEqualTo("locked");
            assertThat(locked.toString()).doesNotContain("geheim");
        });
    }

    @Test
    void aPasswordThatIsNotConfiguredIsAskedForInOrder() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        CredentialsProvider first = context -> {
            asked.add(context);
            return null;
        };
        CredentialsProvider second = context -> "geheim".toCharArray();
        asking().withPropertyValues("econtext.contexts.locked.asks=stdin", "econtext.contexts.locked.via=top")
                .withBean("first", CredentialsProvider.class, () -> first)
                .withBean("second", CredentialsProvider.class, () -> second)
                .run(application -> {
                    assertThat(asked).isEmpty();
                    assertThat(application
                                    .getBean("locked", RemoteContext.class)
                                    .call(ContextTreeTest::whoAmI))
                            .isEqualTo("locked");
                    assertThat(asked).containsExactly("locked");
                });
    }

    @Test
    void withoutAPasswordItIsSaidThatOneIsRequired() throws Exception {
        asking().withPropertyValues("econtext.contexts.locked.asks=stdin").run(application -> {
            RemoteContext locked = application.getBean(Contexts.class).named("locked");
            assertThatExceptionOfType(ConnectFailedException.PasswordRequired.class)
                    .isThrownBy(locked::connect);
        });
    }

    /** With a context behind a command that wants a password. */
    private ApplicationContextRunner asking() throws Exception {
        Path command = directory.resolve("ask");
        Files.writeString(command, "#!/bin/sh\nprintf 'Password: ' >&2;read p;[ \"$p\" = geheim ]&&exec \"$@\"\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        return runner.withPropertyValues(
                "econtext.contexts.locked.method=exec", "econtext.contexts.locked.command=" + command);
    }
}
