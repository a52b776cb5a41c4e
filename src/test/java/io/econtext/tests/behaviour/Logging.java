package io.econtext.tests.behaviour;

import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** What code on a target logs. */
final class Logging {
    static final String LOGGER = "com.acme.Disk";

    private Logging() {}

    static void byJul(String message) {
        java.util.logging.Logger logger = java.util.logging.Logger.getLogger(LOGGER);
        logger.log(Level.WARNING, message, new IllegalStateException("outer", new Exception("inner")));
    }

    static void bySystemLogger(String message) {
        System.getLogger(LOGGER).log(System.Logger.Level.WARNING, message);
    }

    /** On a thread of its own. */
    static void bySlf4j(String message, String thread) throws InterruptedException {
        Thread logging = new Thread(
                () -> {
                    Marker marker = MarkerFactory.getMarker("AUDIT");
                    MDC.put("tenant", "ä\u001b[31m");
                    LoggerFactory.getLogger(LOGGER).warn(marker, message + " {}", "x", new Exception("outer"));
                    LoggerFactory.getLogger(LOGGER)
                            .atError()
                            .addMarker(marker)
                            .addKeyValue("disk", 7)
                            .log(message + " fluently");
                },
                thread);
        logging.start();
        logging.join();
    }

    static boolean isDebug(String logger) {
        return LoggerFactory.getLogger(logger).isDebugEnabled();
    }

    static boolean isFine(String logger) {
        return java.util.logging.Logger.getLogger(logger).isLoggable(Level.FINE);
    }

    static int debug(int times) {
        Logger slf4j = LoggerFactory.getLogger("com.acme.Quiet");
        java.util.logging.Logger jul = java.util.logging.Logger.getLogger("com.acme.Quiet");
        for (int i = 0; i < times; i++) {
            slf4j.debug("number {}", i);
            jul.log(Level.FINE, "number {0}", i);
        }
        return 1;
    }

    static void info(String logger, int from, int lines) {
        Logger slf4j = LoggerFactory.getLogger(logger);
        for (int i = from; i < from + lines; i++) {
            slf4j.info("{}", i);
        }
    }

    /** Each line makes a class be loaded while it is being made. */
    static void infoWithClasses(int number) {
        java.util.logging.Logger jul = java.util.logging.Logger.getLogger("com.acme.loading");
        LoadingHandler handler = new LoadingHandler();
        jul.addHandler(handler);
        jul.log(Level.INFO, "jul {0}", number);
        jul.removeHandler(handler);
        LoggerFactory.getLogger("com.acme.loading").info("slf4j {}", new Named());
    }

    /** Needs a class for each record. */
    private static final class LoadingHandler extends java.util.logging.Handler {
        @Override
        public void publish(java.util.logging.LogRecord logged) {
            if (logged.getMessage().startsWith("jul")) {
                LoggerFactory.getLogger("com.acme.loading").info("handled by {}", new Needed().name());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        /** Loaded when the first record comes. */
        private static final class Needed {
            String name() {
                return "a class that was needed";
            }
        }
    }

    private static final class Named {
        @Override
        public String toString() {
            return new Name().text();
        }

        /** Loaded when the text is made. */
        private static final class Name {
            String text() {
                return "a name";
            }
        }
    }
}
