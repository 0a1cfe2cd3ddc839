/** Readers of Azure Resource Manager and Resource Graph. */
@NullMarked
package dev.parc.collect.azure;

import org.jspecify.annotations.NullMarked;
