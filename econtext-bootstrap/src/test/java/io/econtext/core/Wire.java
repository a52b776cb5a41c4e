package io.econtext.core;

/**
 * Two neighbours in one process: what one writes, the other reads at once, on the thread that writes.
 *
 * <p>Safe for any thread.
 */
public final class Wire {
    public static final int MAX_MESSAGE = 32 << 20;

    /** The end of the parent, which leads down. */
    public final End down;
    /** The end of the child, which leads up. */
    public final End up;

    public Wire(Router parent, Router child) {
        down = new End(parent, child.id(), child.id());
        up = new End(child, 0, 0);
        down.other = up;
        up.other = down;
        parent.add(down);
        child.add(up);
    }

    /** One end. */
    public static final class End extends Link {
        private End other;
        private boolean held;
        private boolean wanted;

        private End(Router router, int first, int last) {
            super(router, first, last, MAX_MESSAGE);
        }

        @Override
        protected boolean canWriteNow() {
            return false;
        }

        @Override
        protected void writeNow(byte[] frame) {
            throw new AssertionError("this end said it can't");
        }

        @Override
        protected void wakeWriter() {
            synchronized (other) {
                wanted = true;
                if (held) {
                    return;
                }
            }
            pump();
        }

        private void pump() {
            byte[] b = new byte[Message.HEADER + Message.FRAGMENT];
            int n;
            while ((n = next(b)) > 0) {
                try {
                    other.received(b, 0, n);
                } catch (LinkException e) {
                    other.end(e.getMessage());
                }
            }
        }

        /** From now on nothing that is sent here gets through. */
        public void hold() {
            synchronized (other) {
                held = true;
                wanted = false;
            }
        }

        /** What was held back gets through, on this thread. */
        public void release() {
            boolean pump;
            synchronized (other) {
                held = false;
                pump = wanted;
            }
            if (pump) {
                pump();
            }
        }

        @Override
        protected void close() {
            other.end("end of stream");
        }
    }
}
