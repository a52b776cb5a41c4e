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
 * @param classesForwarded classes and resources sent, asked for or ahead
 * @param classesPushed those of them that were not asked for
 * @param classesHit those that were pushed and then loaded, as far as the context has told: it is asked after calls
 * @param classesWasted those that were pushed and not loaded so far
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
        long classesPushed,
        long classesHit,
        long classesWasted,
        long logLines,
        long droppedLogLines,
        long refused) {}
