package io.econtext.spring.shell;

import io.econtext.Facts;
import io.econtext.RemoteContext;
import io.econtext.broker.ContextCounters;
import io.econtext.classes.Sizes;
import io.econtext.spring.Contexts;
import io.econtext.spring.shell.Places.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.shell.core.command.ExitStatus;

/** Shows how little is sent: the command line, the core, and with a context what a first result takes. */
final class SizesCommand extends ContextCommand {
    private final Contexts contexts;

    SizesCommand(Places places, Contexts contexts) {
        super(
                places,
                "context sizes",
                "[NAME] [--json]",
                "Show the bytes of the command line and of the core, and with a NAME those up to a first result there",
                JSON);
        this.contexts = contexts;
    }

    /** A figure and what it may be at most; 0 where that is not limited. */
    private record Size(long bytes, int limit) {}

    @Override
    ExitStatus run(Invocation invocation) {
        invocation.noMoreThan(1);
        Map<String, Size> sizes = new LinkedHashMap<>();
        Sizes.all().forEach((part, bytes) -> sizes.put(part, new Size(bytes, Sizes.limit(part))));
        if (!invocation.arguments().isEmpty()) {
            try (Place place = places.place(invocation.arguments().get(0), invocation.reader())) {
                measure(place.context(), sizes);
            }
        }
        if (invocation.isSet("json")) {
            invocation.out().println(Json.of(sizes));
        } else {
            Table table = new Table("WHAT", "BYTES", "LIMIT");
            sizes.forEach((what, size) -> table.row(
                    what, Long.toString(size.bytes()), size.limit() == 0 ? "" : Integer.toString(size.limit())));
            table.print(invocation.out());
        }
        return ExitStatus.OK;
    }

    private void measure(RemoteContext context, Map<String, Size> sizes) {
        // needs no class that isn't there
        context.call(System::nanoTime);
        long before = sent(context);
        sizes.put("sent up to a first result", new Size(before, Sizes.FIRST_RESULT_LIMIT));
        context.exec("true");
        sizes.put("sent for a first exec", new Size(sent(context) - before, 0));
        before = sent(context);
        context.call(Facts::gather);
        sizes.put("sent for first facts", new Size(sent(context) - before, 0));
    }

    private long sent(RemoteContext context) {
        ContextCounters counters = contexts.counters(context.name());
        return counters == null ? 0 : counters.bytesOut();
    }
}
