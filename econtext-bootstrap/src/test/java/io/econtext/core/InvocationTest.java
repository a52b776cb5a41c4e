package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.testing.Eventually;
import io.econtext.testing.NoThreadLeft;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of every kind, and how they fail. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class InvocationTest {
    private Target target;

    @BeforeEach
    void open() {
        target = new Target(2);
    }

    @AfterEach
    void close() {
        target.close();
    }

    @Test
    void aStaticMethodIsCalled() throws Exception {
        CallBody call = CallBody.of(Integer.class, "parseInt", int.class, String.class, int.class)
                .with("ff")
                .with(16);
        assertThat(target.call(call).value(int.class)).isEqualTo(255);
    }

    @Test
    void aResultThatNobodyWantsIsDropped() throws Exception {
        CallBody call = CallBody.of(Thread.class, "currentThread", Thread.class).returning("V");
        assertThat(target.call(call).value(Object.class)).isNull();
        CallBody endless =
                CallBody.of(InvocationTest.class, "endless", Future.class).returning("V");
        assertThat(target.call(endless).value(Object.class)).isNull();
    }

    static Future<String> endless() {
        return new CompletableFuture<>();
    }

    @Test
    void aMethodOfTheFirstArgumentIsCalled() throws Exception {
        CallBody call = new CallBody(Invocation.VIRTUAL)
                .method(String.class, "concat", String.class, String.class)
                .with("econ")
                .with("text");
        assertThat(target.call(call).value(String.class)).isEqualTo("econtext");
    }

    @Test
    void aMethodOfNullIsAFailureOfTheCall() throws Exception {
        CallBody call = new CallBody(Invocation.VIRTUAL)
                .method(String.class, "trim", String.class)
                .with((Object) null);
        assertThat(target.call(call).thrown().type()).isEqualTo(NullPointerException.class.getName());
    }

    @Test
    void aConstructorMakesTheResult() throws Exception {
        CallBody call = CallBody.making(CallBody.CONSTRUCTOR, String.class, byte[].class)
                .with((Object) Text.bytes("made"));
        assertThat(target.call(call).value(String.class)).isEqualTo("made");
    }

    @Test
    void anObjectIsKeptUsedByItsNumberAndClosedAtItsEnd() throws Exception {
        int number = (Integer) target.call(CallBody.making(Invocation.KEEP, Counter.class, int.class)
                        .with(40))
                .value(int.class);
        CallBody more = new CallBody(Invocation.KEPT)
                .object(number)
                .method(Counter.class, "add", int.class, int.class)
                .with(2);
        assertThat(target.call(more).value(int.class)).isEqualTo(42);
        Counter kept = (Counter) target.context.calls.objects.get(number);

        assertThat(target.call(new CallBody(Invocation.RELEASE).object(number)).value(void.class))
                .isNull();

        assertThat(kept.closed).isTrue();
        assertThat(target.context.calls.objects).isEmpty();
        assertThat(target.call(more).thrown().message).isEqualTo("object " + number + " was released");
        assertThat(target.call(new CallBody(Invocation.RELEASE).object(number)).value(void.class))
                .isNull();
    }

    @Test
    void privateMethodsOfPrivateClassesAreCalled() throws Exception {
        assertThat(target.call(CallBody.of(Functions.class, "hidden", String.class))
                        .value(String.class))
                .isEqualTo("found");
    }

    @Test
    void anArrayForVarargsIsPassedAsItIs() throws Exception {
        assertThat(target.call(CallBody.of(Functions.class, "count", int.class, byte[].class)
                                .with((Object) new byte[3]))
                        .value(int.class))
                .isEqualTo(3);
    }

    @Test
    void aMethodWithoutResultAnswersNull() throws Exception {
        assertThat(target.call(CallBody.of(Thread.class, "yield", void.class)).value(void.class))
                .isNull();
    }

    @Test
    void whatAMethodThrowsTravelsWithTypesMessageStackAndCauses() throws Exception {
        Answer.Thrown thrown =
                target.call(CallBody.of(Functions.class, "fail", void.class)).thrown();
        assertThat(thrown.types)
                .containsExactly(
                        FileNotFoundException.class.getName(), IOException.class.getName(), Exception.class.getName());
        assertThat(thrown.message).isEqualTo("no such thing");
        assertThat(thrown.frames.get(0)).startsWith(Functions.class.getName() + ".fail(InvocationTest.java:");
        assertThat(thrown.causes.get(0).message).isEqualTo("because");
    }

    @Test
    void whatAConstructorOrAnInitializerThrowsTravels() throws Exception {
        assertThat(target.call(CallBody.making(Invocation.KEEP, Counter.class, int.class)
                                .with(-1))
                        .thrown()
                        .message)
                .isEqualTo("negative");
        assertThat(target.call(CallBody.of(Broken.class, "call", void.class))
                        .thrown()
                        .type())
                .isEqualTo(ExceptionInInitializerError.class.getName());
    }

    @Test
    void whatTheJdkWrapsOthersInTravelsAsItIsToo() throws Exception {
        Answer.Thrown direct = target.call(CallBody.of(Functions.class, "failWrapped", void.class))
                .thrown();
        assertThat(direct.type()).isEqualTo(InvocationTargetException.class.getName());
        Answer.Thrown later = target.call(CallBody.of(Functions.class, "failLater", CompletableFuture.class))
                .thrown();
        assertThat(later.type()).isEqualTo(InvocationTargetException.class.getName());
        Answer.Thrown bare = target.call(CallBody.of(Functions.class, "failBare", Future.class))
                .thrown();
        assertThat(bare.message).isEqualTo("without a cause");
    }

    @Test
    void whatCanNotBeDescribedIsThrownAllTheSame() throws Exception {
        assertThat(target.call(CallBody.of(Functions.class, "throwUndescribable", void.class))
                        .thrown()
                        .message)
                .isEqualTo("describing it threw " + IllegalStateException.class.getName());
        assertUsable();
    }

    @Test
    void whatThrowsWhileItIsWrittenIsAResultThatCanNotTravel() throws Exception {
        Answer answer = target.call(
                CallBody.of(Functions.class, "wildList", List.class).returning("Ljava/util/List<Ljava/lang/String;>;"));
        assertThat(answer.outcome).as("it ran").isEqualTo(Answer.NOT_PORTABLE);
        assertThat(answer.text()).startsWith("no answer could be made: " + Functions.class.getName());
        assertUsable();
    }

    @Test
    void anOutputThatCanNotBeFlushedIsNoFailureOfACall() throws Exception {
        PrintStream before = System.out;
        System.setOut(new PrintStream(before) {
            @Override
            public void flush() {
                throw new IllegalStateException();
            }
        });
        try {
            assertUsable();
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void anUnknownMethodOrClassIsAFailureOfTheCall() throws Exception {
        assertThat(target.call(CallBody.of(Functions.class, "absent", void.class))
                        .thrown()
                        .type())
                .isEqualTo(NoSuchMethodException.class.getName());
        assertThat(target.call(CallBody.of(Functions.class, "x", void.class).ownerName("no.such.Type"))
                        .thrown()
                        .type())
                .isEqualTo(ClassNotFoundException.class.getName());
    }

    @Test
    void anArgumentThatCanNotBeReadIsAFailureOfTheCall() throws Exception {
        byte[] lying = Binder.write("x", String.class);
        lying[4] = 0x7E;
        assertThat(target.call(CallBody.of(String.class, "valueOf", String.class, Object.class)
                                .with(lying))
                        .outcome)
                .isEqualTo(Answer.THROWN);
        assertThat(target.call(CallBody.of(Integer.class, "parseInt", int.class, String.class)
                                .with(lying))
                        .thrown()
                        .type())
                .isEqualTo(ValueException.class.getName());
        assertUsable();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 8})
    void aCallWithoutAHeadIsRefused(int length) throws Exception {
        assertThat(new Answer(target.begin(new byte[length]).next()).outcome).isEqualTo(Answer.REFUSED);
        assertThat(target.context.calls.running).isEmpty();
    }

    @Test
    void aCallThatIsCutOffIsAFailureOfTheCall() throws Exception {
        byte[] whole = CallBody.of(Functions.class, "hidden", String.class).bytes();
        for (int length = 9; length < whole.length; length++) {
            Message reply = target.begin(Arrays.copyOf(whole, length)).next();
            assertThat(new Answer(reply).outcome).isEqualTo(Answer.THROWN);
        }
        assertUsable();
    }

    @Test
    void aResultThatCanNotTravelIsSaidAndTheContextStaysUsable() throws Exception {
        Answer answer = target.call(CallBody.of(Thread.class, "currentThread", Thread.class));
        assertThat(answer.outcome).isEqualTo(Answer.NOT_PORTABLE);
        assertUsable();
    }

    @Test
    void aResultBeyondTheLimitIsSaidAndTheContextStaysUsable() throws Exception {
        Answer answer = target.call(
                CallBody.of(Functions.class, "bytes", byte[].class, int.class).with(Wire.MAX_MESSAGE));
        assertThat(answer.outcome).isEqualTo(Answer.NOT_PORTABLE);
        assertThat(answer.text()).contains("use a channel");
        assertUsable();
    }

    @Test
    void theLongestResultTravels() throws Exception {
        Answer answer = target.call(
                CallBody.of(Functions.class, "bytes", byte[].class, int.class).with(Wire.MAX_MESSAGE - 100));
        assertThat((byte[]) answer.value(byte[].class)).hasSize(Wire.MAX_MESSAGE - 100);
    }

    @Test
    void aReplySaysWhichLogLineCameLast() throws Exception {
        target.context.logs.line(1, 0, "", "one");
        target.context.logs.line(1, 0, "", "two");
        assertThat(target.call(CallBody.of(Thread.class, "yield", void.class)).lastLine)
                .isEqualTo(2);
        assertThat(target.call(CallBody.of(Thread.class, "currentThread", Thread.class)).lastLine)
                .as("also of a result that can't travel")
                .isEqualTo(2);
    }

    @Test
    void onlyAncestorsMayCall() throws Exception {
        Replies replies = new Replies();
        int handle = target.controller.register(replies);
        byte[] body = CallBody.of(Functions.class, "hidden", String.class).bytes();
        target.controller.send(new Message(
                Message.NORMAL | Message.LAST, 6, 6, Target.ID, Handles.CALL, handle, 1, 0, body.length, body));
        // The reply goes to context 6, which is not there; what counts is that nothing ran.
        assertThat(target.witness.refusals).containsExactly(Router.NOT_ALLOWED + Handles.CALL);
        assertThat(target.context.calls.running).isEmpty();
        assertThat(replies.isEmpty()).isTrue();
    }

    @Test
    void aOneWayCallIsNotAnswered() throws Exception {
        Functions.reset();
        byte[] body = CallBody.of(Functions.class, "arrive", void.class).bytes();
        target.controller.send(target.controller.message(Message.NORMAL, Target.ID, Handles.CALL, 0, body));
        Functions.arrived.await();
        assertUsable();
    }

    @Test
    void callsRunInParallel() throws Exception {
        Functions.reset();
        Replies waiting = target.begin(CallBody.of(Functions.class, "block", String.class));
        Functions.arrived.await();
        assertUsable();
        Functions.released.countDown();
        assertThat(new Answer(waiting.next()).value(String.class)).isEqualTo("released");
    }

    @Test
    void aReplyWaitsForRoomInTheQueue() throws Exception {
        target.wire.up.hold();
        int length = Outbox.LIMIT / 2;
        Replies[] replies = new Replies[4];
        for (int i = 0; i < replies.length; i++) {
            replies[i] = target.begin(CallBody.of(Functions.class, "bytes", byte[].class, int.class)
                    .with(length));
        }
        // The first is in the queue, the next two hold both workers.
        Eventually.holds(() -> target.context.calls.running.size() == 1);
        target.wire.up.release();
        for (Replies reply : replies) {
            assertThat((byte[]) new Answer(reply.next()).value(byte[].class)).hasSize(length);
        }
    }

    @Test
    void aReplyThatWaitsForRoomIsGivenUpWithItsLink() throws Exception {
        target.wire.up.hold();
        for (int i = 0; i < 4; i++) {
            target.begin(CallBody.of(Functions.class, "bytes", byte[].class, int.class)
                    .with(Outbox.LIMIT / 2));
        }
        target.wire.up.end("cut");
        target.context.calls.workers.close();
        assertThat(target.context.calls.workers.await(30000)).isTrue();
    }

    @Test
    void moreCallsThanMayWaitAreRefused() throws Exception {
        Functions.reset();
        target.begin(CallBody.of(Functions.class, "block", String.class));
        target.begin(CallBody.of(Functions.class, "block", String.class));
        Functions.arrived.await();
        for (int i = 0; i < Workers.MAX_QUEUE; i++) {
            byte[] waiting = CallBody.of(Functions.class, "block", String.class).bytes();
            target.controller.send(target.controller.message(Message.NORMAL, Target.ID, Handles.CALL, 0, waiting));
        }
        Answer answer = target.call(CallBody.of(Functions.class, "hidden", String.class));
        assertThat(answer.outcome).isEqualTo(Answer.REFUSED);
        assertThat(answer.text()).isEqualTo(Calls.BUSY);
    }

    private void assertUsable() throws InterruptedException {
        assertThat(target.call(CallBody.of(Functions.class, "hidden", String.class))
                        .value(String.class))
                .isEqualTo("found");
    }

    /** What is called. */
    static final class Functions {
        static volatile CountDownLatch arrived;
        static volatile CountDownLatch released;

        static void reset() {
            arrived = new CountDownLatch(1);
            released = new CountDownLatch(1);
        }

        private static String hidden() {
            return "found";
        }

        static int count(byte... bytes) {
            return bytes.length;
        }

        static byte[] bytes(int length) {
            return new byte[length];
        }

        static void arrive() {
            arrived.countDown();
        }

        static String block() throws InterruptedException {
            arrived.countDown();
            released.await();
            return "released";
        }

        static void fail() throws IOException {
            throw (IOException) new FileNotFoundException("no such thing").initCause(new Error("because"));
        }

        static void failWrapped() throws InvocationTargetException {
            throw new InvocationTargetException(null);
        }

        static CompletableFuture<String> failLater() {
            CompletableFuture<String> future = new CompletableFuture<>();
            future.completeExceptionally(new InvocationTargetException(null));
            return future;
        }

        static Future<String> failBare() {
            return new CompletableFuture<>() {
                @Override
                public String get() throws ExecutionException {
                    throw new ExecutionException("without a cause", null);
                }
            };
        }

        static List<String> wildList() {
            return new AbstractList<>() {
                @Override
                public String get(int index) {
                    throw new IllegalStateException() {
                        private static final long serialVersionUID = 1;

                        @Override
                        public String getMessage() {
                            throw this;
                        }
                    };
                }

                @Override
                public int size() {
                    return 1;
                }
            };
        }

        static void throwUndescribable() {
            throw new RuntimeException() {
                private static final long serialVersionUID = 1;

                @Override
                public synchronized Throwable getCause() {
                    throw new IllegalStateException();
                }
            };
        }
    }

    /** An object that is kept. */
    static final class Counter implements AutoCloseable {
        private final AtomicInteger count;
        volatile boolean closed;

        Counter(int from) {
            if (from < 0) {
                throw new IllegalArgumentException("negative");
            }
            count = new AtomicInteger(from);
        }

        int add(int more) {
            return count.addAndGet(more);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Can't be initialized. */
    static final class Broken {
        private static final int NUMBER = Integer.parseInt("none");

        static void call() {
            throw new AssertionError(NUMBER);
        }
    }
}
