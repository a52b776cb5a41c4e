package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.Call;
import io.econtext.ContextOptions;
import io.econtext.Econtext;
import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import io.econtext.TypeRef;
import io.econtext.UndeliverableException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

@OverEveryWay
class CallsIT extends Behaviour {
    private static final int MEBI = 1 << 20;

    @Test
    void aStaticMethodRunsThere() {
        assertThat(context.call(CallsIT::whereAmI)).isEqualTo("there");
        assertThat(whereAmI()).isEqualTo("controller");
    }

    static String whereAmI() {
        return Econtext.current().name();
    }

    @Test
    void aLambdaTakesWhatItCaptured() {
        int base = 40;
        String text = "für 中国 \uD83D\uDE00";
        List<Integer> more = List.of(1, 1);
        assertThat(context.call(() -> text + (base + more.get(0) + more.get(1))))
                .isEqualTo(text + 42);
    }

    @Test
    void aLambdaOfArgumentsRuns() {
        assertThat(context.call((Integer a, Integer b) -> a * b, 6, 7)).isEqualTo(42);
    }

    @Test
    void methodsOfTheJdkRun() {
        String os = context.call(System::getProperty, "os.name");
        assertThat(os).isEqualTo(System.getProperty("os.name"));
        Path path = context.call(Path::of, "/tmp", new String[] {"a", "b"});
        assertThat(path).isEqualTo(Path.of("/tmp/a/b"));
    }

    @Test
    void aMethodReferenceBoundToAPortableObjectTakesItAlong() {
        assertThat(context.call(new Point(3, 4)::plus, new Point(1, 1))).isEqualTo(new Point(4, 5));
        assertThat(context.call("abc"::concat, "def")).isEqualTo("abcdef");
    }

    @Test
    void aMethodReferenceThatIsNotBoundTakesTheObjectForItsFirstArgument() {
        assertThat(context.call(Point::plus, new Point(3, 4), new Point(1, 1))).isEqualTo(new Point(4, 5));
        assertThat(context.call(String::trim, " x ")).isEqualTo("x");
    }

    @Test
    void aConstructorReferenceMakesAValueThere() {
        assertThat(context.call(Point::new, 3, 4)).isEqualTo(new Point(3, 4));
    }

    @Test
    void overloadsAreToldApartByTheirParameters() {
        assertThat(context.<Integer, String, RuntimeException>call(CallsIT::kind, 1))
                .isEqualTo("int");
        assertThat(context.<String, String, RuntimeException>call(CallsIT::kind, "1"))
                .isEqualTo("String");
        assertThat(context.<List<String>, String, RuntimeException>call(CallsIT::kind, List.of("1")))
                .isEqualTo("List");
    }

    static String kind(int i) {
        return "int";
    }

    static String kind(String s) {
        return "String";
    }

    static String kind(List<String> l) {
        return "List";
    }

    @Test
    void varargsAreAnArrayOrSingleArguments() {
        String two = context.call(CallsIT::joined, new String[] {"a", "b"});
        assertThat(two).isEqualTo("a+b");
        assertThat(context.<String, String, String, String, RuntimeException>call(CallsIT::joined, "a", "b", "c"))
                .isEqualTo("a+b+c");
    }

    static String joined(String... parts) {
        return String.join("+", parts);
    }

    @Test
    void genericTypesOfArgumentsAndResultsAreKept() {
        Map<String, List<Point>> in = Map.of("a", List.of(new Point(1, 2)), "b", List.of());
        Map<String, List<Point>> out = context.call(CallsIT::mirrored, in);
        assertThat(out).isEqualTo(Map.of("a", List.of(new Point(2, 1)), "b", List.of()));
        Point point = context.call(CallsIT::same, new Point(5, 6));
        assertThat(point).isEqualTo(new Point(5, 6));
    }

