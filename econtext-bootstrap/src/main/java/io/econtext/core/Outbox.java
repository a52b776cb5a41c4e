package io.econtext.core;

import java.util.ArrayDeque;
import java.util.HashMap;

/**
 * What waits to be written to one link: by priority, and within one priority by turns, a fragment each, so that
 * nothing waits behind bulk. Bulk to the same handle keeps its order, as do all messages that fit one fragment.
 *
 * <p>Bounded: of log lines the oldest are dropped, other messages are refused. Guarded by its {@link Link}.
 */
public class Outbox {
    public static final int LIMIT = 8 << 20;
    static final int LOG_LIMIT = 4 << 20;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final ArrayDeque<Flow>[] turns = new ArrayDeque[4];

    private final HashMap<Long, Flow> flows = new HashMap<>();
    /** Bytes that wait, by priority. */
    private final int[] queued = new int[4];

    private boolean logsFirst;

    public Outbox() {
        for (int i = 0; i < 4; i++) {
            turns[i] = new ArrayDeque<>();
        }
    }

    public boolean isEmpty() {
        return flows.isEmpty();
    }

    public boolean offer(Message m) {
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
        int lane = priority >> 1;
        // Control has a limit of its own, so that credit, cancels and class requests pass by a long message.
        int waiting = priority < Message.NORMAL ? queued[lane] : queued[2] + queued[3];
        if (priority == Message.LOG) {
            while (flow != null && queued[lane] + size > LOG_LIMIT && flow.size() > 1) {
                // What is partly written goes on.
                Message begun = flow.offset > 0 ? flow.poll() : null;
                queued[lane] -= size(flow.poll());
                if (begun != null) {
                    flow.addFirst(begun);
                }
            }
        } else if (waiting > 0 && !hasRoom(m, waiting + size)) {
            return false;
        }
        queued[lane] += size;
        if (flow == null) {
            flow = new Flow(key);
            flows.put(key, flow);
            turns[lane].add(flow);
        }
        flow.add(m);
        return true;
    }

    /** Whether so many bytes may wait, those of {@code m} among them. */
    protected boolean hasRoom(Message m, int bytes) {
        // who waits for what won't come must learn that
        return bytes <= (m.isBounced() ? 2 * LIMIT : LIMIT);
    }

    public void clear() {
        flows.clear();
        for (ArrayDeque<Flow> turn : turns) {
            turn.clear();
        }
    }

    private static int size(Message m) {
        return Message.HEADER + m.body.length;
    }

    /** Fills {@code b} with whole frames and returns their bytes; 0 if nothing waits. */
    public int fill(byte[] b, int received) {
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
                queued[p] -= length;
                turn.poll();
                if (flow.offset >= m.body.length) {
                    flow.poll();
                    flow.offset = 0;
                    queued[p] -= Message.HEADER;
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
