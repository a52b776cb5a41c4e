package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.Call;
import io.econtext.CallChain;
import io.econtext.CallTimeoutException;
import io.econtext.Channel;
import io.econtext.ConnectFailedException;
import io.econtext.ContextLostException;
import io.econtext.ContextOptions;
import io.econtext.ContextState;
import io.econtext.Econtext;
import io.econtext.Exec;
import io.econtext.ExecResult;
import io.econtext.Local;
import io.econtext.NotAllowedException;
import io.econtext.NotPortableException;
import io.econtext.RemoteCallException;
import io.econtext.RemoteContext;
import io.econtext.Sender;
import io.econtext.TypeRef;
import io.econtext.broker.Broker;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Code in a context starts children of that context and calls them; contexts are values. */
@OverEveryWay
class OwnChildrenIT extends Behaviour {
    private RemoteContext child;

    /** The child that code in the context starts, as this side has it. */
    private RemoteContext child() {
        child = context.call(There::start, "child");
        return child;
    }

    @AfterEach
    void nothingIsLeftOfTheChild() {
        if (child != null) {
            child.close();
            await().untilAsserted(() -> assertThat(broker.contexts()).doesNotContain(child));
            child = null;
        }
    }

    @Test
    void codeStartsAChildCallsItAndEndsIt() {
        List<String> told = context.call(There::startAskAndClose, "brief");
        assertThat(told)
                .containsExactly(
                        "there/brief", "there/brief child of there", "CONNECTED", "Java", "local:", "42\n", "CLOSED");
        await().untilAsserted(
                        () -> assertThat(events.statesOf("there/brief")).last().isEqualTo(ContextState.LOST));
        assertThat(events.statesOf("there/brief")).startsWith(ContextState.CONNECTING, ContextState.CONNECTED);
        await().untilAsserted(() ->
                assertThat(broker.contexts()).extracting(RemoteContext::name).doesNotContain("there/brief"));
    }

    @Test
    void whatAChildPrintsForItsParentArrivesBeforeTheParentsResult() {
        RemoteContext known = child();
        for (int i = 0; i < 100; i++) {
            String text = "for the parent " + i;
            context.run(There::letPrint, known, text);
            assertThat(printed.lines(line -> line.context().equals("there/child")
                            && line.message().equals(text)))
                    .as(text)
                    .hasSize(1);
        }
    }

    @Test
    void theControllerKnowsTheChildAndCallsItToo() {
        RemoteContext known = child();
        assertThat(known).isSameAs(broker.context("there/child"));
        assertThat(known.via()).isSameAs(context);
        assertThat(known.connect()).isSameAs(known);
        assertThat(known.state()).isEqualTo(ContextState.CONNECTED);
        assertThat(known.call(There::name)).isEqualTo("there/child");
        assertThat(known.info().pid()).isNotEqualTo(context.info().pid());
        known.run(There::print, "from the child");
        if (wayIn != WayIn.IN_PROCESS) {
            await().until(() -> !printed.lines(line -> line.context().equals("there/child")
                            && line.message().equals("from the child"))
                    .isEmpty());
        }
    }

    @Test
    void contextsStayWhatTheyAre() {
        RemoteContext known = child();
        for (RemoteContext each : List.of(context, known)) {
            for (RemoteContext through : List.of(context, known)) {
                RemoteContext same = through.call(There::same, each);
                assertThat(same).isSameAs(each);
            }
        }
        RemoteContext untimed = context.call(There::same, known.withTimeout(PATIENCE));
        assertThat(untimed).isSameAs(known);
        RemoteContext none = context.call(There::same, (RemoteContext) null);
        assertThat(none).isNull();
        Pair pair = context.call(There::same, new Pair("x", known));
        assertThat(pair.context).isSameAs(known);
        Map<String, List<RemoteContext>> map = Map.of("a", List.of(context, known), "b", List.of());
        assertThat(context.call(There::sameMap, map)).isEqualTo(map);
        assertThat(context.call(() -> known.name() + known.id())).isEqualTo("there/child" + known.id());
        assertThat(context.call(There::areSame, known, List.of(known, known))).isTrue();
        try (Channel<RemoteContext> contexts = context.open(There::send, known)) {
            assertThat(contexts).containsExactly(known, known);
        }
    }

