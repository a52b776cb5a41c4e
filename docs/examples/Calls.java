import io.econtext.Call;
import io.econtext.CallChain;
import io.econtext.CallTimeoutException;
import io.econtext.Channel;
import io.econtext.ChainFailedException;
import io.econtext.Econtext;
import io.econtext.ExecResult;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.Sender;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Every style of call, in a context of its own on this machine. */
class Calls {
    static int add(int a, int b) {
        return a + b;
    }

    static void sleep() throws InterruptedException {
        Thread.sleep(60_000);
    }

    static void fail() throws IOException {
        throw new IOException("no space left");
    }

    static void count(int to, Sender<Integer> out) throws InterruptedException {
        for (int i = 1; i <= to; i++) {
            out.send(i);
        }
    }

    interface Counter {
        int next();
    }

    static class FromZero implements Counter {
        private int last;

        @Override
        public int next() {
            return ++last;
        }
    }

    public static void main(String[] args) throws Exception {
        Econtext.run(args, broker -> {
            RemoteContext web1 = broker.connect(Local.process().named("web1"));
            System.out.println(web1.call(Calls::add, 1, 2));

            CompletableFuture<Integer> later = web1.callAsync(Calls::add, 3, 4);
            System.out.println(later.join());

            try {
                web1.withTimeout(Duration.ofSeconds(1)).run(Calls::sleep);
            } catch (CallTimeoutException e) {
                System.out.println(e.delivery());
            }

            Call<Integer, RuntimeException> call = Call.of(Calls::add, 5, 6);
            System.out.println(web1.invoke(call.withTimeout(Duration.ofMinutes(5)).idempotent()));

            try (CallChain install = web1.chain()) {
                install.post(Call.running(Calls::fail));
                install.call(Calls::add, 7, 8);
            } catch (ChainFailedException e) {
                System.out.println(e.failedCall());
            }

            Counter counter = web1.proxy(Counter.class, FromZero::new);
            System.out.println(counter.next() + counter.next());

            try (Channel<Integer> numbers = web1.open(Calls::count, 3)) {
                for (int number : numbers) {
                    System.out.println(number);
                }
            }

            ExecResult result = web1.exec("sh", "-c", "echo gone; exit 4");
            System.out.println(result.status() + " " + result.out().trim());
        });
    }
}
