package com.acme.java8;

import java.util.concurrent.FutureTask;

/** Logs by an API that is named by its class, on targets of Java 8 and newer. Functions only. */
public final class Logs {
    private Logs() {}

    /** On a thread of its own. */
    public static void warn(String api, String thread, String message) throws Exception {
        LogApi by = api(api);
        FutureTask<Void> task = new FutureTask<>(
                () -> by.warn(message, new IllegalStateException("outer", new Exception("inner"))), null);
        new Thread(task, thread).start();
        task.get();
    }

    public static void everyLevel(String api, String logger) throws ReflectiveOperationException {
        api(api).everyLevel(logger);
    }

    public static boolean isDebug(String api, String logger) throws ReflectiveOperationException {
        return api(api).isDebug(logger);
    }

    private static LogApi api(String name) throws ReflectiveOperationException {
        return (LogApi) Class.forName(name).getConstructor().newInstance();
    }
}
