package io.econtext.broker;

/**
 * What a context has done since it was first connected.
 *
 * @param calls calls made
 * @param failedCalls calls that threw, timed out or were lost
 * @param stuckCalls calls that ignored their interrupt
 * @param bytesIn bytes received, boot included
 * @param bytesOut bytes sent, boot included
 * @param classRequests requests for classes and resources
 * @param classesForwarded classes sent, asked for or ahead
 * @param logLines log lines received
 * @param droppedLogLines log lines dropped, there or here
 * @param refused messages that the context may not send
 */
public record ContextCounters(
        long calls,
        long failedCalls,
        long stuckCalls,
        long bytesIn,
        long bytesOut,
        long classRequests,
        long classesForwarded,
        long logLines,
        long droppedLogLines,
        long refused) {}
