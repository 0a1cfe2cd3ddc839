/** Who administers what, how and by which path; who may, and who could not be looked into. */
@NullMarked
package dev.parc.analysis.administrators;

import org.jspecify.annotations.NullMarked;
