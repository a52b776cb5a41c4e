package io.econtext.broker;

/** Where log lines of contexts go. Found as a service. Called by one thread per context, which it may block a while. */
public interface LogSink {

    /** The least urgent level that is wanted from the context: a number of {@code java.util.logging.Level}. */
    int level(String context);

    void logged(LogLine line);

    /** Lines were dropped, here or on the way, because they came faster than they could be taken. */
    void dropped(String context, long lines);
}
