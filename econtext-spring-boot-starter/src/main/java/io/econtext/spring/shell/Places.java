package io.econtext.spring.shell;

import io.econtext.RemoteContext;
import io.econtext.Secret;
import io.econtext.Way;
import io.econtext.spring.Contexts;
import io.econtext.spring.Specs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputReader;

/**
 * Finds the context that a word on the command line means: the name of one, or a specification.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Places {
    static final String ALLOWED = "NAME is one of them or a specification: local: or ssh://[user@]host[:port]";

    private final Contexts contexts;
    private final Specs specs;

    /** Finds these contexts, and others by these specifications. */
    public Places(Contexts contexts, Specs specs) {
        this.contexts = contexts;
        this.specs = specs;
    }

    /** A context for the time of a command; closed by the end of it where it was connected for it. */
    static final class Place implements AutoCloseable {
        private final RemoteContext context;
        private final Runnable end;

        private Place(RemoteContext context, Runnable end) {
            this.context = context;
            this.end = end;
        }

        RemoteContext context() {
            return context;
        }

        @Override
        public void close() {
            end.run();
        }
    }

    Place place(String word, InputReader reader) {
        if (!Specs.isSpec(word)) {
            return new Place(contexts.named(word), () -> {});
        }
        RemoteContext context = connect(word, reader);
        return new Place(context, () -> contexts.forget(context.name()));
    }

    /** Brings up what the word means and leaves it up. */
    RemoteContext connect(String word, InputReader reader) {
        return Specs.isSpec(word)
                ? contexts.connect(way(word, reader))
                : contexts.named(word).connect();
    }

    /** Ends what the word means, and forgets it where it isn't configured. */
    void close(String name) {
        if (contexts.isConfigured(name)) {
            contexts.named(name).close();
        } else {
            contexts.named(name);
            contexts.forget(name);
        }
    }

    List<RemoteContext> all() {
        return contexts.all();
    }

    List<String> names() {
        return all().stream().map(RemoteContext::name).toList();
    }

    private Way way(String spec, InputReader reader) {
        Specs asking = specs.withPassword(Secret.from(() -> ask(spec, reader)));
        try {
            Way way = asking.parse(spec);
            String free = free(way.name());
            return free.equals(way.name())
                    ? way
                    : asking.parse(spec + (spec.indexOf('?') < 0 ? "?" : "&") + "name=" + free);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** A name that no context has: two specifications of one host are two contexts. */
    private String free(String name) {
        List<String> taken = names();
        String free = name;
        for (int number = 2; taken.contains(free); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    /** One question at a time. */
    private synchronized char @Nullable [] ask(String spec, InputReader reader) {
        try {
            return reader.readPassword("password for " + spec + ": ");
        } catch (Exception e) {
            // nobody is there to ask
            return null;
        }
    }
}
