package io.econtext.broker;

import io.econtext.EcontextException;
import io.econtext.core.Handles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The bodies of messages that are right in all else, any bytes at all. The first byte says where they go: to the handles of
 * the controller, or as an answer to a call of one of several types.
 *
 * <p>As for {@link SessionFuzz}; and a call ends by a value or by a failure that its caller may expect.
 */
public final class BodyFuzz {
    private static final int[] HANDLES = {
        Handles.LOG, Handles.CLASS, Handles.GOODBYE, Handles.STUCK, Handles.REFUSED, Handles.GONE, Handles.HELLO
    };
    private static final int CALLS = 6;
    private static final int LAST_LOG_LINE = 2;

    private static FuzzedBroker broker;

    private BodyFuzz() {}

    /** What a bean can be. */
    public record Bean(String name, List<Map<String, Integer>> numbers, double[] more, Bean next) {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        if (broker == null) {
            broker = new FuzzedBroker();
        }
        byte[] body = Arrays.copyOfRange(data, 1, data.length);
        int where = (data[0] & 255) % (HANDLES.length + 1 + CALLS);
        broker.fuzz((context, child) -> {
            if (where == HANDLES.length) {
                child.send(Handles.HELLO, body);
                return;
            }
            child.hello();
            if (where < HANDLES.length) {
                child.send(HANDLES[where], body);
            } else {
                answer(call(context, where - HANDLES.length - 1), child, body);
            }
        });
    }

    private static CompletableFuture<?> call(io.econtext.RemoteContext context, int type) {
        return switch (type) {
            case 0 -> context.callAsync(BodyFuzz::text);
            case 1 -> context.callAsync(BodyFuzz::number);
            case 2 -> context.callAsync(BodyFuzz::bean);
            case 3 -> context.callAsync(BodyFuzz::map);
            case 4 -> context.callAsync(BodyFuzz::bytes);
            default -> context.runAsync(BodyFuzz::nothing);
        };
    }

    private static void answer(CompletableFuture<?> call, FuzzedChild child, byte[] body) {
        // a line that never was would be waited for
        Arrays.fill(body, Math.min(body.length, LAST_LOG_LINE), Math.min(body.length, LAST_LOG_LINE + 4), (byte) 0);
        try {
            child.send(child.called(), body);
            call.join();
        } catch (CompletionException e) {
            boolean expected = e.getCause() instanceof EcontextException || e.getCause() instanceof IOException;
            if (!expected) {
                throw new AssertionError("the call threw", e.getCause());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static String text() throws IOException {
        return "";
    }

    static int number() {
        return 0;
    }

    static Bean bean() {
        return null;
    }

    static Map<String, List<Object>> map() {
        return Map.of();
    }

    static byte[] bytes() {
        return new byte[0];
    }

    static void nothing() {}
}
