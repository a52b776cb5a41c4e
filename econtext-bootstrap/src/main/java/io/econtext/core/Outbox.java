package io.econtext.core;

import java.util.ArrayDeque;
import java.util.HashMap;

/**
 * What waits to be written to one link: by priority, and within one priority by turns, a fragment each, so that
 * nothing waits behind bulk. Bulk to the same handle keeps its order, as do all messages that fit one fragment.
 *
 * <p>Bounded: of log lines the oldest are dropped, other messages are refused. Guarded by its {@link Link}.
 */
final class Outbox {
    static final int LIMIT = 8 << 20;
    static final int LOG_LIMIT = 4 << 20;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final ArrayDeque<Flow>[] turns = new ArrayDeque[4];

    private final HashMap<Long, Flow> flows = new HashMap<>();
    private int bytes;
    private int logBytes;
    private boolean logsFirst;

    Outbox() {
        for (int i = 0; i < 4; i++) {
            turns[i] = new ArrayDeque<>();
        }
    }

    boolean isEmpty() {
        return bytes + logBytes == 0;
    }

    boolean offer(Message m) {
        int size = size(m);
        int priority = m.flags & Message.PRIORITY;
        // Only bulk needs turns by handle. A long message, but for log lines, takes turns by itself.
        long key = priority;
        if (priority == Message.BULK) {
            key = (long) m.destination << 32 | m.handle & 0xffffffffL;
        } else if (priority != Message.LOG && m.body.length > Message.FRAGMENT) {
            key = ~(m.id & 0xffffffffL);
        }
        Flow flow = flows.get(key);
        if (priority == Message.LOG) {
            logBytes += size;
            while (flow != null && logBytes > LOG_LIMIT && flow.size() > 1) {
                // What is partly written goes on.
                Message begun = flow.offset > 0 ? flow.poll() : null;
                logBytes -= size(flow.poll());
                if (begun != null) {
                    flow.addFirst(begun);
                }
            }
        } else if (bytes > 0 && bytes + size > (priority == Message.CONTROL ? 2 * LIMIT : LIMIT)) {
            return false;
        } else {
            bytes += size;
        }
        if (flow == null) {
            flow = new Flow(key);
            flows.put(key, flow);
            turns[priority >> 1].add(flow);
        }
        flow.add(m);
        return true;
    }

    private static int size(Message m) {
        return Message.HEADER + m.body.length;
    }

    /** Fills {@code b} with whole frames and returns their bytes; 0 if nothing waits. */
    int fill(byte[] b, int received) {
        int at = 0;
        logsFirst = !logsFirst;
        for (int i = 0; i < 4; i++) {
            // Logs go before calls every other time only: or a flood of them would hold back all calls.
            int p = !logsFirst && (i == 1 || i == 2) ? 3 - i : i;
            ArrayDeque<Flow> turn = turns[p];
            Flow flow;
            while ((flow = turn.peek()) != null) {
                Message m = flow.peek();
                if (at + Message.HEADER + Math.min(Message.FRAGMENT, m.body.length - flow.offset) > b.length) {
                    return at;
                }
                int length = m.write(b, at, flow.offset, received);
                at += Message.HEADER + length;
                flow.offset += length;
                turn.poll();
                if (flow.offset >= m.body.length) {
                    flow.poll();
                    flow.offset = 0;
                    if (p == Message.LOG >> 1) {
                        logBytes -= size(m);
                    } else {
                        bytes -= size(m);
                    }
                    if (flow.isEmpty()) {
                        flows.remove(flow.key);
                        continue;
                    }
                }
                turn.add(flow);
            }
        }
        return at;
    }

    /** The messages that keep their order among themselves. */
    private static final class Flow extends ArrayDeque<Message> {
        private static final long serialVersionUID = 1;

        final long key;
        int offset;

        Flow(long key) {
            this.key = key;
        }
    }
}
