package io.econtext.spring;

/**
 * A call was cancelled or timed out, was interrupted in its context, and runs on there.
 *
 * @param context the name of the context
 * @param call the method, as {@code Class#method}
 * @param stack where it is, a frame per line
 */
public record StuckCallEvent(String context, String call, String stack) {}
