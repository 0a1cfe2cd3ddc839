/** A real browser for the tests of what people look at. */
@NullMarked
package dev.parc.browser;

import org.jspecify.annotations.NullMarked;
