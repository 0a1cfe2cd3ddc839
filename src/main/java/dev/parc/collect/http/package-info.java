/** What every service that is asked over a wire has in common: answers, retry, pace, pages and counts. */
@NullMarked
package dev.parc.collect.http;

import org.jspecify.annotations.NullMarked;
