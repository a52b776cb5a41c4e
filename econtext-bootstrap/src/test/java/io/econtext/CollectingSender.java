package io.econtext;

import java.util.ArrayList;
import java.util.List;

/** The sending end of a channel whose other end is a list. For one thread. */
final class CollectingSender implements Sender<String> {
    final List<String> sent = new ArrayList<>();
    private final int limit;

    CollectingSender() {
        this(Integer.MAX_VALUE);
    }

    /** @param limit after how many items the receiver closes the channel */
    CollectingSender(int limit) {
        this.limit = limit;
    }

    @Override
    public void send(String item) {
        sent.add(item);
    }

    @Override
    public boolean isClosed() {
        return sent.size() >= limit;
    }

    @Override
    public void close() {}

    @Override
    public void fail(Throwable failure) {
        throw new AssertionError(failure);
    }
}
