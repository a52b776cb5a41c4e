package io.econtext.spring.autoconfigure;

import io.econtext.call.RemoteObject;
import io.econtext.spring.remotecall.TargetObject;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An object that the broker made. Safe for use by any number of threads. */
record BrokerObject(RemoteObject object) implements TargetObject {

    @Override
    public @Nullable Object invoke(Method method, @Nullable Object[] arguments, @Nullable Duration timeout)
            throws Throwable {
        return object.invoke(method, arguments, timeout);
    }

    @Override
    public CompletableFuture<Object> invokeAsync(
            Method method, @Nullable Object[] arguments, @Nullable Duration timeout) {
        return object.invokeAsync(method, arguments, timeout);
    }

    @Override
    public void close() {
        object.close();
    }
}
