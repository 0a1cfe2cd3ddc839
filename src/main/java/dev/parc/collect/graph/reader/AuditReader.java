package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.PIM_ACTIVATIONS;
import static dev.parc.facts.FactKind.ROLE_CHANGES;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.collect.reading.SharedPage;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.PimActivation;
import dev.parc.facts.activity.RoleChange;
import dev.parc.facts.activity.RoleChange.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads who got roles and who activated them from the audit log: one page of both, if that is all of them, else one page of
 * each, the newest entries; more of them is a gap. The log names a role in quotation marks inside the changed properties, and what PIM did in words.
 */
public final class AuditReader {

    public static final List<ReadingTask> TASKS = List.of(ReadingTask.of(
            List.of(ROLE_CHANGES, PIM_ACTIVATIONS), context -> new AuditReader(context).read(), SERVICE_PLANS));

    private static final int PAGE = 999;
    private static final String ACTIVATION = "Add member to role completed (PIM activation)";

    /** PIM writes an entry of its own beside what this application does in the directory. */
    private static final String PIM = "MS-PIM";

    private static final Map<String, Kind> CHANGES = changes();
    private static final List<String> PRINCIPALS = List.of("user", "serviceprincipal", "group");

    private final ReadingContext context;

    public AuditReader(ReadingContext context) {
        this.context = context;
    }

    private static Map<String, Kind> changes() {
        Map<String, Kind> changes = new LinkedHashMap<>();
        changes.put("Add member to role", Kind.ASSIGNED);
        changes.put("Add scoped member to role", Kind.ASSIGNED);
        changes.put("Add member to role in PIM completed (permanent)", Kind.ASSIGNED);
        changes.put("Add member to role in PIM completed (timebound)", Kind.ASSIGNED);
        changes.put("Add member to role outside of PIM (permanent)", Kind.ASSIGNED_OUTSIDE_PIM);
        changes.put("Add eligible member to role in PIM completed (permanent)", Kind.MADE_ELIGIBLE);
        changes.put("Add eligible member to role in PIM completed (timebound)", Kind.MADE_ELIGIBLE);
        changes.put(
                "User has elevated their access to User Access Administrator for their Azure Resources", Kind.ELEVATED);
        return changes;
    }

    /** Both kinds. */
    public Map<FactKind, Reading> read() {
        Optional<Reading> unlicensed = context.unlicensed(PIM_ACTIVATIONS);
        if (unlicensed.isPresent()) { // the log would only be without activations
            return Map.of(ROLE_CHANGES, roleChanges(askForChanges()), PIM_ACTIVATIONS, unlicensed.get());
        }
        Answer both = ask(PimActivation.DAYS, Stream.concat(CHANGES.keySet().stream(), Stream.of(ACTIVATION)));
        boolean settled = SharedPage.settles(both);
        return Map.of(
                ROLE_CHANGES, roleChanges(settled ? both : askForChanges()),
                PIM_ACTIVATIONS,
                        activations(
                                settled
                                        ? both
                                        : ask(PimActivation.DAYS, "activityDisplayName eq '" + ACTIVATION + "'")));
    }

    private Answer askForChanges() {
        return ask(RoleChange.DAYS, CHANGES.keySet().stream());
    }

    private Reading roleChanges(Answer answer) {
        ReadingBuilder changes = new ReadingBuilder(ROLE_CHANGES);
        Instant since = Instant.parse(context.daysAgo(RoleChange.DAYS));
        changes.each(answer, "audit entries", item -> {
            if (!isActivation(item)) {
                change(item).filter(change -> !change.at().isBefore(since)).ifPresent(changes::value);
            }
        });
        return cappedAt(changes, answer, RoleChange.DAYS);
    }

    private static Reading activations(Answer answer) {
        ReadingBuilder activations = new ReadingBuilder(PIM_ACTIVATIONS);
        activations.each(answer, "audit entries", item -> {
            if (isActivation(item)) {
                activation(item).ifPresent(activations::value);
            }
        });
        return cappedAt(activations, answer, PimActivation.DAYS);
    }

    private static boolean isActivation(Item item) {
        return item.requiredText("activityDisplayName").equals(ACTIVATION);
    }

    private Answer ask(int days, Stream<String> activities) {
        return ask(
                days,
                activities
                        .map(activity -> "activityDisplayName eq '" + activity + "'")
                        .collect(Collectors.joining(" or ", "(", ")")));
    }

