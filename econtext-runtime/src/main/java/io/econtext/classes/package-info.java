/**
 * What leaves the controller as class bytes: the boot jar and the packed core, which every context gets, and classes and
 * resources on request.
 *
 * <p>Read {@link io.econtext.classes.ForwardingClassServer} first, then {@code Policy}, {@code Source} and
 * {@code Closure}; for the core {@code Image}, {@code Packer} and, on the other side,
 * {@link io.econtext.core.Unpacker}.
 */
@NullMarked
package io.econtext.classes;

import org.jspecify.annotations.NullMarked;
