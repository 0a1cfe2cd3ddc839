/** Serves the functions on a desk: what the Azure Functions host does for them, over the JDK's HTTP server. */
@NullMarked
package dev.parc.desk;

import org.jspecify.annotations.NullMarked;
