/** The smallest change that puts an item right: what a fix of an item is, how it is proved and chosen. */
@NullMarked
package dev.parc.change.fix;

import org.jspecify.annotations.NullMarked;
