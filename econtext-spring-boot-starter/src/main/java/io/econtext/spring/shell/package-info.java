/**
 * Commands for Spring Shell, and what makes them fit for scripts: words that arrive as they were given, exit codes that
 * can be relied on.
 */
@NullMarked
package io.econtext.spring.shell;

import org.jspecify.annotations.NullMarked;
