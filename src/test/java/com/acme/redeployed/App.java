package com.acme.redeployed;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** An application that is deployed again and again; what others should know of a deployment is in system properties. */
public final class App {
    /** With a deployment's name, a weak reference to its loader. */
    public static final String LOADER = "com.acme.redeployed.loader.";
    /** With a deployment's name, what a call of it waits for. */
    public static final String END = "com.acme.redeployed.end.";

    private static int calls;

    private App() {}

    /** Says how often this deployment was called. */
    public static synchronized int call(String name) {
        System.getProperties().put(LOADER + name, new WeakReference<>(App.class.getClassLoader()));
        Supplier<String> lambda = () -> "called " + name;
        Logger.getLogger("com.acme.redeployed").info(lambda);
        return calls += List.of(new One()).size();
    }

    public static int callUntilTheEnd(String name) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        System.getProperties().put(END + name, end);
        call(name);
        end.await();
        return new LoadedLast().number();
    }

    private record One() {}

    /** Needed when others have been deployed since. */
    private static final class LoadedLast {
        int number() {
            return 7;
        }
    }
}