    @Test
    void aContextThatIsNoneIsRefused() {
        Call<RemoteContext, Exception> forged =
                Call.named(TypeRef.of(RemoteContext.class), There.class.getName(), "forged");
        assertThatThrownBy(() -> context.invoke(forged))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("there is no context 9999 called 'there' here");
        RemoteContext never = broker.define(Local.process().named("never"));
        assertThatThrownBy(() -> context.call(There::same, never))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("'never' was never connected");
        broker.remove("never");
        try (Broker other = Broker.create()) {
            RemoteContext foreign = other.define(Local.process().named("foreign"));
            assertThatThrownBy(() -> context.call(There::same, foreign))
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageContaining("'foreign'");
        }
    }

    @Test
    void exceptionsComeBackToTheCodeThatCalls() {
        assertThat(context.call(There::failuresOf, child()))
                .containsExactly(
                        "java.io.IOException: java.io.FileNotFoundException: x",
                        "io.econtext.RemoteCallException: java.lang.IllegalStateException: broken",
                        "ArithmeticException",
                        "argument 1 of OwnChildrenIT$There#take can't travel: "
                                + "java.lang.Thread can't travel: it is none of the JDK's types that can travel");
    }

    @Test
    void aDeadlineThatCodeSetsEndsTheCallInItsChild() throws Exception {
        RemoteContext known = child();
        assertThat(context.call(There::late, known))
                .startsWith("OwnChildrenIT$There#block in there/child did not answer within 300 ms");
        await().until(() -> known.call(There::wasInterrupted));
    }

    @Test
    void aCallThatGoesOnThoughCodeToldItToStopIsLogged() throws Exception {
        if (wayIn == WayIn.IN_PROCESS) {
            return; // prints where this program prints
        }
        child = context.call(There::startHasty, "child");
        context.run(There::beLateForStubborn, child);
        String stuck = "OwnChildrenIT$There#beStubborn in there/child was told to stop and goes on:";
        await().until(() -> printed.of("stderr").contains(stuck));
    }

    @Test
    void cancelGoesOnToTheCallThatCodeWaitsFor() {
        RemoteContext known = child();
        CompletableFuture<Void> call = context.runAsync(There::blockIn, known);
        await().until(() -> known.call(There::isBlocked));
        call.cancel(true);
        await().until(() -> known.call(There::wasInterrupted));
        assertThat(context.call(There::name)).isEqualTo("there");
    }

    @Test
    void codeCallsInEveryStyle() throws Exception {
        assertThat(context.call(There::everyStyle, child()))
                .containsExactly(
                        "async 9", "lambda 42", "posted", "proxy 1", "proxy 2", "[0, 1, 2]", "chained 12", "ping");
    }

    @Test
    void aChildMayCallNeitherItsParentNorASibling() {
        RemoteContext known = child();
        RemoteContext sibling = context.call(There::start, "sibling");
        String notAllowed = NotAllowedException.class.getName();
        assertThat(known.call(There::tryToCall, context)).startsWith(notAllowed);
        assertThat(known.call(There::tryToCall, sibling)).startsWith(notAllowed);
        assertThat(known.call(There::tryToClose, sibling)).startsWith(notAllowed);
        assertThat(sibling.call(There::name)).isEqualTo("there/sibling");
        assertThat(context.call(There::name)).isEqualTo("there");
        sibling.close();
    }

    @Test
    void codeLearnsThatItsChildIsLost() {
        RemoteContext known = child();
        assertThat(context.call(There::killed, known))
                .startsWith("there/child is lost: ")
                .endsWith(" LOST");
        await().until(() -> known.state() == ContextState.LOST);
        assertThatThrownBy(() -> known.call(There::name))
                .isInstanceOf(ContextLostException.class)
                .hasMessageContaining("code in 'there' started it");
        assertThatThrownBy(known.callAsync(There::name)::join).hasCauseInstanceOf(ContextLostException.class);
    }

    @Test
    void whatCannotBeStartedSaysWhyAndLeavesNothing() {
        assertThat(context.call(There::failToStart))
                .startsWith(ConnectFailedException.NoJava.class.getName())
                .contains("/no/java");
        child();
        assertThat(context.call(There::startAgain, "child"))
                .startsWith(ConnectFailedException.NotAllowed.class.getName())
                .contains("there is a context 'there/child' already");
        assertThat(context.call(There::giveUp)).isEqualTo("cancelled");
        await().untilAsserted(() ->
                assertThat(broker.contexts()).extracting(RemoteContext::name).doesNotContain("there/given-up"));
    }

