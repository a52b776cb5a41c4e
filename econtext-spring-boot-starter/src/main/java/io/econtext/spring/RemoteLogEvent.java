package io.econtext.spring;

import io.econtext.broker.LogLine;

/**
 * A context logged, or something in it printed, a line. Published after the line was handed to the controller's own
 * logging; when listeners lag far behind, the oldest events are dropped, which shows as gaps in the line's sequence.
 *
 * @param line what was logged
 */
public record RemoteLogEvent(LogLine line) {

    /** The name of the context. */
    public String context() {
        return line.context();
    }
}
