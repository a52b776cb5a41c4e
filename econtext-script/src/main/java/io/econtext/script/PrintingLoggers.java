package io.econtext.script;

import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** All loggers of a program by name. Safe for use by any thread. */
final class PrintingLoggers implements ILoggerFactory {
    private static final String CONTEXTS = "econtext.ctx.";
    private static final String OWN = "io.econtext.";
    private static final String SSH = "org.apache.sshd";

    private final ConcurrentHashMap<String, Logger> loggers = new ConcurrentHashMap<>();
    private volatile boolean verbose;

    /** Has debug lines printed, too. */
    void beVerbose() {
        verbose = true;
    }

    boolean isVerbose() {
        return verbose;
    }

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, this::make);
    }

    private Logger make(String name) {
        if (name.startsWith(CONTEXTS)) {
            String[] parts = name.substring(CONTEXTS.length()).split("\\.", 2);
            return new PrintingLogger(this, name, parts[0], parts.length == 1 ? "" : parts[1], Level.INFO);
        }
        // the ssh client warns of what its errors tell as well
        Level least = name.startsWith(SSH) ? Level.ERROR : name.startsWith(OWN) ? Level.WARN : Level.INFO;
        return new PrintingLogger(this, name, "", name, least);
    }
}
