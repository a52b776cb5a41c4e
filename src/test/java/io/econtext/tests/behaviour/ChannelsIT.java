package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.Channel;
import io.econtext.ChannelClosedException;
import io.econtext.ChannelTimeoutException;
import io.econtext.RemoteCallException;
import io.econtext.RemoteContext;
import io.econtext.Sender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OverEveryWay
class ChannelsIT extends Behaviour {
    private static final int WINDOW = 256 << 10;

    /** Or the next test would count their interrupts. */
    @AfterEach
    void waitUntilNothingIsSentAnyMore() {
        await().until(() -> context.call(There::sources) == 0);
    }

    @Test
    void aHundredThousandItemsArriveInOrder() {
        try (Channel<Item> items = context.open(There::count, 100_000)) {
            int n = 0;
            for (Item item : items) {
                assertThat(item).isEqualTo(new Item(n, "item " + n));
                n++;
            }
            assertThat(n).isEqualTo(100_000);
        }
    }

    @Test
    void theEndIsRepeatable() throws InterruptedException {
        try (Channel<Item> items = context.open(There::count, 1)) {
            assertThat(items.isEnded()).isFalse();
            assertThat(items.receive()).isEqualTo(new Item(0, "item 0"));
            assertThat(items.receive()).isNull();
            assertThat(items.receive()).isNull();
            assertThat(items.receive(Duration.ZERO)).isNull();
            assertThat(items.isEnded()).isTrue();
        }
    }

    @Test
    void closingEarlyInterruptsTheSource() throws Exception {
        int interruptsBefore = context.call(There::interrupts);
        try (Channel<byte[]> items = context.open(There::sendForEver, 1000)) {
            assertThat(items.receive()).hasSize(1000);
        }
        await().until(() -> context.call(There::interrupts) == interruptsBefore + 1);
    }

    @Test
    void closingASourceThatWaitsInterruptsItToo() {
        int interruptsBefore = context.call(There::interrupts);
        Channel<String> nothing = context.open(There::sendNothing);
        await().until(() -> context.call(There::waiting) == 1);
        nothing.close();
        await().until(() -> context.call(There::interrupts) == interruptsBefore + 1);
        assertThatThrownBy(nothing::receive)
                .isInstanceOf(ChannelClosedException.class)
                .hasMessageContaining("closed here");
        nothing.close();
    }

    @Test
    void whatASourceSentBeforeItThrewArrivesFirst() {
        for (int i = 0; i < 50; i++) {
            List<Item> seen = new ArrayList<>();
            ChannelClosedException failed = catchThrowableOfType(ChannelClosedException.class, () -> {
                try (Channel<Item> items = context.open(There::failAfter, 100)) {
                    items.forEach(seen::add);
                }
            });
            assertThat(seen).hasSize(100);
            assertThat(failed).cause().isExactlyInstanceOf(IOException.class).hasMessage("enough");
        }
    }

    @Test
    void aSourceThatFailsAtOnceFailsItsChannel() {
        try (Channel<Item> items = context.open(There::failAfter, 0)) {
            assertThatThrownBy(items::receive)
                    .isInstanceOf(ChannelClosedException.class)
                    .hasCauseExactlyInstanceOf(IOException.class);
            assertThatThrownBy(items::receive).as("again").isInstanceOf(ChannelClosedException.class);
        }
        try (Channel<Item> items = context.open(There::bad)) {
            assertThatThrownBy(items::receive)
                    .isInstanceOf(ChannelClosedException.class)
                    .hasCauseInstanceOf(RemoteCallException.class);
        }
    }

    @Test
    void aSenderCanEndItsChannelWithAFailure() {
        List<String> seen = new ArrayList<>();
        assertThatThrownBy(() -> {
                    try (Channel<String> items = context.open(There::giveUp)) {
                        items.forEach(seen::add);
                    }
                })
                .isInstanceOf(ChannelClosedException.class)
                .hasMessageContaining("given up");
        assertThat(seen).containsExactly("one");
    }

    @Test
    void aReaderThatDoesNotReadHoldsTheSourceBack() throws Exception {
        int item = 10_000;
        int sentBefore = context.call(There::sent);
        try (Channel<byte[]> items = context.open(There::sendForEver, item)) {
            int most = WINDOW / item + 2;
            await().until(() -> context.call(There::sent) - sentBefore >= WINDOW / item);
            for (int i = 0; i < 200; i++) {
                assertThat(context.call(There::sent) - sentBefore).isLessThanOrEqualTo(most);
            }
            for (int i = 0; i < 10 * most; i++) {
                assertThat(items.receive()).hasSize(item);
            }
            assertThat(context.call(There::sent) - sentBefore).isBetween(10 * most - 1, 11 * most);
        }
    }

    @Test
    void callsGoOnWhileChannelsAreFull() throws Exception {
        List<Channel<byte[]>> full = IntStream.range(0, 10)
                .mapToObj(i -> context.open(There::sendForEver, 100_000))
                .toList();
        for (int i = 0; i < 100; i++) {
            context.call(There::sent);
        }
        for (Channel<byte[]> channel : full) {
            assertThat(channel.receive()).hasSize(100_000);
            channel.close();
        }
    }

