/** The store in Azure Table Storage. */
@NullMarked
package dev.parc.store.table;

import org.jspecify.annotations.NullMarked;
