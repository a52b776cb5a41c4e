/**
 * What only the controller has: the broker, its contexts and their calls, and the services it is made of.
 *
 * <p>Read {@link io.econtext.broker.Broker} first, then {@code ControlledContext} and {@code Session}; how a call is made,
 * here and in other contexts, {@link io.econtext.call.Caller} tells.
 */
@NullMarked
package io.econtext.broker;

import org.jspecify.annotations.NullMarked;
