package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.APPLICATION_USE;

import dev.parc.collect.graph.BetaOnly;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.SharedPage;
import dev.parc.collect.reading.Slices;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.ApplicationUse;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads when the service principals that it is told to were last used. The report knows them by their appId, and takes a filter
 * on several: a request for fifteen, or for each where it does not take that. Only beta has it.
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
        context.graph().ask(ofPrincipals).forEach((id, answer) -> {
            if (answer instanceof Answer.Value value) {
                reading.attempt(() -> {
                    String appId = new Item("service principals", value.body()).id("appId");
                    appIds.put(id, appId);
                });
            } else {
                reading.without(answer, APPLICATION_USE.permissions());
            }
        });
        askForUse(appIds).forEach((id, answer) -> {
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

    /**
     * The answers with the rows of each, among those of others in its block. Where a block is not answered as it was asked, or is not in a
     * snapshot of an earlier release, each of it is asked for alone.
     */
    private Map<String, Answer> askForUse(Map<String, String> appIds) {
        Map<List<String>, GraphRequest> blocks = new LinkedHashMap<>();
        Slices.of(List.copyOf(appIds.keySet()), Slices.ALTERNATIVES)
                .forEach(block -> blocks.put(block, ofApplications(block, appIds)));
        Map<String, Answer> answers = new LinkedHashMap<>();
        Map<String, GraphRequest> alone = new LinkedHashMap<>();
        context.graph()
                .ask(blocks)
                .forEach((block, answer) -> block.forEach(id -> {
                    answers.put(id, answer);
                    if (block.size() > 1 && !isAsAsked(answer, block, appIds)) {
                        alone.put(id, ofApplications(List.of(id), appIds));
                    }
                }));
        answers.putAll(context.graph().ask(alone));
        return answers;
    }

    private static boolean isAsAsked(Answer answer, List<String> block, Map<String, String> appIds) {
        Set<String> asked = block.stream().map(appIds::get).collect(Collectors.toSet());
        return SharedPage.settles(answer)
                && (!(answer instanceof Answer.Value value)
                        || StreamSupport.stream(value.body().path("value").spliterator(), false)
                                .allMatch(
                                        row -> asked.contains(row.path("appId").asText())));
    }

    private static GraphRequest ofApplications(List<String> ids, Map<String, String> appIds) {
        String filter = ids.stream()
                .flatMap(id -> Stream.ofNullable(appIds.get(id)))
                .map(appId -> "appId eq " + GraphRequest.literal(appId))
                .collect(Collectors.joining(" or "));
        return GraphRequest.of(BetaOnly.SERVICE_PRINCIPAL_USE.toGetRequestInformation(Map.of("$filter", filter)));
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
