package com.acme.java8;

/** What an application logs with. */
public interface LogApi {
    String LOGGER = "com.acme.Disk";
    /** Where it has markers. */
    String MARKER = "AUDIT";
    /** In the mapped diagnostic context, where it has one. */
    String KEY = "tenant";

    String VALUE = "ä";

    /** Logs a warning with all that can go with one. */
    void warn(String message, Throwable thrown);

    boolean isDebug(String logger);

    /** Logs at the levels from error to trace, or what it calls them, with these as text. */
    void everyLevel(String logger);
}