    @Test
    void waitingForAnItemHasALimitAfterWhichTheChannelGoesOn() throws Exception {
        try (Channel<String> items = context.open(There::onDemand)) {
            assertThatThrownBy(() -> items.receive(Duration.ZERO)).isInstanceOf(ChannelTimeoutException.class);
            assertThatThrownBy(() -> items.receive(Duration.ofMillis(50))).isInstanceOf(ChannelTimeoutException.class);
            context.run(There::demand);
            assertThat(items.receive(PATIENCE)).isEqualTo("demanded");
            assertThat(items.receive(PATIENCE)).isNull();
        }
    }

    @Test
    void itemsOfParallelSendersAreWhole() {
        int[] seen = new int[4];
        try (Channel<int[]> items = context.open(There::sendTogether, seen.length)) {
            for (int[] item : items) {
                assertThat(Arrays.stream(item).distinct()).hasSize(1);
                assertThat(item).hasSize(1000);
                seen[item[0]]++;
            }
        }
        assertThat(seen).containsOnly(200);
    }

    @Test
    void severalReadersShareTheItems() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        try (Channel<Item> items = context.open(There::count, 10_000)) {
            List<Thread> readers = IntStream.range(0, 5)
                    .mapToObj(i -> new Thread(() -> items.forEach(item -> taken.incrementAndGet())))
                    .toList();
            readers.forEach(Thread::start);
            for (Thread reader : readers) {
                reader.join();
            }
        }
        assertThat(taken).hasValue(10_000);
    }

    @Test
    void sendingToAClosedChannelIsAnErrorThere() throws Exception {
        try (Channel<String> items = context.open(There::sendUntilItFails)) {
            assertThat(items.receive()).isEqualTo("on");
        }
        await().until(() -> "ChannelClosedException".equals(context.call(There::lastFailure)));
    }

    @Test
    void theEndOfAContextIsAnErrorOfItsChannelsAndNotAnEnd() {
        RemoteContext leaving = connect("leaving");
        Channel<String> items = leaving.open(There::sendNothing);
        await().until(() -> leaving.call(There::waiting) == 1);
        broker.remove("leaving");
        assertThatThrownBy(items::receive).isInstanceOf(ChannelClosedException.class);
    }

    record Item(int number, String text) {}

    /** Runs in the context. */
    static final class There {
        private static final AtomicInteger SENT = new AtomicInteger();
        private static final AtomicInteger SOURCES = new AtomicInteger();
        private static final AtomicInteger WAITING = new AtomicInteger();
        private static final AtomicInteger INTERRUPTS = new AtomicInteger();
        private static final CountDownLatch NEVER = new CountDownLatch(1);
        private static final CountDownLatch DEMAND = new CountDownLatch(1);
        private static volatile String lastFailure;

        static void count(int n, Sender<Item> out) throws InterruptedException {
            for (int i = 0; i < n; i++) {
                out.send(new Item(i, "item " + i));
            }
        }

        static void sendForEver(int size, Sender<byte[]> out) throws InterruptedException {
            SOURCES.incrementAndGet();
            try {
                while (true) {
                    out.send(new byte[size]);
                    SENT.incrementAndGet();
                }
            } catch (InterruptedException | ChannelClosedException e) {
                INTERRUPTS.incrementAndGet();
                throw e;
            } finally {
                SOURCES.decrementAndGet();
            }
        }

        static int sources() {
            return SOURCES.get();
        }

        static void sendNothing(Sender<String> out) throws InterruptedException {
            WAITING.incrementAndGet();
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                INTERRUPTS.incrementAndGet();
                throw e;
            } finally {
                WAITING.decrementAndGet();
            }
        }

        static void failAfter(int n, Sender<Item> out) throws InterruptedException, IOException {
            count(n, out);
            throw new IOException("enough");
        }

        static void bad(Sender<Item> out) throws InterruptedException {
            out.send(null);
        }

        static void giveUp(Sender<String> out) throws InterruptedException {
            out.send("one");
            out.fail(new IllegalStateException("given up"));
        }

        static void onDemand(Sender<String> out) throws InterruptedException {
            DEMAND.await();
            out.send("demanded");
        }

        static void demand() {
            DEMAND.countDown();
        }

        static void sendTogether(int senders, Sender<int[]> out) throws InterruptedException {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                int[] item = new int[1000];
                Arrays.fill(item, i);
                threads.add(new Thread(() -> {
                    try {
                        for (int j = 0; j < 200; j++) {
                            out.send(item);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }

        static void sendUntilItFails(Sender<String> out) {
            try {
                while (true) {
                    try {
                        out.send("on");
                    } catch (InterruptedException e) {
                        // Goes on, to see what the channel says.
                    }
                }
            } catch (RuntimeException e) {
                lastFailure = e.getClass().getSimpleName();
            }
        }

        static String lastFailure() {
            return lastFailure;
        }

        static int sent() {
            return SENT.get();
        }

        static int waiting() {
            return WAITING.get();
        }

        static int interrupts() {
            return INTERRUPTS.get();
        }
    }
}
