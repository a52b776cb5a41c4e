package io.econtext.spring.remotecall;

import io.econtext.RemoteContext;
import io.econtext.spring.ContextGroup;
import io.econtext.spring.GroupCallException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A call that runs in each context of a group at the same time, and the one result that its results become.
 *
 * <p>Built and awaited by the calling thread; completed by any.
 */
final class GroupCall {
    private final ContextGroup group;
    private final String method;
    private final Results results;
    private final Map<String, CompletableFuture<?>> calls = new LinkedHashMap<>();

    GroupCall(ContextGroup group, String method, Results results) {
        this.group = group;
        this.method = method;
        this.results = results;
    }

    void add(RemoteContext context, CompletableFuture<?> call) {
        calls.put(context.name(), call);
    }

    /** The result to come; cancelling it cancels the calls. */
    CompletableFuture<@Nullable Object> result() {
        CompletableFuture<?>[] all = calls.values().toArray(CompletableFuture[]::new);
        CompletableFuture<@Nullable Object> result =
                CompletableFuture.allOf(all).handle((nothing, failure) -> merged());
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                cancel();
            }
        });
        return result;
    }

    /** Waits for the result; an interrupt cancels the calls. */
    @Nullable
    Object await() throws Throwable {
        try {
            return result().get();
        } catch (ExecutionException e) {
            throw e.getCause();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw (CancellationException)
                    new CancellationException("interrupted while " + method + " ran in group " + group.name())
                            .initCause(e);
        }
    }

    private void cancel() {
        calls.values().forEach(call -> call.cancel(true));
    }

    private @Nullable Object merged() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Map<String, Throwable> failures = new LinkedHashMap<>();
        calls.forEach((context, call) -> {
            try {
                values.put(context, call.join());
            } catch (CompletionException e) {
                failures.put(context, e.getCause());
            } catch (CancellationException e) {
                failures.put(context, e);
            }
        });
        if (!failures.isEmpty()) {
            throw new GroupCallException(group.name(), method, failures, values);
        }
        return results.merge(values);
    }
}
