/** Microsoft Graph: how it is asked, and what its answers mean as facts. */
@NullMarked
package dev.parc.collect.graph;

import org.jspecify.annotations.NullMarked;
