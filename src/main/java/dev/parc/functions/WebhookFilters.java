package dev.parc.functions;

import dev.parc.assessment.change.Change;
import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.functions.http.Body;
import dev.parc.functions.http.Query;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Filters of changes in query parameters and bodies. */
final class WebhookFilters {

    private WebhookFilters() {}

    /** {@code stages}, {@code severities} and {@code kinds}, each a list with commas. */
    static WebhookFilter of(Query query) {
        return of(name -> query.text(name).stream().flatMap(list -> Stream.of(list.split(",", -1))));
    }

    /** The lists {@code stages}, {@code severities} and {@code kinds} of a body. */
    static WebhookFilter of(Body body) {
        return of(name -> body.names(name).stream());
    }

    private static WebhookFilter of(Function<String, Stream<String>> names) {
        return new WebhookFilter(
                all("stages", Stage.class, names),
                all("severities", Severity.class, names),
                all("kinds", Change.Kind.class, names));
    }

    private static <E extends Enum<E>> Set<E> all(String name, Class<E> type, Function<String, Stream<String>> names) {
        return names.apply(name).map(text -> Body.constant(name, type, text)).collect(Collectors.toUnmodifiableSet());
    }

    /** The filter as the rest of a query. */
    static String query(WebhookFilter filter) {
        return part("stages", filter.stages())
                + part("severities", filter.severities())
                + part("kinds", filter.kinds());
    }

    private static String part(String name, Set<? extends Enum<?>> values) {
        return values.isEmpty()
                ? ""
                : "&" + name + "=" + values.stream().map(Enum::name).sorted().collect(Collectors.joining(","));
    }
}
