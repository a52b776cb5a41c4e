package io.econtext.broker;

import io.econtext.core.Message;

/**
 * What a child sends to the controller once it is up, any bytes at all; in frames from context 1 that is the child. The
 * first byte says in what pieces they come, and whether there is an honest hello before.
 *
 * <p>Nothing is thrown, no thread fails, no handle is left, and another context's calls, logs and counters stay its own.
 */
public final class SessionFuzz {
    private static final int RECORDED_ID = 1;
    private static final int SOURCE = 12;
    private static final int AUTHORITY = 16;

    private static FuzzedBroker broker;

    private SessionFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        if (broker == null) {
            broker = new FuzzedBroker();
        }
        int piece = (data[0] & 127) == 0 ? data.length : data[0] & 127;
        broker.fuzz((context, child) -> {
            if (data[0] < 0) {
                child.hello();
            }
            byte[] said = as(child.id(), data);
            for (int at = 1; at < said.length; at += piece) {
                byte[] next = new byte[Math.min(piece, said.length - at)];
                System.arraycopy(said, at, next, 0, next.length);
                child.out(next);
            }
        });
    }

    private static byte[] as(int id, byte[] data) {
        byte[] said = data.clone();
        for (int at = 1; at >= 0 && at + Message.HEADER <= said.length; ) {
            for (int field : new int[] {SOURCE, AUTHORITY}) {
                if (Message.getInt(said, at + field) == RECORDED_ID) {
                    Message.putInt(said, at + field, id);
                }
            }
            int size = Message.getInt(said, at + 4);
            at = size < 0 || size > Message.FRAGMENT ? -1 : at + Message.HEADER + size;
        }
        return said;
    }
}
