/** Directory roles, who holds them, and the rules of PIM. */
@NullMarked
package dev.parc.facts.roles;

import org.jspecify.annotations.NullMarked;
