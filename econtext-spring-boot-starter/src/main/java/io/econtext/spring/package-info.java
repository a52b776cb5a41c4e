/** What an application that uses the starter names in its own code. */
@NullMarked
package io.econtext.spring;

import org.jspecify.annotations.NullMarked;
