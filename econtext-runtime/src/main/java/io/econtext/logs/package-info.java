/** Where log lines of contexts go on the controller. */
@NullMarked
package io.econtext.logs;

import org.jspecify.annotations.NullMarked;
