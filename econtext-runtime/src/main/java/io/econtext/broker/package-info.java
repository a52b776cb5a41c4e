/**
 * What only the controller has: the broker, its contexts and their calls, and the services it is made of.
 *
 * <p>Read {@link io.econtext.broker.Broker} first, then {@code ControlledContext}, {@code Session}, {@code Caller} and
 * {@code Attempt}.
 */
@NullMarked
package io.econtext.broker;

import org.jspecify.annotations.NullMarked;
