package io.econtext.spring.actuate;

import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.spring.Contexts;
import io.econtext.spring.history.LastFailures;
import io.econtext.spring.history.LastFailures.Failure;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of each configured context, from what is known of its state; asks nobody. One that was never connected, or
 * that was closed, is unknown, which is no failure. Where one that starts it was lost, that is told.
 *
 * <p>Safe for use by any number of threads, without waiting.
 */
public final class ContextHealth implements CompositeHealthContributor {
    private final Contexts contexts;
    private final LastFailures failures;

    /** Tells of these contexts. */
    public ContextHealth(Contexts contexts, LastFailures failures) {
        this.contexts = contexts;
        this.failures = failures;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return configured()
                .filter(context -> context.name().equals(name))
                .findFirst()
                .map(this::indicator)
                .orElse(null);
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        return configured().map(context -> new HealthContributors.Entry(context.name(), indicator(context)));
    }

    private Stream<RemoteContext> configured() {
        return contexts.all().stream().filter(context -> contexts.isConfigured(context.name()));
    }

    private HealthIndicator indicator(RemoteContext context) {
        return () -> health(context);
    }

    private Health health(RemoteContext context) {
        Health.Builder health = switch (context.state()) {
            case CONNECTED -> Health.up();
            case LOST -> Health.down();
            default -> Health.unknown();
        };
        health.withDetail("state", context.state().name()).withDetail("address", context.address());
        String broken = brokenAncestor(context);
        if (broken != null) {
            health.withDetail("via", broken);
        }
        Failure failure = failures.of(context.name());
        if (failure != null) {
            health.withDetail("lastFailure", failure.reason()).withDetail("lastFailureTime", failure.time());
        }
        return health.build();
    }

    /** What stands between this program and the context; {@code null} if nothing does. */
    private static @Nullable String brokenAncestor(RemoteContext context) {
        for (RemoteContext each = context.via(); each != null; each = each.via()) {
            if (each.state() == ContextState.LOST) {
                return each.name() + " is " + each.state();
            }
        }
        return null;
    }
}
