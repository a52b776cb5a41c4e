/** What is remembered of contexts for people who look later. */
@NullMarked
package io.econtext.spring.history;

import org.jspecify.annotations.NullMarked;
