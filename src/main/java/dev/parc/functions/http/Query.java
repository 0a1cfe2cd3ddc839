package dev.parc.functions.http;

import com.microsoft.azure.functions.HttpRequestMessage;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;

/** The query parameters of a request; one that is not as it must be is a problem that says how it must be. */
public final class Query {

    private static final int MOST = 200;
    private static final int BY_DEFAULT = 50;
    private static final int LONGEST = 200;

    private final HttpRequestMessage<?> request;

    public Query(HttpRequestMessage<?> request) {
        this.request = request;
    }

    /** A parameter as it was sent; empty if it was not, or is blank. */
    public Optional<String> text(String name) {
        Optional<String> value = Optional.ofNullable(
                        request.getQueryParameters().get(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        if (value.filter(text -> text.length() > LONGEST).isPresent()) {
            throw invalid(name + " must be at most " + LONGEST + " characters long.");
        }
        return value;
    }

    /** One of the names of an enumeration, whatever the case. */
    public <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        return text(name).map(text -> Body.constant(name, type, text));
    }

    /** The id of a run. */
    public Optional<String> runId(String name) {
        return value(name, text -> Optional.of(text).filter(RunIds::isOne), "the id of a run");
    }

    /** A parameter read as something. */
    public <T> Optional<T> value(String name, Function<String, Optional<T>> reader, String meaning) {
        return text(name)
                .map(text -> reader.apply(text).orElseThrow(() -> invalid(name + " must be " + meaning + ".")));
    }

    /** A number; the default if it is not given. */
    public int number(String name, int least, int most, int byDefault) {
        return value(
                        name,
                        text -> text.matches("\\d{1,6}")
                                ? Optional.of(Integer.parseInt(text))
                                        .filter(number -> number >= least && number <= most)
                                : Optional.empty(),
                        "a number from " + least + " to " + most)
                .orElse(byDefault);
    }

    /** Whether a parameter is {@code true}; not so if it is not given. */
    public boolean flag(String name) {
        return value(
                        name,
                        text -> text.equals("true") || text.equals("false")
                                ? Optional.of(Boolean.valueOf(text))
                                : Optional.empty(),
                        "true or false")
                .orElse(false);
    }

    /** {@code from}, {@code to}, {@code continuation} and {@code limit}. */
    public RunRange span() {
        return span(MOST, BY_DEFAULT);
    }

    /** The same with other bounds of the limit. */
    public RunRange span(int most, int byDefault) {
        Instant from = time("from").orElse(Instant.EPOCH);
        Instant to = time("to").orElse(RunRange.END);
        if (!from.isBefore(to)) {
            throw invalid("from must be before to.");
        }
        return new RunRange(
                from,
                to,
                value(
                        "continuation",
                        text -> Optional.of(text).filter(RunIds::isOne),
                        "the continuation from an earlier response"),
                number("limit", 1, most, byDefault));
    }

    /** A time, or the day with which it begins, in UTC. */
    Optional<Instant> time(String name) {
        return value(name, Query::parsed, "a time like 2026-01-31T08:00:00Z or a date like 2026-01-31");
    }

    private static Optional<Instant> parsed(String text) {
        try {
            Instant time = text.length() == "2026-01-31".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
            return Optional.of(time).filter(it -> !it.isBefore(Instant.EPOCH)).filter(it -> it.isBefore(RunRange.END));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_REQUEST.reply(detail));
    }
}
