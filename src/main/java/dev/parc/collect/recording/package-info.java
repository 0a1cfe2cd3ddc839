/** What a tenant answered, kept on disk: the layout of a snapshot, its recorder, its player and its redaction. */
@NullMarked
package dev.parc.collect.recording;

import org.jspecify.annotations.NullMarked;
