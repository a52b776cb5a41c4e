package io.econtext.load;

import io.econtext.core.Calls;
import io.econtext.core.Context;
import io.econtext.core.Invocation;
import io.econtext.core.Message;
import io.econtext.core.RemoteLoader;
import java.util.Iterator;

/** Lets go of an application that isn't there any more on the controller, by a call from that. Stateless. */
public final class Replaced {
    /** Where a call has the number of its application. */
    private static final int LOADER = 13;

    private static final String OUR_THREADS = "econtext-";

    private Replaced() {}

    /** Forgets the application of that number, unless calls of it run or wait; says whether they don't. */
    public static boolean release(int id) {
        Calls calls = Context.current.calls;
        for (Invocation call : calls.running.values()) {
            byte[] body = call.request.body;
            if (body.length > LOADER + 4 && Message.getInt(body, LOADER) == id) {
                return false;
            }
        }
        RemoteLoader loader = Context.current.loaders.remove(id);
        if (loader != null) {
            releaseObjects(calls, loader);
            releaseThreads(loader);
            String ours = id + "/";
            for (Iterator<String> i = loader.requests.ahead.keySet().iterator(); i.hasNext(); ) {
                if (i.next().startsWith(ours)) {
                    i.remove();
                }
            }
        }
        return true;
    }

    /** Nobody can name them any more. */
    private static void releaseObjects(Calls calls, ClassLoader loader) {
        for (Iterator<Object> i = calls.objects.values().iterator(); i.hasNext(); ) {
            Object object = i.next();
            if (object.getClass().getClassLoader() == loader) {
                i.remove();
                Calls.close(object);
            }
        }
    }

    /** Idle workers are as their last call left them, and others as the call that they were started in. */
    private static void releaseThreads(ClassLoader loader) {
        Thread[] threads = new Thread[2 * Thread.activeCount()];
        Thread.enumerate(threads);
        for (Thread thread : threads) {
            if (thread != null
                    && thread.getName().startsWith(OUR_THREADS)
                    && thread.getContextClassLoader() == loader) {
                thread.setContextClassLoader(null);
            }
        }
    }
}
