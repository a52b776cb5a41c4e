package io.econtext.spring.shell;

import io.econtext.Channel;
import io.econtext.ChannelClosedException;
import io.econtext.Exec;
import io.econtext.ExecCommand;
import io.econtext.ExecException;
import io.econtext.ExecOutput;
import io.econtext.RemoteCallException;
import io.econtext.spring.shell.Places.Place;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.ExitStatus;

/** Runs a program, and ends as it does. */
final class RunCommand extends ContextCommand {
    /** What shells say of a program that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;
    /** And of one whose output nobody reads any more. */
    private static final int UNREAD = 141;

    RunCommand(Places places) {
        super(
                places,
                "context exec",
                "NAME -- PROGRAM ARGS…",
                "Run a program on the target, each argument as it is; its exit status is the command's");
    }

    @Override
    int failureCode() {
        return ShellExitCode.NOT_RUN;
    }

    @Override
    ExitStatus run(Invocation invocation) throws InterruptedException {
        String word = invocation.required(0, "NAME");
        invocation.required(1, "PROGRAM");
        List<String> program = invocation.from(1);
        try (Place place = places.place(word, invocation.reader());
                Channel<ExecOutput> printed =
                        place.context().open(Exec::stream, ExecCommand.of(program.toArray(String[]::new)));
                Interrupt interrupt = new Interrupt(invocation, printed)) {
            return follow(printed, invocation.out(), interrupt);
        }
    }

    private static ExitStatus follow(Channel<ExecOutput> printed, PrintWriter out, Interrupt interrupt)
            throws InterruptedException {
        Output output = Output.of(out);
        try {
            for (ExecOutput piece = printed.receive(); piece != null; piece = printed.receive()) {
                if (piece.isEnd()) {
                    return ended(piece.status());
                }
                output.write(piece.bytes(), piece.isErr());
                if (out.checkError()) {
                    return ended(UNREAD);
                }
            }
        } catch (ChannelClosedException e) {
            if (isNotStarted(e.getCause())) {
                return new ExitStatus(ExecException.NOT_STARTED, ((RemoteCallException) e.getCause()).remoteMessage());
            }
            if (!interrupt.came()) {
                throw e;
            }
        }
        return ended(INTERRUPTED);
    }

    private static boolean isNotStarted(@Nullable Throwable failure) {
        return failure instanceof RemoteCallException remote
                && remote.remoteType().equals(ExecException.class.getName());
    }

    private static ExitStatus ended(int status) {
        return status == 0 ? ExitStatus.OK : new ExitStatus(status, OneShotRunner.PROGRAM_ENDED + status);
    }
}
