package dev.parc.collect.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The header by which a service tells when to come back: seconds, or a date of HTTP. */
final class RetryAfter {

    private RetryAfter() {}

    /** How long to wait from now; empty where the answer does not tell. */
    static Optional<Duration> of(WireResponse response, Instant now) {
        Optional<String> header = response.header("retry-after").map(String::strip);
        if (header.filter(text -> text.matches("\\d{1,9}")).isPresent()) {
            return header.map(Long::valueOf).map(Duration::ofSeconds);
        }
        try {
            return header.map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(date -> Duration.between(now, date.toInstant()))
                    .map(duration -> duration.isNegative() ? Duration.ZERO : duration);
        } catch (DateTimeParseException e) {
            return Optional.empty(); // what cannot be read is as good as not sent: the own back-off counts
        }
    }
}
