package io.econtext.spring.actuate;

import io.econtext.ContextInfo;
import io.econtext.RemoteContext;
import io.econtext.broker.ContextCounters;
import io.econtext.spring.Contexts;
import io.econtext.spring.history.LastFailures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a context; never a secret, a command line or an environment. Immutable.
 *
 * @param id by which messages find it; {@code null} as long as it was never connected
 * @param via the name of the context that starts it; {@code null} for this program
 * @param children the names of those that it starts
 * @param configured whether it is configured, or was connected for an occasion
 * @param java the version there; {@code null} as long as it was never connected, as are the next three
 * @param counters what went to and from it
 * @param lastFailure why it was lost last; {@code null} if it never was
 */
public record ContextDescription(
        String name,
        @Nullable Integer id,
        @Nullable String via,
        List<String> children,
        boolean configured,
        String state,
        String address,
        @Nullable String java,
        @Nullable String os,
        @Nullable String user,
        @Nullable Long pid,
        @Nullable ContextCounters counters,
        LastFailures.@Nullable Failure lastFailure) {

    /** Describes a context as of now, from what is known here; asks nobody. */
    public static ContextDescription of(RemoteContext context, Contexts contexts, LastFailures failures) {
        ContextInfo info = context.info();
        return new ContextDescription(
                context.name(),
                context.id() < 0 ? null : context.id(),
                context.via() == null ? null : context.via().name(),
                contexts.all().stream()
                        .filter(other ->
                                other.via() != null && other.via().name().equals(context.name()))
                        .map(RemoteContext::name)
                        .toList(),
                contexts.isConfigured(context.name()),
                context.state().name(),
                context.address(),
                info == null ? null : info.javaVersion(),
                info == null ? null : info.os() + " " + info.arch(),
                info == null ? null : info.user(),
                info == null ? null : info.pid(),
                contexts.counters(context.name()),
                failures.of(context.name()));
    }
}
