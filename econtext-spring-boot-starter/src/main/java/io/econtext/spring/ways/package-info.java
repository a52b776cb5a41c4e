/** The ways in by their names, made of texts: those of a specification, or of properties. */
@NullMarked
package io.econtext.spring.ways;

import org.jspecify.annotations.NullMarked;