    static Map<String, List<Point>> mirrored(Map<String, List<Point>> in) {
        return in.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey,
                        e -> e.getValue().stream().map(p -> new Point(p.y, p.x)).toList()));
    }

    static <T> T same(T value) {
        return value;
    }

    @Test
    void aLambdaThatReturnsAContainerSaysOfWhat() {
        List<Point> points =
                context.invoke(Call.of(() -> List.of(new Point(1, 2))).returning(new TypeRef<List<Point>>() {}));
        assertThat(points).containsExactly(new Point(1, 2));
    }

    @Test
    void valuesOfManyKindsComeBackAsTheyWent() {
        Many many = new Many(
                true,
                'ß',
                (short) -3,
                Long.MIN_VALUE,
                1.5,
                new BigDecimal("1e-30"),
                Colour.GREEN,
                Set.of(Colour.RED, Colour.GREEN),
                Optional.of(new Point(1, 2)),
                Optional.empty(),
                new byte[] {1, 2, 3},
                Instant.ofEpochSecond(1, 2),
                Duration.ofMillis(3),
                Path.of("relativ/ü"),
                null);
        Many same = context.call(CallsIT::same, many);
        assertThat(same).usingRecursiveComparison().isEqualTo(many);
        assertThat(context.call(CallsIT::nothing)).isNull();
    }

    static String nothing() {
        return null;
    }

    @Test
    void voidMethodsRun() throws Exception {
        context.run(CallsIT::remember, "this");
        assertThat(context.call(CallsIT::remembered)).isEqualTo("this");
        assertThat(remembered()).as("static fields are the context's own").isNull();
    }

    private static volatile String memory;

    static void remember(String text) {
        memory = text;
    }

    static String remembered() {
        return memory;
    }

    @Test
    void methodsAreFoundByName() throws Exception {
        assertThat(context.invoke(Call.named(TypeRef.of(String.class), CallsIT.class.getName(), "joinedTwo", "a", "b")))
                .isEqualTo("a&b");
    }

    static String joinedTwo(String a, String b) {
        return a + "&" + b;
    }

    @Test
    void privateMethodsOfPrivateClassesRun() {
        assertThat(context.call(Hidden::found)).isEqualTo("found");
    }

    private static final class Hidden {
        private static String found() {
            return "found";
        }
    }

    @Test
    void namesNeedNoAscii() {
        assertThat(context.call(Größe::messen, "中")).isEqualTo(new Größe("中", 1));
    }

    record Größe(String fläche, int länge) {
        static Größe messen(String fläche) {
            return new Größe(fläche, fläche.length());
        }
    }

    @Test
    void textSurvivesWhateverItIs() {
        for (String text :
                List.of("", "\0", "ü", "中国", "\uD83D\uDE00", "\u202Eabc", "a\r\nb\tc", "x".repeat(100_000))) {
            String same = context.call(CallsIT::same, text);
            assertThat(same).isEqualTo(text);
        }
    }

    @Test
    void tenMebibytesGoThereAndBack() {
        byte[] bytes = new byte[10 * MEBI];
        Arrays.fill(bytes, (byte) 7);
        byte[] same = context.call(CallsIT::same, bytes);
        assertThat(same).isEqualTo(bytes);
    }

    @Test
    void bigResultsOfParallelCallsAllArrive() {
        List<CompletableFuture<byte[]>> calls = IntStream.range(0, 6)
                .mapToObj(i -> context.callAsync(CallsIT::bytes, 5 * MEBI))
                .toList();
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).hasSize(5 * MEBI));
    }

    static byte[] bytes(int length) {
        return new byte[length];
    }

    @Test
    void anArgumentAboveTheLimitIsRefusedHere() {
        Assertions.assertThatThrownBy(() -> context.call(CallsIT::length, new byte[64 * MEBI + 1]))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("CallsIT#length")
                .hasMessageContaining("the limit is " + 64 * MEBI);
        assertThat(context.call(CallsIT::length, new byte[1])).isEqualTo(1);
    }

    static int length(byte[] bytes) {
        return bytes.length;
    }

    @Test
    void callersOnManyThreadsGetTheirOwnResults() {
        List<CompletableFuture<Void>> callers = IntStream.range(0, 8)
                .mapToObj(caller -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 1000; i++) {
                        int number = 1000 * caller + i;
                        Integer same = context.call(CallsIT::same, number);
                        assertThat(same).isEqualTo(number);
                    }
                }))
                .toList();
        callers.forEach(CompletableFuture::join);
    }

    @Test
    void callsRunInParallelUpToTheNumberOfWorkers() {
        RemoteContext four = connect(
                "four-workers", PATIENT.toBuilder().workers(Meeting.SIZE).build());
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 3 * Meeting.SIZE)
                .mapToObj(i -> four.callAsync(Meeting::attend))
                .toList();
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isLessThanOrEqualTo(Meeting.SIZE));
        broker.remove("four-workers");
    }

    /** Goes on when there are four, so calls that ran one after the other would never end. */
    private static final class Meeting {
        static final int SIZE = 4;
        static final CyclicBarrier BARRIER = new CyclicBarrier(SIZE);
        static final AtomicInteger PRESENT = new AtomicInteger();

        static int attend() throws InterruptedException, BrokenBarrierException, TimeoutException {
            int present = PRESENT.incrementAndGet();
            BARRIER.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            PRESENT.decrementAndGet();
            return present;
        }
    }

    @Test
    void callsBeyondTheNumberOfWorkersWaitInOrderAndAreRefusedWhereTooManyWait() throws Exception {
        RemoteContext one = connect("one-worker", PATIENT.toBuilder().workers(1).build());
        CompletableFuture<Void> gate = one.runAsync(Gate::await);
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 10_010)
                .mapToObj(i -> one.callAsync(Gate::pass, i))
                .toList();
        assertThat(calls.get(10_009))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(UndeliverableException.class)
                .withMessageContaining("CallsIT$Gate#pass in one-worker")
                .withMessageContaining("too many calls wait");
        gate.cancel(true);
        assertThat(calls.get(9_999).join()).isEqualTo(9_999);
        assertThat(one.call(Gate::passed)).hasSizeBetween(10_000, 10_001).isSorted();
        broker.remove("one-worker");
    }

    /** Holds up a worker until it is interrupted. */
    private static final class Gate {
        static final List<Integer> PASSED = Collections.synchronizedList(new ArrayList<>());

        static void await() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        static int pass(int number) {
            PASSED.add(number);
            return number;
        }

        static List<Integer> passed() {
            return PASSED;
        }
    }

    @Test
    void aDeadlineIsSetForAContextOrACall() {
        RemoteContext timed = context.withTimeout(Duration.ofSeconds(70));
        assertThat(timed.name()).isEqualTo("there");
        assertThat(timed.call(CallsIT::whereAmI)).isEqualTo("there");
        assertThat(timed.invoke(Call.of(CallsIT::whereAmI).withTimeout(Duration.ofSeconds(80))))
                .isEqualTo("there");
        assertThat(ContextOptions.DEFAULTS.callTimeout()).isEqualTo(Duration.ofSeconds(60));
    }

    record Point(int x, int y) {
        Point plus(Point other) {
            return new Point(x + other.x, y + other.y);
        }
    }

    enum Colour {
        RED,
        GREEN {
            @Override
            boolean isNice() {
                return true;
            }
        };

        boolean isNice() {
            return false;
        }
    }

    record Many(
            boolean flag,
            char letter,
            short small,
            long big,
            double fraction,
            BigDecimal exact,
            Colour colour,
            Set<Colour> colours,
            Optional<Point> point,
            Optional<Point> noPoint,
            byte[] bytes,
            Instant instant,
            Duration duration,
            Path path,
            String nothing) {}
}
