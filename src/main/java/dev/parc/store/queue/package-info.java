/** Azure storage queues, as far as one looks at them without taking a message: the platform does the rest. */
@NullMarked
package dev.parc.store.queue;

import org.jspecify.annotations.NullMarked;
