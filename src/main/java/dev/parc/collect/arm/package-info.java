/** Azure Resource Manager and its Resource Graph over a wire. */
@NullMarked
package dev.parc.collect.arm;

import org.jspecify.annotations.NullMarked;
