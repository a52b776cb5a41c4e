package io.econtext.spring.actuate;

import io.econtext.RemoteContext;
import io.econtext.spring.Contexts;
import io.econtext.spring.history.LastFailures;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;

/** The actuator endpoint {@code econtexts}, which only shows. Safe for use by any number of threads. */
@Endpoint(id = "econtexts")
public class EcontextsEndpoint {
    private final Contexts contexts;
    private final LastFailures failures;

    /** Shows these contexts. */
    public EcontextsEndpoint(Contexts contexts, LastFailures failures) {
        this.contexts = contexts;
        this.failures = failures;
    }

    /** All contexts. */
    @ReadOperation
    public Descriptions contexts() {
        return new Descriptions(contexts.all().stream().map(this::describe).toList());
    }

    /**
     * One context; {@code null} if there is none of that name.
     *
     * @param name its name, divided where that has slashes
     */
    @ReadOperation
    public @Nullable ContextDescription context(@Selector(match = Match.ALL_REMAINING) String... name) {
        return find(whole(name)).map(this::describe).orElse(null);
    }

    static String whole(String... name) {
        return String.join("/", name);
    }

    final Optional<RemoteContext> find(String name) {
        return contexts.all().stream()
                .filter(context -> context.name().equals(name))
                .findFirst();
    }

    final boolean isConfigured(String name) {
        return contexts.isConfigured(name);
    }

    private ContextDescription describe(RemoteContext context) {
        return ContextDescription.of(context, contexts, failures);
    }

    /** An object, so that more can be said later. */
    public record Descriptions(List<ContextDescription> contexts) {}
}
