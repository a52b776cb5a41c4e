package io.econtext.spring.shell;

import io.econtext.RemoteContext;
import org.springframework.shell.core.command.ExitStatus;

/** Brings a context up. */
final class ConnectCommand extends ContextCommand {

    ConnectCommand(Places places) {
        super(places, "context connect", "NAME", "Bring a context up, or see why it can't be");
    }

    @Override
    ExitStatus run(Invocation invocation) {
        String word = invocation.required(0, "NAME");
        invocation.noMoreThan(1);
        RemoteContext context = places.connect(word, invocation.reader());
        invocation.out().println(context.name() + " is up: " + context.info());
        return ExitStatus.OK;
    }
}
