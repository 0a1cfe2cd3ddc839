/** Where the things of a tenant stand in Microsoft's own portals. */
@NullMarked
package dev.parc.report.portal;

import org.jspecify.annotations.NullMarked;
