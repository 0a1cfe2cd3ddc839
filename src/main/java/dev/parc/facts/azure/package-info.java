/** What was read of Azure Resource Manager. */
@NullMarked
package dev.parc.facts.azure;

import org.jspecify.annotations.NullMarked;
