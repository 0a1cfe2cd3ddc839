package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.APPLICATION_USE;

import dev.parc.collect.graph.BetaOnly;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.ApplicationUse;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Reads when the service principals that it is told to were last used. The report knows them by their appId, and takes a filter
 * on one: a request each, five to a call. Only beta has it.
 */
public final class ApplicationUseReader {

    private static final String ROWS = "rows of service principals' use";

    /** What is not after it says never: Graph writes the first day of the first year. */
    private static final Instant USABLE = Instant.parse("2000-01-01T00:00:00Z");

    private final ReadingContext context;
    private final ReadingBuilder reading = new ReadingBuilder(APPLICATION_USE);

    public ApplicationUseReader(ReadingContext context) {
        this.context = context;
    }

    /** The use of each; one of which Graph does not tell is left out, and the reason is a gap. */
    public Reading read(Set<String> servicePrincipalIds) {
        Map<String, GraphRequest> ofPrincipals = new LinkedHashMap<>();
        new TreeSet<>(servicePrincipalIds)
                .forEach(id -> ofPrincipals.put(
                        id,
                        GraphRequest.of(V1.servicePrincipals()
                                .byServicePrincipalId(id)
                                .toGetRequestInformation(
                                        it -> it.queryParameters.select = new String[] {"id", "appId"}))));
        Map<String, String> appIds = new LinkedHashMap<>();
        Map<String, GraphRequest> ofUse = new LinkedHashMap<>();
        context.graph().ask(ofPrincipals).forEach((id, answer) -> {
            if (answer instanceof Answer.Value value) {
                reading.attempt(() -> {
                    String appId = new Item("service principals", value.body()).id("appId");
                    appIds.put(id, appId);
                    ofUse.put(id, ofApplication(appId));
                });
            } else {
                reading.without(answer, APPLICATION_USE.permissions());
            }
        });
        context.graph().ask(ofUse).forEach((id, answer) -> {
            Collection<Instant> uses = new TreeSet<>();
            AtomicInteger unusable = new AtomicInteger();
            boolean told = reading.each(answer, ROWS, row -> {
                unusable.incrementAndGet();
                if (row.id("appId").equals(appIds.get(id))) {
                    uses.addAll(uses(row).toList());
                }
                unusable.decrementAndGet();
            });
            if (told && unusable.get() == 0) {
                reading.value(new ApplicationUse(id, uses.stream().max(Comparator.naturalOrder())));
            }
        });
        return reading.build();
    }

    private static GraphRequest ofApplication(String appId) {
        return GraphRequest.of(BetaOnly.SERVICE_PRINCIPAL_USE.toGetRequestInformation(
                Map.of("$filter", "appId eq " + GraphRequest.literal(appId))));
    }

    /** As a client: by itself, or for somebody. */
    private static Stream<Instant> uses(Item row) {
        return Stream.of("applicationAuthenticationClientSignInActivity", "delegatedClientSignInActivity")
                .flatMap(use -> row.optional(use).stream())
                .flatMap(use -> Stream.of("lastSignInDateTime", "lastNonInteractiveSignInDateTime")
                        .map(name -> use.has(name) ? use.time(name) : Optional.<Instant>empty()))
                .flatMap(Optional::stream)
                .filter(USABLE::isBefore);
    }
}
