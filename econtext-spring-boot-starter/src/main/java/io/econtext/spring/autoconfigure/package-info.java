/** What Spring Boot configures by itself when the starter is on the class path. */
@NullMarked
package io.econtext.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
