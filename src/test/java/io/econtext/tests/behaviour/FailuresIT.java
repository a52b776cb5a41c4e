package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.CallSite;
import io.econtext.NotPortableException;
import io.econtext.RemoteCallException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;

@OverEveryWay
class FailuresIT extends Behaviour {

    @Test
    void aDeclaredExceptionIsThrownAsItself() {
        IOException thrown = catchThrowableOfType(IOException.class, () -> context.run(There::read, "ü"));
        assertThat(thrown).isExactlyInstanceOf(IOException.class).hasMessage("can't read ü");
        assertThat(thrown.getStackTrace()[0].getClassName()).isEqualTo(FailuresIT.class.getName());
        assertThat(thrown).hasCauseInstanceOf(RemoteCallException.class);
        RemoteCallException remote = (RemoteCallException) thrown.getCause();
        assertThat(remote.remoteType()).isEqualTo(IOException.class.getName());
        assertThat(remote.remoteMessage()).isEqualTo("can't read ü");
        assertThat(methods(remote)).startsWith("read");
    }

    @Test
    void aSubclassOfADeclaredExceptionIsThrownAsTheDeclaredOne() {
        IOException thrown = catchThrowableOfType(IOException.class, () -> context.run(There::find, "x"));
        assertThat(thrown).isExactlyInstanceOf(IOException.class).hasMessageContaining("x is not there");
        assertThat(((RemoteCallException) thrown.getCause()).remoteType())
                .isEqualTo(FileNotFoundException.class.getName());
    }

    @Test
    void ofSeveralDeclaredExceptionsTheOneThatWasThrownIsThrown() {
        assertThat(catchThrowable(() -> context.run(There::query, 1)))
                .isExactlyInstanceOf(SQLException.class)
                .hasMessage("one");
        assertThat(catchThrowable(() -> context.run(There::query, 2)))
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage("two");
    }

    @Test
    void aDeclaredExceptionOfTheProgramsOwnIsThrownAsItself() {
        assertThat(catchThrowable(() -> context.run(There::order)))
                .isExactlyInstanceOf(OutOfStock.class)
                .hasMessage("of stock, out");
    }

    @Test
    void aDeclaredExceptionThatTakesNoCauseAfterwardsIsThrownAsItself() {
        assertThat(catchThrowable(() -> context.run(There::lookUp, "a.B")))
                .isExactlyInstanceOf(ClassNotFoundException.class)
                .hasMessage("a.B")
                .hasCauseInstanceOf(RemoteCallException.class);
        assertThat(catchThrowable(() -> context.run(There::settle)))
                .isExactlyInstanceOf(Causeless.class)
                .hasMessage("settled")
                .hasNoCause()
                .satisfies(
                        thrown -> assertThat(thrown.getSuppressed()).hasOnlyElementsOfType(RemoteCallException.class));
    }

    @Test
    void anUncheckedExceptionTellsWhatWasThrownThereAndWhereItWasCalledHere() {
        RemoteCallException thrown =
                catchThrowableOfType(RemoteCallException.class, () -> context.call(There::divide, 1, 0));
        assertThat(thrown.remoteType()).isEqualTo(ArithmeticException.class.getName());
        assertThat(thrown.remoteMessage()).isEqualTo("/ by zero");
        assertThat(thrown).hasMessage("java.lang.ArithmeticException: / by zero");
        assertThat(methods(thrown)).containsExactly("divide");
        assertThat(thrown.getSuppressed()).hasSize(1);
        assertThat(thrown.getSuppressed()[0]).isInstanceOf(CallSite.class).hasMessageContaining("there");
        assertThat(thrown.getSuppressed()[0].getStackTrace()[0].getClassName()).startsWith(FailuresIT.class.getName());
    }

    @Test
    void errorsAreTold() {
        assertThat(catchThrowableOfType(RemoteCallException.class, () -> context.run(There::error))
                        .remoteType())
                .isEqualTo(AssertionError.class.getName());
        assertThat(catchThrowableOfType(RemoteCallException.class, () -> context.call(There::deeper, 0))
                        .remoteType())
                .isEqualTo(StackOverflowError.class.getName());
        assertThat(context.call(There::divide, 4, 2)).as("it goes on").isEqualTo(2);
    }

    @Test
    void causesAndSuppressedAreTold() {
        RemoteCallException thrown = catchThrowableOfType(RemoteCallException.class, () -> context.run(There::wrap));
        assertThat(thrown.remoteType()).isEqualTo(IllegalStateException.class.getName());
        RemoteCallException cause = (RemoteCallException) thrown.getCause();
        assertThat(cause.remoteType()).isEqualTo(IllegalArgumentException.class.getName());
        assertThat(methods(cause)).startsWith("wrap");
        assertThat(cause.getCause()).isNull();
        assertThat(cause.getSuppressed()).hasSize(2);
        assertThat(cause.getSuppressed()[1]).hasMessageContaining("second");
    }

    @Test
    void causesThatFormACycleEnd() {
        RemoteCallException thrown = catchThrowableOfType(RemoteCallException.class, () -> context.run(There::cycle));
        assertThat(thrown.remoteMessage()).isEqualTo("egg");
        assertThat(thrown.getCause()).hasMessageContaining("hen");
        assertThat(thrown.getCause().getCause()).isNull();
    }

    @Test
    void anExceptionMayHaveNoMessageOrAVeryLongOneOrThrowOneItself() {
        assertThat(catchThrowableOfType(RemoteCallException.class, () -> context.run(There::say, (String) null))
                        .remoteMessage())
                .isNull();
        String longest = "ü".repeat(1 << 20);
        RemoteCallException thrown =
                catchThrowableOfType(RemoteCallException.class, () -> context.run(There::say, longest));
        assertThat(longest).startsWith(thrown.remoteMessage().substring(0, 1000));
        assertThat(catchThrowableOfType(RemoteCallException.class, () -> context.run(There::throwWild))
                        .remoteMessage())
                .contains("describing it threw");
    }

