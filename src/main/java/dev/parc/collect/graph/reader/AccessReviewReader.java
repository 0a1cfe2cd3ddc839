package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.ACCESS_REVIEWS;
import static dev.parc.facts.FactKind.GROUP_MEMBERS;
import static dev.parc.facts.FactKind.PIM_GROUP_ELIGIBILITIES;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.roles.AccessReview;
import dev.parc.facts.roles.AccessReview.Assignments;
import dev.parc.facts.roles.AccessReview.Decisions;
import dev.parc.facts.roles.AccessReview.Instance;
import dev.parc.facts.roles.GroupGrant;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the access reviews of directory roles and of groups that lead to one: what they ask about, when they ran, and what
 * became of the last time. Graph cannot filter them by what they are about, so all definitions are listed; only those that
 * matter cost a request more.
 */
public final class AccessReviewReader {

    public static final List<ReadingTask> TASKS = List.of(ReadingTask.of(
            ACCESS_REVIEWS, context -> new AccessReviewReader(context).read(), PIM_GROUP_ELIGIBILITIES, SERVICE_PLANS));

    private static final String PLURAL = "access reviews";
    private static final int PAGE = 100;

    /** Never a person: who decides where nobody did. */
    private static final String SYSTEM = "00000000-0000-0000-0000-000000000000";

    private static final String ID = "([0-9a-fA-F-]{36})";
    private static final Pattern ROLE =
            Pattern.compile("(?i)roleDefinitions/" + ID + "|roleDefinitionId eq '" + ID + "'");
    private static final Pattern GROUP = Pattern.compile("(?i)groups/" + ID);
    private static final Pattern ALL_USERS = Pattern.compile("(?i)/?((v1\\.0|beta)/)?users/?");
    private static final Pattern FILTER = Pattern.compile("(?i)[?&]\\$filter=([^&]*)");
    /** What a filter may say without leaving out a user. */
    private static final Pattern HARMLESS = Pattern.compile(
            "(?i)roleDefinitionId eq '[^']*'|isof\\(principal, ?'microsoft\\.graph\\.user'\\)|\\band\\b|[()\\s]");

    private static final Set<String> RUNNING = Set.of("initializing", "notstarted", "starting", "inprogress");
    private static final Set<String> FINISHED =
            Set.of("completing", "completed", "autoreviewing", "autoreviewed", "applying", "applied");

    /** What a review asks about. */
    private record Subject(String id, boolean ofRole, Assignments assignments, boolean everybody) {}

    /** A definition with what is known of it before its instances are. */
    private record Definition(
            String id,
            String name,
            List<Subject> subjects,
            boolean independent,
            Optional<Duration> period,
            Optional<Instant> lastsUntil) {}

    /** An instance, which is about all subjects of its definition unless it names its own. */
    private record Run(String id, Set<String> subjects, Instant from, Instant to, boolean finished) {
        boolean isAbout(Subject subject) {
            return subjects.isEmpty() || subjects.contains(subject.id());
        }
    }

    private record Asked(String definition, String instance) {}

    private final ReadingContext context;
    private final ReadingBuilder reviews = new ReadingBuilder(ACCESS_REVIEWS);
    private final List<Definition> definitions = new ArrayList<>();

    public AccessReviewReader(ReadingContext context) {
        this.context = context;
    }

