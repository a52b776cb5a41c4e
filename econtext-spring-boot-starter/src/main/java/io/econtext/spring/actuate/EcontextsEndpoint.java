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

    /** One context; {@code null} if there is none of that name. */
    @ReadOperation
    public @Nullable ContextDescription context(@Selector String name) {
        return find(name).map(this::describe).orElse(null);
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
