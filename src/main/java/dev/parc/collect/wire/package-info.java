/** The transport: credential, counting, throttling classes, retry, recording and replay. */
@NullMarked
package dev.parc.collect.wire;

import org.jspecify.annotations.NullMarked;