    private Answer ask(int days, String activities) {
        String filter = "activityDateTime ge " + context.daysAgo(days) + " and " + activities;
        GraphRequest request = GraphRequest.of(V1.auditLogs().directoryAudits().toGetRequestInformation(it -> {
            it.queryParameters.filter = filter;
            it.queryParameters.top = PAGE;
        }));
        return context.graph().ask(request.firstPage());
    }

    private static Reading cappedAt(ReadingBuilder entries, Answer answer, int days) {
        if (answer instanceof Answer.Value value && value.body().has("@odata.nextLink")) {
            entries.gap("the log of %d days has more than %d entries; older ones were not read".formatted(days, PAGE));
        }
        return entries.build();
    }

    private static Optional<RoleChange> change(Item item) {
        String activity = item.requiredText("activityDisplayName");
        Kind kind = CHANGES.get(activity);
        if (kind == null) {
            throw item.malformed("activityDisplayName");
        }
        Optional<Item> user = initiator(item, "user");
        Optional<Item> app = initiator(item, "app");
        boolean byPim = app.flatMap(it -> it.firstText("displayName"))
                .filter(PIM::equals)
                .isPresent();
        if (!succeeded(item) || (byPim && activity.startsWith("Add member to role") && kind == Kind.ASSIGNED)) {
            return Optional.empty();
        }
        Optional<Item> target = kind == Kind.ELEVATED ? user : principal(item);
        String id = target.flatMap(it -> it.firstText("id"))
                .flatMap(Item::guid)
                .orElseThrow(() -> item.malformed("targetResources"));
        return Optional.of(new RoleChange(
                item.time("activityDateTime").orElseThrow(() -> item.malformed("activityDateTime")),
                kind,
                id,
                target.flatMap(it -> it.firstText("userPrincipalName", "displayName"))
                        .orElse(id),
                roleId(item),
                kind == Kind.ELEVATED ? "User Access Administrator of all of Azure" : roleName(item),
                Stream.of(
                                user.flatMap(it -> it.firstText("userPrincipalName", "displayName", "id")),
                                app.flatMap(it -> it.firstText("displayName", "servicePrincipalId")))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse("somebody unnamed")));
    }

    private static Optional<PimActivation> activation(Item item) {
        if (!succeeded(item)) {
            return Optional.empty();
        }
        String id = Stream.of(initiator(item, "user"), principal(item))
                .flatMap(Optional::stream)
                .flatMap(it -> it.firstText("id").flatMap(Item::guid).stream())
                .findFirst()
                .orElseThrow(() -> item.malformed("initiatedBy"));
        return Optional.of(new PimActivation(
                item.time("activityDateTime").orElseThrow(() -> item.malformed("activityDateTime")),
                id,
                roleId(item),
                roleName(item),
                item.text("resultReason").orElse("").strip()));
    }

    private static boolean succeeded(Item item) {
        return item.requiredText("result").equalsIgnoreCase("success");
    }

    private static Optional<Item> initiator(Item item, String kind) {
        return item.item("initiatedBy").flatMap(by -> by.optional(kind));
    }

    /** Who it was done to. */
    private static Optional<Item> principal(Item item) {
        return ofType(item, PRINCIPALS);
    }

    private static Optional<Item> ofType(Item item, List<String> types) {
        return item.items("targetResources").stream()
                .filter(target -> target.firstText("type")
                        .map(type -> type.toLowerCase(Locale.ROOT))
                        .filter(types::contains)
                        .isPresent())
                .findFirst();
    }

    /** PIM has the template id beside the entry; the directory has it among what changed. */
    private static Optional<String> roleId(Item item) {
        Stream<String> beside = item.optionalItems("additionalDetails")
                .filter(detail ->
                        detail.firstText("key").filter("TemplateId"::equals).isPresent())
                .flatMap(detail -> detail.firstText("value").stream());
        return Stream.concat(beside, changed(item, "Role.TemplateId", "TemplateId"))
                .flatMap(id -> Item.guid(id).stream())
                .findFirst();
    }

    private static String roleName(Item item) {
        return Stream.concat(
                        changed(item, "Role.DisplayName"),
                        ofType(item, List.of("role", "group")).flatMap(role -> role.firstText("displayName")).stream())
                .findFirst()
                .orElse("a role that the log does not name");
    }

    private static Stream<String> changed(Item item, String... properties) {
        List<String> wanted = List.of(properties);
        return item.items("targetResources").stream()
                .flatMap(target -> target.optionalItems("modifiedProperties"))
                .filter(property -> property.firstText("displayName")
                        .filter(wanted::contains)
                        .isPresent())
                .flatMap(property -> property.firstText("newValue").stream())
                .map(value -> value.replace("\"", "").strip())
                .filter(value -> !value.isEmpty());
    }
}