    @Test
    void childrenEndWithTheContextWhoseCodeStartedThem() {
        RemoteContext other = connect("other");
        RemoteContext last = other.call(There::start, "last");
        RemoteContext grandchild = last.call(There::start, "grandchild");
        assertThat(grandchild.name()).endsWith("other/last/grandchild");
        assertThat(grandchild.call(There::name)).isEqualTo(grandchild.name());
        assertThat(other.call(There::nameOf, grandchild)).isEqualTo(grandchild.name());
        broker.remove("other");
        assertThat(last.state()).isIn(ContextState.CLOSED, ContextState.LOST);
        assertThat(grandchild.state()).isIn(ContextState.CLOSED, ContextState.LOST);
    }

    @Test
    void functionsOfClassesWithOthersThatOnlyTheControllerHasRun() {
        assertThat(context.call(Mixed::callIn, child())).isEqualTo("there/child and there/child");
    }

    record Pair(String name, RemoteContext context) {}

    /** One of its methods is for the controller only. */
    static final class Mixed {
        static String here(Broker broker) {
            return broker.toString();
        }

        static String there() {
            return Econtext.current().name();
        }

        static String callIn(RemoteContext child) {
            String and = " and ";
            return child.call(Mixed::there) + child.call(() -> and + there());
        }
    }

    interface Counter {
        int next();
    }

    static final class Count implements Counter {
        private int count;

        @Override
        public int next() {
            return ++count;
        }
    }

    /** Runs in contexts. */
    static final class There {
        private static final ContextOptions OPTIONS = ContextOptions.builder()
                .connectTimeout(Duration.ofSeconds(90))
                .callTimeout(Duration.ofSeconds(90))
                .build();
        private static final CountDownLatch NEVER = new CountDownLatch(1);
        private static volatile boolean blocked;
        private static volatile boolean interrupted;
        private static volatile boolean posted;

        static RemoteContext start(String name) {
            return Econtext.current().connect(Local.process().named(name).with(OPTIONS));
        }

        static List<String> startAskAndClose(String name) {
            RemoteContext child = start(name);
            try (child) {
                ExecResult result = child.exec("sh", "-c", "echo $((6*7))");
                return List.of(
                        child.name(),
                        child.call(There::describe) + child.via().name(),
                        child.state().toString(),
                        child.info().toString().substring(0, 4),
                        child.address(),
                        result.out(),
                        closed(child));
            }
        }

        private static String closed(RemoteContext child) {
            child.close();
            return child.state().toString();
        }

        static String describe() {
            Econtext here = Econtext.current();
            return here.name() + " child of ";
        }

        static String name() {
            return Econtext.current().name();
        }

        static void letPrint(RemoteContext child, String line) {
            child.run(There::print, line);
        }

        static String nameOf(RemoteContext context) {
            return context.call(There::name);
        }

        static void print(String line) {
            System.out.println(line);
        }

        static <T> T same(T value) {
            return value;
        }

        static Map<String, List<RemoteContext>> sameMap(Map<String, List<RemoteContext>> map) {
            return map;
        }

        static boolean areSame(RemoteContext one, List<RemoteContext> others) {
            return others.stream().allMatch(other -> other == one);
        }

        static void send(RemoteContext context, Sender<RemoteContext> contexts) throws InterruptedException {
            contexts.send(context);
            contexts.send(context);
        }

        static byte[] forged() {
            return new byte[] {0, 0, 0x27, 0x0f, 't', 'h', 'e', 'r', 'e'};
        }

        static String read(String file) throws IOException {
            throw new FileNotFoundException(file);
        }

        static void fail() {
            throw new IllegalStateException("broken");
        }

        static int divide(int a, int b) throws ArithmeticException {
            return a / b;
        }

        static void take(Thread thread) {}

        static List<String> failuresOf(RemoteContext child) {
            String[] failures = new String[4];
            try {
                child.call(There::read, "x");
            } catch (IOException e) {
                failures[0] = e.toString();
            }
            try {
                child.run(There::fail);
            } catch (RemoteCallException e) {
                failures[1] = e.toString();
            }
            try {
                child.call(There::divide, 1, 0);
            } catch (ArithmeticException e) {
                failures[2] = e.getClass().getSimpleName();
            }
            try {
                child.run(There::take, Thread.currentThread());
            } catch (NotPortableException e) {
                failures[3] = e.getMessage();
            }
            return List.of(failures);
        }

