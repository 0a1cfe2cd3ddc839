/** Readers that turn answers of Microsoft Graph into facts. */
@NullMarked
package dev.parc.collect.graph.reader;

import org.jspecify.annotations.NullMarked;
