package io.econtext.spring;

import io.econtext.ConnectFailedException;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.ContextCounters;
import io.econtext.broker.UnknownContextException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All contexts of the application, by name: those of the configuration and those connected since.
 *
 * <p>Safe for use by any number of threads.
 */
public interface Contexts {

    /** All of them, the configured ones first. */
    List<RemoteContext> all();

    /** @throws UnknownContextException if there is none of that name; the message lists those there are */
    RemoteContext named(String name);

    /** Whether the context of that name is a bean, not one that was connected for an occasion. */
    boolean isConfigured(String name);

    /** @throws IllegalArgumentException if there is none of that name; the message lists those there are */
    ContextGroup group(String name);

    /** What went to and from a context; {@code null} of one that isn't the broker's own. */
    @Nullable
    ContextCounters counters(String name);

    /** Connects a context that isn't configured. */
    RemoteContext connect(Way way) throws ConnectFailedException;

    /** Closes a context that isn't configured, and forgets it. */
    void forget(String name);
}
