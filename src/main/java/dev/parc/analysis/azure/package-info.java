/** What the tenant has in Azure and how it is watched. */
@NullMarked
package dev.parc.analysis.azure;

import org.jspecify.annotations.NullMarked;
