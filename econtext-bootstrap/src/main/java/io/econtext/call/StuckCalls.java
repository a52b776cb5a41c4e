package io.econtext.call;

import io.econtext.core.Handler;
import io.econtext.core.Message;
import io.econtext.core.Text;
import io.econtext.parent.Printable;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** Logs which calls of this context ignore that they were told to stop. Safe for use by any thread. */
final class StuckCalls extends Handler {
    private static final int CALL = 4;
    private static final int MAX_STACK = 65536;

    private final ConcurrentHashMap<Integer, String> running = new ConcurrentHashMap<>();

    private final CallThreads threads;

    StuckCalls(CallThreads threads) {
        super(ANYONE);
        this.threads = threads;
    }

    void begun(int call, String what) {
        running.put(call, what);
    }

    void over(int call) {
        running.remove(call);
    }

    @Override
    public void handle(Message m) {
        String what = m.body.length < CALL ? null : running.remove(Message.getInt(m.body, 0));
        if (what != null) {
            byte[] stack = Arrays.copyOfRange(m.body, CALL, Math.min(m.body.length, CALL + MAX_STACK));
            threads.execute(() -> System.err.println(
                    what + " was told to stop and goes on:\n" + Printable.lines(Text.string(stack))));
        }
    }
}
