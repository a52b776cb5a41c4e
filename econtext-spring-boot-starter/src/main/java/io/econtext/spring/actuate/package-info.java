/** What operators see of contexts: endpoints, health and meters. */
@NullMarked
package io.econtext.spring.actuate;

import org.jspecify.annotations.NullMarked;
