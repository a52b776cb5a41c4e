package io.econtext.logging;

import org.slf4j.Logger;
import org.slf4j.Marker;

/** The sixty methods of a logger, brought down to two. Safe for use by several threads. */
abstract class LoggerMethods implements Logger {
    static final int ERROR = 1000;
    static final int WARN = 900;
    static final int INFO = 800;
    static final int DEBUG = 500;
    static final int TRACE = 300;

    /** From the least urgent to the most. */
    static final int[] NUMBERS = {TRACE, DEBUG, INFO, WARN, ERROR};

    /** @param level a number of {@code java.util.logging} */
    abstract boolean isEnabled(int level);

    /** Logs if that is enabled; where there is no throwable, the last argument may be one. */
    abstract void log(int level, Marker marker, String format, Throwable thrown, Object... arguments);

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(TRACE);
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
        return isEnabled(TRACE);
    }

    @Override
    public void trace(String message) {
        log(TRACE, null, message, null);
    }

    @Override
    public void trace(String format, Object argument) {
        log(TRACE, null, format, null, argument);
    }

    @Override
    public void trace(String format, Object first, Object second) {
        log(TRACE, null, format, null, first, second);
    }

    @Override
    public void trace(String format, Object... arguments) {
        log(TRACE, null, format, null, arguments);
    }

    @Override
    public void trace(String message, Throwable thrown) {
        log(TRACE, null, message, thrown);
    }

    @Override
    public void trace(Marker marker, String message) {
        log(TRACE, marker, message, null);
    }

    @Override
    public void trace(Marker marker, String format, Object argument) {
        log(TRACE, marker, format, null, argument);
    }

    @Override
    public void trace(Marker marker, String format, Object first, Object second) {
        log(TRACE, marker, format, null, first, second);
    }

    @Override
    public void trace(Marker marker, String format, Object... arguments) {
        log(TRACE, marker, format, null, arguments);
    }

    @Override
    public void trace(Marker marker, String message, Throwable thrown) {
        log(TRACE, marker, message, thrown);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(DEBUG);
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
        return isEnabled(DEBUG);
    }

    @Override
    public void debug(String message) {
        log(DEBUG, null, message, null);
    }

    @Override
    public void debug(String format, Object argument) {
        log(DEBUG, null, format, null, argument);
    }

    @Override
    public void debug(String format, Object first, Object second) {
        log(DEBUG, null, format, null, first, second);
    }

    @Override
    public void debug(String format, Object... arguments) {
        log(DEBUG, null, format, null, arguments);
    }

    @Override
    public void debug(String message, Throwable thrown) {
        log(DEBUG, null, message, thrown);
    }

    @Override
    public void debug(Marker marker, String message) {
        log(DEBUG, marker, message, null);
    }

    @Override
    public void debug(Marker marker, String format, Object argument) {
        log(DEBUG, marker, format, null, argument);
    }

    @Override
    public void debug(Marker marker, String format, Object first, Object second) {
        log(DEBUG, marker, format, null, first, second);
    }

    @Override
    public void debug(Marker marker, String format, Object... arguments) {
        log(DEBUG, marker, format, null, arguments);
    }

    @Override
    public void debug(Marker marker, String message, Throwable thrown) {
        log(DEBUG, marker, message, thrown);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(INFO);
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
        return isEnabled(INFO);
    }

    @Override
    public void info(String message) {
        log(INFO, null, message, null);
    }

    @Override
    public void info(String format, Object argument) {
        log(INFO, null, format, null, argument);
    }

    @Override
    public void info(String format, Object first, Object second) {
        log(INFO, null, format, null, first, second);
    }

    @Override
    public void info(String format, Object... arguments) {
        log(INFO, null, format, null, arguments);
    }

    @Override
    public void info(String message, Throwable thrown) {
        log(INFO, null, message, thrown);
    }

    @Override
    public void info(Marker marker, String message) {
        log(INFO, marker, message, null);
    }

    @Override
    public void info(Marker marker, String format, Object argument) {
        log(INFO, marker, format, null, argument);
    }

    @Override
    public void info(Marker marker, String format, Object first, Object second) {
        log(INFO, marker, format, null, first, second);
    }

    @Override
    public void info(Marker marker, String format, Object... arguments) {
        log(INFO, marker, format, null, arguments);
    }

    @Override
    public void info(Marker marker, String message, Throwable thrown) {
        log(INFO, marker, message, thrown);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(WARN);
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
        return isEnabled(WARN);
    }

    @Override
    public void warn(String message) {
        log(WARN, null, message, null);
    }

    @Override
    public void warn(String format, Object argument) {
        log(WARN, null, format, null, argument);
    }

    @Override
    public void warn(String format, Object first, Object second) {
        log(WARN, null, format, null, first, second);
    }

    @Override
    public void warn(String format, Object... arguments) {
        log(WARN, null, format, null, arguments);
    }

    @Override
    public void warn(String message, Throwable thrown) {
        log(WARN, null, message, thrown);
    }

    @Override
    public void warn(Marker marker, String message) {
        log(WARN, marker, message, null);
    }

    @Override
    public void warn(Marker marker, String format, Object argument) {
        log(WARN, marker, format, null, argument);
    }

    @Override
    public void warn(Marker marker, String format, Object first, Object second) {
        log(WARN, marker, format, null, first, second);
    }

    @Override
    public void warn(Marker marker, String format, Object... arguments) {
        log(WARN, marker, format, null, arguments);
    }

    @Override
    public void warn(Marker marker, String message, Throwable thrown) {
        log(WARN, marker, message, thrown);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(ERROR);
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
        return isEnabled(ERROR);
    }

    @Override
    public void error(String message) {
        log(ERROR, null, message, null);
    }

    @Override
    public void error(String format, Object argument) {
        log(ERROR, null, format, null, argument);
    }

    @Override
    public void error(String format, Object first, Object second) {
        log(ERROR, null, format, null, first, second);
    }

    @Override
    public void error(String format, Object... arguments) {
        log(ERROR, null, format, null, arguments);
    }

    @Override
    public void error(String message, Throwable thrown) {
        log(ERROR, null, message, thrown);
    }

    @Override
    public void error(Marker marker, String message) {
        log(ERROR, marker, message, null);
    }

    @Override
    public void error(Marker marker, String format, Object argument) {
        log(ERROR, marker, format, null, argument);
    }

    @Override
    public void error(Marker marker, String format, Object first, Object second) {
        log(ERROR, marker, format, null, first, second);
    }

    @Override
    public void error(Marker marker, String format, Object... arguments) {
        log(ERROR, marker, format, null, arguments);
    }

    @Override
    public void error(Marker marker, String message, Throwable thrown) {
        log(ERROR, marker, message, thrown);
    }
}
