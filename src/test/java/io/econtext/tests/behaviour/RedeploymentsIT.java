package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.redeployed.App;
import io.econtext.Call;
import io.econtext.RemoteContext;
import io.econtext.TypeRef;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@OverEveryWay
class RedeploymentsIT extends Behaviour {
    private static final int DEPLOYMENTS = 10;

    @Test
    void eachDeploymentIsNewAndWhatIsLeftOfOldOnesIsLetGoOfWhenNoCallOfThemRuns() throws Exception {
        RemoteContext target = define("redeployed", PATIENT);
        try {
            String ours = wayIn + "-";
            CompletableFuture<Integer> running = deploy(target, "callUntilTheEnd", ours + "running");
            for (int i = 0; i < DEPLOYMENTS; i++) {
                assertThat(deploy(target, "call", ours + i).join()).isEqualTo(1);
            }
            awaitCollected(target, ours, DEPLOYMENTS);
            assertThat(running).isNotDone();
            target.run(There::end, ours + "running");
            assertThat(running.join()).isEqualTo(7);
            awaitCollected(target, ours, DEPLOYMENTS + 1);
        } finally {
            broker.remove("redeployed");
        }
    }

    /** Calls a method of an application that nothing but its calls refers to, and sees that run. */
    private CompletableFuture<Integer> deploy(RemoteContext target, String method, String name) throws Exception {
        URL[] classes = {App.class.getProtectionDomain().getCodeSource().getLocation()};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // as it is when an application's own thread connects
        ClassLoader application = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader());
        thread.setContextClassLoader(application);
        try {
            CompletableFuture<Integer> call =
                    target.invokeAsync(Call.named(TypeRef.of(Integer.class), App.class.getName(), method, name));
            await().until(() -> call.isCompletedExceptionally() || target.call(There::isKnown, name));
            return call;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void awaitCollected(RemoteContext target, String ours, int number) {
        await().until(() -> {
            System.gc();
            return target.call(There::collected, ours) == number;
        });
    }

    /** Runs in the context, and stays. */
    static final class There {
        private There() {}

        static boolean isKnown(String name) {
            return System.getProperties().containsKey(App.LOADER + name);
        }

        static void end(String name) {
            ((CountDownLatch) System.getProperties().get(App.END + name)).countDown();
        }

        /** How many deployments with names that begin so have left nothing. */
        static int collected(String names) {
            System.gc();
            return (int) System.getProperties().entrySet().stream()
                    .filter(entry -> entry.getKey().toString().startsWith(App.LOADER + names))
                    .filter(entry -> ((WeakReference<?>) entry.getValue()).refersTo(null))
                    .count();
        }
    }
}
