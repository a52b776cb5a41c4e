package io.econtext.spring;

import io.econtext.ConnectFailedException;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.broker.Broker;
import io.econtext.broker.ContextCounters;
import io.econtext.broker.UnknownContextException;
import java.util.List;
import java.util.Map;
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

    /**
     * Makes a context known that isn't configured, to be connected when it is first used. One that another starts has that
     * one's name, a slash and the way's as its name, another has the way's.
     *
     * @param via the context that starts it; {@code null} for this program
     * @throws IllegalArgumentException if there is a context of that name
     */
    RemoteContext define(Way way, @Nullable RemoteContext via);

    /**
     * Looks at what starting a context would meet, also where there is no Java; see {@link Broker#examine}.
     *
     * @throws UnknownContextException if there is none of that name
     */
    Map<String, String> examine(String name) throws ConnectFailedException;

    /** Closes a context that isn't configured, and forgets it. */
    void forget(String name);
}
