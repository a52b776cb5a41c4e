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

    private final ConcurrentHashMap<Long, String> running = new ConcurrentHashMap<>();
    private final CallThreads threads;

    StuckCalls(CallThreads threads) {
        super(ANYONE);
        this.threads = threads;
    }

    void begun(int context, int call, String what) {
        running.put(key(context, call), what);
    }

    void over(int context, int call) {
        running.remove(key(context, call));
    }

    private static Long key(int context, int call) {
        return (long) context << 32 | call & 0xffffffffL;
    }

    @Override
    public void handle(Message m) {
        String what = m.body.length < CALL ? null : running.remove(key(m.source, Message.getInt(m.body, 0)));
        if (what != null) {
            byte[] stack = Arrays.copyOfRange(m.body, CALL, Math.min(m.body.length, CALL + MAX_STACK));
            threads.execute(() -> System.err.println(
                    what + " was told to stop and goes on:\n" + Printable.lines(Text.string(stack))));
        }
    }
}
