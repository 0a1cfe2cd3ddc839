/** What every HTTP function has in common: who calls, what was sent, and how PARC answers. */
@NullMarked
package dev.parc.functions.http;

import org.jspecify.annotations.NullMarked;
