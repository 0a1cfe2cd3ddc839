package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.PROVISIONING_JOBS;
import static dev.parc.facts.FactKind.PROVISIONING_SUPPORT;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.GapException;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.ProvisioningJob;
import dev.parc.facts.directory.ProvisioningSupport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads of the applications that it is told to whether users can be provisioned to them, whether somebody is assigned, and
 * where those jobs go that their template does not tell it of; all in batches.
 */
public final class ProvisioningSupportReader {

    /** The directory as the source, by its old and its new name. */
    private static final Pattern FROM_DIRECTORY =
            Pattern.compile("(?i)(azure active directory|azure ad|microsoft entra( id)?)\\b.*");

    private static final Pattern INTO_DIRECTORY =
            Pattern.compile("(?i)(active directory|windows server active directory)\\b.*");

    private final ReadingContext context;
    private final ReadingBuilder reading = new ReadingBuilder(PROVISIONING_SUPPORT);

    public ProvisioningSupportReader(ReadingContext context) {
        this.context = context;
    }

    /** What was told of each, even if that is nothing; reasons are gaps. */
    public Reading read(Set<String> servicePrincipalIds) {
        Set<String> ids = new TreeSet<>(servicePrincipalIds);
        Map<String, Boolean> possible = any(ids, ProvisioningSupportReader::templates, "provisioning templates");
        Map<String, Boolean> assigned = any(ids, ProvisioningSupportReader::assignments, "assignments to applications");
        Map<String, Set<String>> to = new HashMap<>();
        Map<String, Set<String>> into = new HashMap<>();
        directions(ids, to, into);
        ids.forEach(id -> reading.value(new ProvisioningSupport(
                id,
                Optional.ofNullable(possible.get(id)),
                Optional.ofNullable(assigned.get(id)),
                to.getOrDefault(id, Set.of()),
                into.getOrDefault(id, Set.of()))));
        return reading.build();
    }

    /** Whether the collection has something, for each that answered with one; a 404 is none. */
    private Map<String, Boolean> any(Set<String> ids, Function<String, GraphRequest> request, String plural) {
        Map<String, Boolean> any = new HashMap<>();
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        ids.forEach(id -> requests.put(id, request.apply(id)));
        context.graph().ask(requests).forEach((id, answer) -> {
            AtomicBoolean some = new AtomicBoolean();
            if (!ReadingBuilder.notFound(answer) && reading.each(answer, plural, item -> some.set(true))) {
                any.put(id, some.get());
            }
        });
        return any;
    }

    private void directions(Set<String> ids, Map<String, Set<String>> to, Map<String, Set<String>> into) {
        List<ProvisioningJob> jobs = context.values(PROVISIONING_JOBS, ProvisioningJob.class).stream()
                .filter(job -> ids.contains(job.servicePrincipalId())
                        && job.undirected()
                        && !job.id().isBlank())
                .toList();
        Map<ProvisioningJob, GraphRequest> requests = new LinkedHashMap<>();
        jobs.forEach(job -> reading.attempt(() -> requests.put(job, schema(job))));
        context.graph().ask(requests).forEach((job, answer) -> {
            if (answer instanceof Answer.Value value) {
                reading.attempt(() -> {
                    List<Item> rules = new Item("provisioning schemas", value.body()).items("synchronizationRules");
                    boolean toApplication = rules.stream().anyMatch(ProvisioningSupportReader::toApplication);
                    if (toApplication
                            || rules.stream()
                                    .anyMatch(rule ->
                                            rule.text("sourceDirectoryName").isPresent())) {
                        Map<String, Set<String>> where = toApplication ? to : into;
                        where.computeIfAbsent(job.servicePrincipalId(), id -> new HashSet<>())
                                .add(job.id());
                    }
                });
            } else if (!ReadingBuilder.notFound(answer)) {
                reading.without(answer, PROVISIONING_SUPPORT.permissions());
            }
        });
    }

    private static boolean toApplication(Item rule) {
        return FROM_DIRECTORY
                        .matcher(rule.text("sourceDirectoryName").orElse(""))
                        .matches()
                && !INTO_DIRECTORY
                        .matcher(rule.text("targetDirectoryName").orElse(""))
                        .matches();
    }

    private static GraphRequest templates(String servicePrincipalId) {
        return GraphRequest.of(V1.servicePrincipals()
                        .byServicePrincipalId(servicePrincipalId)
                        .synchronization()
                        .templates()
                        .toGetRequestInformation())
                .firstPage();
    }

    private static GraphRequest assignments(String servicePrincipalId) {
        return GraphRequest.of(V1.servicePrincipals()
                        .byServicePrincipalId(servicePrincipalId)
                        .appRoleAssignedTo()
                        .toGetRequestInformation(it -> {
                            it.queryParameters.select = new String[] {"principalType"};
                            it.queryParameters.top = 1;
                        }))
                .firstPage();
    }

    private static GraphRequest schema(ProvisioningJob job) {
        try {
            return GraphRequest.of(V1.servicePrincipals()
                    .byServicePrincipalId(job.servicePrincipalId())
                    .synchronization()
                    .jobs()
                    .bySynchronizationJobId(job.id())
                    .schema()
                    .toGetRequestInformation());
        } catch (IllegalArgumentException e) {
            throw new GapException("provisioning jobs were returned with an unusable id");
        }
    }
}