    @Test
    void whatIsSuppressedAtEveryLevelIsTold() {
        IOException thrown = catchThrowableOfType(IOException.class, () -> context.run(There::pileUp, 5));
        assertThat(thrown).hasMessage("level 5");
        assertThat(thrown.getCause()).isInstanceOf(RemoteCallException.class);
        assertThat(causes(thrown.getCause())).hasSize(6).allSatisfy(level -> {
            assertThat(level.getSuppressed()).hasSize(1);
            assertThat(level.getSuppressed()[0])
                    .hasMessageEndingWith("beside " + ((RemoteCallException) level).remoteMessage())
                    .as("its cause is told above it")
                    .hasNoCause();
        });
    }

    @Test
    void ofVeryManyCausesTheFirstAndTheRootAreTold() {
        IOException thrown = catchThrowableOfType(IOException.class, () -> context.run(There::pileUp, 500));
        assertThat(thrown).hasMessage("level 500");
        assertThat(causes(thrown.getCause()))
                .hasSize(32)
                .satisfies(level -> assertThat(level).hasMessageEndingWith("level 470"), Index.atIndex(30))
                .last()
                .satisfies(level -> assertThat(level).hasMessageEndingWith("level 0"));
    }

    @Test
    void anExceptionNeedsNoFieldsThatCanTravel() {
        RemoteCallException thrown = catchThrowableOfType(RemoteCallException.class, () -> context.run(There::heavy));
        assertThat(thrown.remoteType()).isEqualTo(Heavy.class.getName());
        assertThat(thrown.remoteMessage()).isEqualTo("heavy");
    }

    @Test
    void aClassThatCannotBeInitializedIsAFailureOfItsCalls() {
        RemoteCallException first = catchThrowableOfType(RemoteCallException.class, () -> context.run(Broken::nothing));
        assertThat(first.remoteType()).isEqualTo(ExceptionInInitializerError.class.getName());
        assertThat(first.getCause()).hasMessageContaining("no way");
        RemoteCallException second =
                catchThrowableOfType(RemoteCallException.class, () -> context.run(Broken::nothing));
        assertThat(second.remoteType()).isEqualTo(NoClassDefFoundError.class.getName());
    }

    @Test
    void aResultThatTurnsOutNotToTravelIsAnErrorAndTheContextGoesOn() {
        NotPortableException refused =
                catchThrowableOfType(NotPortableException.class, () -> context.call(There::cyclic));
        assertThat(refused).hasMessageContaining("There#cyclic").hasMessageContaining("there");
        assertThat(context.call(There::divide, 4, 2)).isEqualTo(2);
    }

    private static List<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).toList();
    }

    private static List<String> methods(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList();
    }

    /** Runs in the context. */
    static final class There {
        static void read(String file) throws IOException {
            throw new IOException("can't read " + file);
        }

        static void find(String file) throws IOException {
            throw new FileNotFoundException(file + " is not there");
        }

        static void query(int which) throws SQLException, TimeoutException {
            if (which == 1) {
                throw new SQLException("one");
            }
            throw new TimeoutException("two");
        }

        static void order() throws OutOfStock {
            throw new OutOfStock("out", "of stock");
        }

        static void lookUp(String name) throws ClassNotFoundException {
            throw new ClassNotFoundException(name);
        }

        static void settle() throws Causeless {
            throw new Causeless("settled");
        }

        static int divide(int a, int b) {
            return a / b;
        }

        static void error() {
            throw new AssertionError("wrong");
        }

        static int deeper(int i) {
            return deeper(i + 1) + 1;
        }

        static void wrap() {
            IllegalArgumentException cause = new IllegalArgumentException("cause");
            cause.addSuppressed(new RuntimeException("first"));
            cause.addSuppressed(new RuntimeException("second"));
            throw new IllegalStateException("outer", cause);
        }

        static void cycle() {
            RuntimeException egg = new RuntimeException("egg");
            egg.initCause(new RuntimeException("hen", egg));
            throw egg;
        }

        /** Every level has one that was suppressed, whose cause is the level itself. */
        static void pileUp(int levels) throws IOException {
            IOException pile = null;
            for (int i = 0; i <= levels; i++) {
                pile = new IOException("level " + i, pile);
                pile.addSuppressed(new IllegalStateException("beside level " + i, pile));
            }
            throw pile;
        }

        static void say(String message) {
            throw new RuntimeException(message);
        }

        static void throwWild() {
            throw new Wild();
        }

        static void heavy() {
            throw new Heavy();
        }

        static Node cyclic() {
            Node node = new Node();
            node.next = node;
            return node;
        }
    }

    static final class Broken {
        static {
            if (true) {
                throw new IllegalStateException("no way");
            }
        }

        static void nothing() {}
    }

    static final class Node {
        Node next;
    }

    /** Made by the program in a way that econtext can't guess. */
    static final class OutOfStock extends Exception {
        private static final long serialVersionUID = 1;

        OutOfStock(String a, String b) {
            super(b + ", " + a);
        }

        public OutOfStock(String message) {
            super(message);
        }
    }

    /** Has no cause, and can't get one. */
    static final class Causeless extends Exception {
        private static final long serialVersionUID = 1;

        Causeless(String message) {
            super(message, null);
        }
    }

    static final class Heavy extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Thread thread = Thread.currentThread();

        Heavy() {
            super("heavy");
        }

        Thread thread() {
            return thread;
        }
    }

    static final class Wild extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("wild");
        }
    }
}
