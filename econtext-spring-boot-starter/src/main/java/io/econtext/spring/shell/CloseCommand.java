package io.econtext.spring.shell;

import org.springframework.shell.core.command.ExitStatus;

/** Ends a context. */
final class CloseCommand extends ContextCommand {

    CloseCommand(Places places) {
        super(places, "context close", "NAME", "End a context; a configured one can be connected again");
    }

    @Override
    ExitStatus run(Invocation invocation) {
        String name = invocation.required(0, "NAME");
        invocation.noMoreThan(1);
        places.close(name);
        invocation.out().println(name + " is closed");
        return ExitStatus.OK;
    }
}
