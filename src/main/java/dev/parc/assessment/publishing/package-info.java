/** What is published, and in which order: the sequence by which changes are told. */
@NullMarked
package dev.parc.assessment.publishing;

import org.jspecify.annotations.NullMarked;
