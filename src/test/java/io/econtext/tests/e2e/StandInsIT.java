package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.ConnectFailedException.UnknownHost;
import io.econtext.Incus;
import io.econtext.Kubectl;
import io.econtext.Lxc;
import io.econtext.Lxd;
import io.econtext.ProgramWay;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ways in whose programs need a cluster or a service that tests don't have: a stand-in takes their command lines, talks and
 * fails as they do, and starts what is to be started on this machine.
 */
class StandInsIT {
    /** Behaves like {@code kubectl exec}, {@code lxc-attach}, {@code lxc exec} and {@code incus exec}. */
    private static final String STAND_IN = """
            #!/bin/sh
            case " $* " in
            *" gone "*) echo '%s' >&2; exit 1;;
            *" box "*) ;;
            *) echo "unexpected: $*" >&2; exit 2;;
            esac
            echo 'Defaulted container "app" out of: app, proxy' >&2
            while [ "$1" != -- ]; do shift; done
            shift
            export STARTED_BY=stand-in
            "$@"
            status=$?
            [ $status = 0 ] || echo "command terminated with exit code $status" >&2
            exit $status
            """;

    @TempDir
    static Path directory;

    @AutoClose
    final Broker broker = Broker.create();

    static Stream<Arguments> programs() {
        return Stream.of(
                Arguments.of("kubectl", "Error from server (NotFound): pods \"gone\" not found", (Function<
                                String, ProgramWay.Builder<?>>)
                        name -> Kubectl.pod(name).namespace("shop").container("app")),
                Arguments.of(
                        "lxc-attach", "Error: container gone is not defined", (Function<String, ProgramWay.Builder<?>>)
                                Lxc::container),
                Arguments.of(
                        "lxc",
                        "Error: Failed to fetch instance \"gone\" in project \"default\": Instance not found",
                        (Function<String, ProgramWay.Builder<?>>) Lxd::instance),
                Arguments.of(
                        "incus",
                        "Error: Failed to fetch instance \"gone\" in project \"default\": Instance not found",
                        (Function<String, ProgramWay.Builder<?>>)
                                name -> Incus.instance(name).user(1000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void aContextRunsWhereTheProgramLeads(String program, String error, Function<String, ProgramWay.Builder<?>> way)
            throws Exception {
        String path = standIn(program, error);

        RemoteContext context = broker.connect(way.apply("box").program(path).build());
        assertThat(context.exec("sh", "-c", "echo $STARTED_BY").out()).isEqualTo("stand-in\n");

        assertThat(catchThrowableOfType(
                                UnknownHost.class,
                                () -> broker.connect(
                                        way.apply("gone").program(path).build()))
                        .lastLines())
                .containsExactly(error);
    }

    private static String standIn(String program, String error) throws IOException {
        Path path = directory.resolve(program);
        Files.writeString(path, STAND_IN.formatted(error));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return path.toString();
    }
}
