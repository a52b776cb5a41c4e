package io.econtext.spring.shell;

import io.econtext.spring.shell.Places.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.shell.core.command.ExitStatus;

/** Measures round trips. */
final class PingCommand extends ContextCommand {
    private static final int USUAL = 4;

    PingCommand(Places places) {
        super(
                places,
                "context ping",
                "NAME [--count=N] [--json]",
                "Measure round trips through the workers of a context",
                number("count", "How many round trips.", USUAL),
                JSON);
    }

    @Override
    ExitStatus run(Invocation invocation) {
        String word = invocation.required(0, "NAME");
        invocation.noMoreThan(1);
        int count = invocation.number("count", USUAL, 1, 1_000_000);
        boolean json = invocation.isSet("json");
        try (Place place = places.place(word, invocation.reader())) {
            List<Long> micros = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                micros.add(place.context().ping() / 1000);
                if (!json) {
                    invocation.out().println(place.context().name() + ": " + milliseconds(micros.get(i)));
                    invocation.out().flush();
                }
            }
            if (json) {
                invocation.out().println(Json.of(micros));
            } else if (count > 1) {
                long[] sorted =
                        micros.stream().mapToLong(Long::longValue).sorted().toArray();
                invocation
                        .out()
                        .println("min " + milliseconds(sorted[0]) + ", median " + milliseconds(sorted[count / 2])
                                + ", max " + milliseconds(sorted[count - 1]));
            }
            return ExitStatus.OK;
        }
    }

    private static String milliseconds(long micros) {
        return String.format(Locale.ROOT, "%.3f ms", micros / 1000.0);
    }
}
