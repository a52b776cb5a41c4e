package io.econtext.script;

import io.econtext.EcontextException;
import io.econtext.ExecException;
import io.econtext.Program;
import io.econtext.RemoteCallException;
import io.econtext.broker.Broker;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntBiFunction;
import org.slf4j.LoggerFactory;

/** Runs a {@link Program} for {@link io.econtext.Econtext#run}, which finds it by its name. Stateless. */
public final class ProgramRunner implements ToIntBiFunction<String[], Program> {
    private static final int FAILED = 1;
    private static final List<String> VERBOSE = List.of("-v", "--verbose");

    /** @return the exit status */
    @Override
    public int applyAsInt(String[] args, Program program) {
        if (LoggerFactory.getILoggerFactory() instanceof PrintingLoggers loggers
                && !Collections.disjoint(VERBOSE, Arrays.asList(args))) {
            loggers.beVerbose();
        }
        try (Broker broker = Broker.create()) {
            program.run(broker);
            return 0;
        } catch (ExecException e) {
            print(e);
            return e.status();
        } catch (RemoteCallException e) {
            e.printStackTrace();
            return FAILED;
        } catch (EcontextException e) {
            print(e);
            LoggerFactory.getLogger(ProgramRunner.class).debug("the program failed", e);
            return FAILED;
        } catch (Exception e) {
            e.printStackTrace();
            return FAILED;
        }
    }

    private static void print(Exception e) {
        System.err.println(e.getMessage());
    }
}