    public Reading read() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.identityGovernance()
                        .accessReviews()
                        .definitions()
                        .toGetRequestInformation(it -> it.queryParameters.top = PAGE)));
        Optional<Reading> unlicensed =
                answer instanceof Answer.Refused ? context.unlicensed(ACCESS_REVIEWS) : Optional.empty();
        if (unlicensed.isPresent()) {
            return unlicensed.get();
        }
        reviews.each(answer, PLURAL, this::take);
        Map<String, List<Run>> runs = runs();
        Map<Asked, Decisions> decisions = decisions(runs);
        for (Definition definition : definitions) {
            List<Run> all = runs.getOrDefault(definition.id(), List.of());
            definition.subjects().forEach(subject -> reviews.value(review(definition, subject, all, decisions)));
        }
        return reviews.build();
    }

    private static AccessReview review(
            Definition definition, Subject subject, List<Run> runs, Map<Asked, Decisions> decisions) {
        return new AccessReview(
                definition.id(),
                definition.name(),
                subject.id(),
                subject.ofRole(),
                subject.assignments(),
                subject.everybody(),
                definition.independent(),
                definition.period(),
                definition.lastsUntil(),
                runs.stream()
                        .filter(run -> run.isAbout(subject))
                        .map(run -> new Instance(
                                run.from(),
                                run.to(),
                                run.finished(),
                                Optional.ofNullable(decisions.get(new Asked(definition.id(), run.id())))))
                        .toList());
    }

    private void take(Item item) {
        Set<String> groups = groups();
        List<Subject> subjects = item.item("scope").stream()
                .flatMap(scope -> subjects(scope).stream())
                .filter(subject -> subject.ofRole() || groups.contains(subject.id()))
                .toList();
        if (subjects.isEmpty()) {
            return;
        }
        Item settings = item.requiredItem("settings");
        Optional<Item> recurrence = settings.item("recurrence");
        definitions.add(new Definition(
                item.id("id"),
                item.firstText("displayName").orElse("an unnamed review"),
                subjects,
                !item.items("reviewers").isEmpty()
                        || item.optionalItems("stageSettings").findAny().isPresent(),
                recurrence.flatMap(AccessReviewReader::period),
                recurrence.flatMap(AccessReviewReader::end)));
    }

    /** The groups that lead to a role. */
    private Set<String> groups() {
        return Stream.concat(
                        context.values(GROUP_MEMBERS, GroupMember.class).stream()
                                .map(GroupMember::groupId),
                        context.values(PIM_GROUP_ELIGIBILITIES, GroupGrant.class).stream()
                                .map(GroupGrant::groupId))
                .collect(Collectors.toSet());
    }

    /** A query that names a role or group; or users on the one side, and roles or groups on the other. */
    private static List<Subject> subjects(Item scope) {
        String type = scope.firstText("@odata.type").orElse("");
        if (type.endsWith(".principalResourceMembershipsScope")) {
            boolean everybody = scope.items("principalScopes").stream()
                    .anyMatch(principals -> isPlain(principals)
                            && principals
                                    .firstText("query")
                                    .filter(query -> ALL_USERS.matcher(query).matches())
                                    .isPresent());
            return scope.items("resourceScopes").stream()
                    .flatMap(resource -> of(resource.firstText("query").orElse(""), everybody && isPlain(resource)))
                    .toList();
        }
        return of(scope.firstText("query").orElse(""), isPlain(scope)).toList();
    }

    /** Whether it is a query and nothing more, like one for those who are inactive. */
    private static boolean isPlain(Item scope) {
        return scope.firstText("@odata.type")
                .filter(type -> type.endsWith(".accessReviewQueryScope"))
                .isPresent();
    }

    private static Stream<Subject> of(String query, boolean everybody) {
        boolean whole = everybody
                && !query.toLowerCase(Locale.ROOT).contains("serviceprincipal")
                && FILTER.matcher(query)
                        .results()
                        .allMatch(filter ->
                                HARMLESS.matcher(filter.group(1)).replaceAll("").isEmpty());
        Assignments assignments = query.contains("roleAssignmentScheduleInstances")
                ? Assignments.ACTIVE
                : query.contains("roleEligibilityScheduleInstances") ? Assignments.ELIGIBLE : Assignments.ALL;
        Set<String> roles = named(ROLE, query);
        return roles.isEmpty()
                ? named(GROUP, query).stream().map(id -> new Subject(id, false, Assignments.ALL, whole))
                : roles.stream().map(id -> new Subject(id, true, assignments, whole));
    }

    private static Set<String> named(Pattern pattern, String query) {
        Set<String> ids = new LinkedHashSet<>();
        pattern.matcher(query)
                .results()
                .forEach(found -> group(found).flatMap(Item::guid).ifPresent(ids::add));
        return ids;
    }

    private static Optional<String> group(MatchResult found) {
        return Stream.of(found.group(1), found.groupCount() > 1 ? found.group(2) : null)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /** The longest time between two of its instances. */
    private static Optional<Duration> period(Item recurrence) {
        return recurrence.item("pattern").map(pattern -> {
            long days = switch (pattern.requiredText("type").toLowerCase(Locale.ROOT)) {
                case "daily" -> 1;
                case "weekly" -> 7;
                case "absolutemonthly", "relativemonthly" -> 31;
                case "absoluteyearly", "relativeyearly" -> 366;
                default -> throw pattern.malformed("type");
            };
            return Duration.ofDays(days * Math.max(1, (long) pattern.requiredNumber("interval")));
        });
    }

    private static Optional<Instant> end(Item recurrence) {
        return recurrence
                .item("range")
                .filter(range -> range.requiredText("type").equalsIgnoreCase("endDate"))
                .flatMap(range -> range.text("endDate").map(date -> {
                    try {
                        return LocalDate.parse(date).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
                    } catch (DateTimeException e) {
                        throw range.malformed("endDate");
                    }
                }));
    }

    private Map<String, List<Run>> runs() {
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        definitions.forEach(definition -> requests.put(
                definition.id(),
                GraphRequest.of(V1.identityGovernance()
                        .accessReviews()
                        .definitions()
                        .byAccessReviewScheduleDefinitionId(definition.id())
                        .instances()
                        .toGetRequestInformation(it -> it.queryParameters.top = PAGE))));
        Map<String, List<Run>> runs = new HashMap<>();
        context.graph()
                .ask(requests)
                .forEach((id, answer) -> reviews.each(answer, "access review instances", item -> {
                    String status = item.requiredText("status").toLowerCase(Locale.ROOT);
                    if (!RUNNING.contains(status) && !FINISHED.contains(status)) {
                        throw item.malformed("status");
                    }
                    Optional<Instant> from = item.time("startDateTime");
                    Optional<Instant> to = item.time("endDateTime");
                    if (from.isEmpty() || to.isEmpty()) {
                        throw item.malformed("startDateTime or endDateTime");
                    }
                    Set<String> subjects = item.has("scope")
                            ? item.item("scope").stream()
                                    .flatMap(scope -> subjects(scope).stream())
                                    .map(Subject::id)
                                    .collect(Collectors.toSet())
                            : Set.of();
                    runs.computeIfAbsent(id, it -> new ArrayList<>())
                            .add(new Run(item.id("id"), subjects, from.get(), to.get(), FINISHED.contains(status)));
                }));
        return runs;
    }

    /** What was decided at the end of the newest finished instance of each subject. */
    private Map<Asked, Decisions> decisions(Map<String, List<Run>> runs) {
        Map<Asked, GraphRequest> requests = new LinkedHashMap<>();
        for (Definition definition : definitions) {
            for (Subject subject : definition.subjects()) {
                runs.getOrDefault(definition.id(), List.of()).stream()
                        .filter(run -> run.finished() && run.isAbout(subject))
                        .max(Comparator.comparing(Run::to))
                        .ifPresent(run -> requests.put(
                                new Asked(definition.id(), run.id()), decisionsOf(definition.id(), run.id())));
            }
        }
        Map<Asked, Decisions> decisions = new HashMap<>();
        context.graph().ask(requests).forEach((asked, answer) -> {
            List<Item> items = new ArrayList<>();
            if (reviews.each(answer, "access review decisions", items::add)) {
                reviews.attempt(() -> decisions.put(asked, count(items)));
            }
        });
        return decisions;
    }

    private static GraphRequest decisionsOf(String definition, String instance) {
        return GraphRequest.of(V1.identityGovernance()
                .accessReviews()
                .definitions()
                .byAccessReviewScheduleDefinitionId(definition)
                .instances()
                .byAccessReviewInstanceId(instance)
                .decisions()
                .toGetRequestInformation(it -> it.queryParameters.top = PAGE));
    }

    private static Decisions count(List<Item> items) {
        int byPeople = 0;
        int open = 0;
        int justified = 0;
        for (Item item : items) {
            boolean decided = switch (item.requiredText("decision").toLowerCase(Locale.ROOT)) {
                case "approve", "deny" -> isPerson(item);
                case "notreviewed", "dontknow" -> false;
                default -> throw item.malformed("decision");
            };
            byPeople += decided ? 1 : 0;
            open += decided ? 0 : 1;
            justified += decided && item.firstText("justification").isPresent() ? 1 : 0;
        }
        return new Decisions(byPeople, open, justified);
    }

    private static boolean isPerson(Item item) {
        return item.item("reviewedBy")
                .flatMap(reviewer -> reviewer.firstText("id"))
                .filter(id -> !id.equals(SYSTEM))
                .isPresent();
    }
}
