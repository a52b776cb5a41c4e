package io.econtext.spring.actuate;

import io.econtext.EcontextException;
import io.econtext.RemoteContext;
import io.econtext.spring.Contexts;
import io.econtext.spring.history.LastFailures;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@code econtexts} where operations were enabled. They take the names of configured contexts and
 * nothing else, so that nobody can reach another host by it.
 *
 * <p>Safe for use by any number of threads.
 */
@Endpoint(id = "econtexts")
public final class EcontextsOperationsEndpoint extends EcontextsEndpoint {

    /** What can be done. */
    public enum Operation {
        /** Brings the context up. */
        CONNECT,
        /** Ends the context; the next call brings it up again. */
        CLOSE,
        /** Makes a round trip. */
        PING
    }

    /** Shows and operates these contexts. */
    public EcontextsOperationsEndpoint(Contexts contexts, LastFailures failures) {
        super(contexts, failures);
    }

    /** Does it and waits; the operation is in the request's body, which a foreign site can't send by a form. */
    @WriteOperation
    public Outcome operate(@Selector(match = Match.ALL_REMAINING) String[] name, Operation operation) {
        String whole = whole(name);
        RemoteContext context = find(whole)
                .filter(found -> isConfigured(whole))
                .orElseThrow(() -> new InvalidEndpointRequestException(
                        "no configured context '" + whole + "'", "there is no configured context of that name"));
        try {
            String detail = switch (operation) {
                case CONNECT -> String.valueOf(context.connect().info());
                case CLOSE -> {
                    context.close();
                    yield "";
                }
                case PING -> context.ping() / 1000 + " µs";
            };
            return new Outcome(true, context.state().name(), detail);
        } catch (EcontextException e) {
            return new Outcome(false, context.state().name(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * How it went.
     *
     * @param done whether it succeeded
     * @param state the state of the context afterwards
     * @param detail for people
     */
    public record Outcome(boolean done, String state, String detail) {}
}
