package io.econtext.spring.shell;

import io.econtext.Channel;
import io.econtext.ChannelClosedException;
import io.econtext.Tail;
import io.econtext.spring.shell.Places.Place;
import java.nio.file.Path;
import org.springframework.shell.core.command.ExitStatus;

/** Follows a file until it is interrupted. */
final class TailCommand extends ContextCommand {
    private static final int USUAL = 10;

    TailCommand(Places places) {
        super(
                places,
                "context tail",
                "NAME PATH [--lines=N]",
                "Follow a file there as tail -F does, until interrupted",
                number("lines", "How many lines to begin with.", USUAL));
    }

    @Override
    ExitStatus run(Invocation invocation) throws Exception {
        String word = invocation.required(0, "NAME");
        Path path = Path.of(invocation.required(1, "PATH"));
        invocation.noMoreThan(2);
        int lines = invocation.number("lines", USUAL, 0, 1_000_000);
        try (Place place = places.place(word, invocation.reader());
                Channel<String> tail = place.context().open(Tail::followLast, path, lines);
                Interrupt interrupt = new Interrupt(invocation, tail)) {
            try {
                for (String line = tail.receive(); line != null; line = tail.receive()) {
                    invocation.out().println(line);
                    if (invocation.out().checkError()) {
                        // nobody reads any more, as behind head
                        break;
                    }
                }
            } catch (ChannelClosedException e) {
                if (!interrupt.came()) {
                    throw e;
                }
            }
            return ExitStatus.OK;
        }
    }
}
