/** Documents that PARC keeps and sends, and how they are read. */
@NullMarked
package dev.parc.assessment.json;

import org.jspecify.annotations.NullMarked;
