package io.econtext.script;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Prints what contexts print as they did, behind their names, and what is logged to stderr, behind time and level. Safe for
 * use by any thread.
 */
final class PrintingLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;
    private static final String STDOUT = "stdout";
    private static final String STDERR = "stderr";

    private final transient PrintingLoggers loggers;
    private final String context;
    private final String logger;
    private final Level least;

    /**
     * @param context whose it is, or empty
     * @param logger its name there
     * @param least what is printed unless the program is to be verbose
     */
    PrintingLogger(PrintingLoggers loggers, String name, String context, String logger, Level least) {
        this.loggers = loggers;
        this.name = name;
        this.context = context;
        this.logger = logger;
        this.least = least;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String message, Object[] arguments, Throwable throwable) {
        String text = MessageFormatter.basicArrayFormat(message, arguments);
        boolean out = isOf(STDOUT);
        StringBuilder line = new StringBuilder();
        if (!out && !isOf(STDERR)) {
            line.append(LocalTime.now().truncatedTo(ChronoUnit.MILLIS)).append(' ');
            line.append(level).append(' ');
        }
        if (!context.isEmpty()) {
            line.append(context).append(": ");
        }
        line.append(text);
        PrintStream stream = out ? System.out : System.err;
        synchronized (System.err) {
            stream.println(line);
            if (throwable != null) {
                throwable.printStackTrace(stream);
            }
        }
    }

    private boolean isOf(String printed) {
        return !context.isEmpty() && logger.equals(printed);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    private boolean isEnabled(Level level) {
        return level.toInt() >= least.toInt()
                || loggers.isVerbose() && least != Level.ERROR && level.toInt() >= Level.DEBUG.toInt();
    }
}