        static void block() throws InterruptedException {
            blocked = true;
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                interrupted = true;
                throw e;
            }
        }

        static boolean isBlocked() {
            return blocked;
        }

        static boolean wasInterrupted() {
            return interrupted;
        }

        /** More than once, as on a busy machine its time may be over before it begins. */
        static String late(RemoteContext child) throws InterruptedException {
            String message = "in time";
            do {
                try {
                    child.withTimeout(Duration.ofMillis(300)).run(There::block);
                } catch (CallTimeoutException e) {
                    message = e.getMessage();
                }
            } while (!child.call(There::isBlocked));
            return message;
        }

        static RemoteContext startHasty(String name) {
            ContextOptions hasty =
                    OPTIONS.toBuilder().grace(Duration.ofMillis(100)).build();
            return Econtext.current().connect(Local.process().named(name).with(hasty));
        }

        static void beStubborn() {
            blocked = true;
            while (true) {
                Thread.interrupted();
                LockSupport.parkNanos(1_000_000);
            }
        }

        static void beLateForStubborn(RemoteContext child) {
            do {
                try {
                    child.withTimeout(Duration.ofMillis(300)).run(There::beStubborn);
                } catch (CallTimeoutException e) {
                    // As it should be.
                }
            } while (!child.call(There::isBlocked));
        }

        static void blockIn(RemoteContext child) throws InterruptedException {
            child.run(There::block);
        }

        static int tripled(int n) {
            return 3 * n;
        }

        static void post() {
            posted = true;
        }

        static boolean wasPosted() {
            return posted;
        }

        static void count(int to, Sender<Integer> numbers) throws InterruptedException {
            for (int i = 0; i < to; i++) {
                numbers.send(i);
            }
        }

        static List<String> everyStyle(RemoteContext child) throws InterruptedException {
            int six = 6;
            child.post(Call.running(There::post));
            while (!child.call(There::wasPosted)) {
                Thread.onSpinWait();
            }
            Counter counter = child.proxy(Counter.class, Count::new);
            String proxies = "proxy " + counter.next();
            String again = "proxy " + counter.next();
            child.release(counter);
            CompletableFuture<Integer> chained;
            try (CallChain chain = child.chain()) {
                chain.post(Call.running(There::post));
                chained = chain.callAsync(There::tripled, 4);
            }
            java.util.ArrayList<Integer> numbers = new java.util.ArrayList<>();
            try (Channel<Integer> channel = child.open(There::count, 3)) {
                for (int number : channel) {
                    numbers.add(number);
                }
            }
            return List.of(
                    "async " + child.callAsync(There::tripled, 3).join(),
                    "lambda " + child.call(() -> six * 7),
                    "posted",
                    proxies,
                    again,
                    numbers.toString(),
                    "chained " + chained.join(),
                    child.ping() > 0 ? "ping" : "");
        }

        static String tryToCall(RemoteContext other) {
            try {
                other.run(Exec::nothing);
                return "it ran";
            } catch (RuntimeException e) {
                return e.toString();
            }
        }

        static String tryToClose(RemoteContext other) {
            try {
                other.close();
                return "it was closed";
            } catch (RuntimeException e) {
                return e.toString();
            }
        }

        static void halt() {
            Runtime.getRuntime().halt(3);
        }

        static String killed(RemoteContext child) {
            try {
                child.run(There::halt);
                return "it lives";
            } catch (ContextLostException e) {
                return e.getMessage() + " " + child.state();
            }
        }

        static String failToStart() {
            try {
                ContextOptions options = OPTIONS.toBuilder().java("/no/java").build();
                Econtext.current().connect(Local.process().named("no-java").with(options));
                return "it started";
            } catch (ConnectFailedException e) {
                return e.toString();
            }
        }

        static String startAgain(String name) {
            try {
                start(name);
                return "it started";
            } catch (ConnectFailedException e) {
                return e.toString();
            }
        }

        static String giveUp() {
            CompletableFuture<RemoteContext> starting = Econtext.current()
                    .connectAsync(Local.process().named("given-up").with(OPTIONS));
            starting.cancel(true);
            return starting.isCancelled() ? "cancelled" : "not cancelled";
        }
    }
}
