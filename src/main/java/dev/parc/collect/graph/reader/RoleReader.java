package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.BETA;
import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.collect.graph.GraphRequest.literal;
import static dev.parc.facts.FactKind.LATER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_POLICIES;
import static dev.parc.facts.FactKind.PIM_POLICIES;
import static dev.parc.facts.FactKind.ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.ROLE_DEFINITIONS;

import com.microsoft.graph.rolemanagement.directory.DirectoryRequestBuilder;
import dev.parc.collect.graph.GraphApi;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.AssignmentTerms;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.Principals;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.GroupPimPolicy;
import dev.parc.facts.roles.PimPolicy;
import dev.parc.facts.roles.PimRule;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads directory roles: what there is, who holds and may hold them, and under which PIM settings. */
public final class RoleReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(ROLE_DEFINITIONS, context -> new RoleReader(context).definitions()),
            ReadingTask.of(ROLE_ASSIGNMENTS, context -> new RoleReader(context).assignments()),
            ReadingTask.of(
                    List.of(PIM_ASSIGNMENTS, PIM_ELIGIBILITIES, LATER_ASSIGNMENTS),
                    context -> new RoleReader(context).pim()),
            ReadingTask.of(PIM_POLICIES, context -> new RoleReader(context).pimPolicies()),
            ReadingTask.of(
                    PIM_GROUP_POLICIES,
                    context -> new RoleReader(context).groupPimPolicies(),
                    PIM_GROUP_ELIGIBILITIES));

    /** How the status begins of a schedule that leads to nothing. */
    private static final Set<String> CALLED_OFF = Set.of("revoked", "canceled", "denied", "failed", "admindenied");

    private final ReadingContext context;

    public RoleReader(ReadingContext context) {
        this.context = context;
    }

    /**
     * Every role. Only beta tells which ones are labelled privileged; where it does not answer, or not as it should, v1.0 is
     * asked as well, and tells all the rest.
     */
    public Reading definitions() {
        Reading beta =
                definitions(BETA, "id", "templateId", "displayName", "isBuiltIn", "isPrivileged", "rolePermissions");
        return beta instanceof Reading.Read read
                        && read.gaps().isEmpty()
                        && !read.values().isEmpty()
                ? beta
                : definitions(V1, "id", "templateId", "displayName", "isBuiltIn", "rolePermissions");
    }

    private Reading definitions(GraphApi version, String... properties) {
        Answer answer = context.graph()
                .ask(GraphRequest.of(version.roleManagement()
                        .directory()
                        .roleDefinitions()
                        .toGetRequestInformation(it -> it.queryParameters.select = properties)));
        return ReadingBuilder.ofCollection(
                ROLE_DEFINITIONS,
                answer,
                "role definitions",
                item -> new RoleDefinition(
                        item.id("id"),
                        item.id("templateId"),
                        item.requiredText("displayName"),
                        item.requiredFlag("isBuiltIn"),
                        item.optionalItems("rolePermissions")
                                .filter(permission -> permission.has("allowedResourceActions"))
                                .flatMap(permission -> permission.texts("allowedResourceActions").stream())
                                .map(action -> action.toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet()),
                        item.has("isPrivileged") ? item.flag("isPrivileged") : Optional.empty()));
    }

    public Reading assignments() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.roleManagement()
                        .directory()
                        .roleAssignments()
                        .toGetRequestInformation(it -> it.queryParameters.expand = Principals.expanded())));
        return ReadingBuilder.ofCollection(
                ROLE_ASSIGNMENTS,
                answer,
                "role assignments",
                item -> assignment(item, AssignmentKind.PERMANENT, Optional.empty(), Optional.empty()));
    }

    /**
     * What PIM says of roles: who is assigned one and who is eligible, and what of both begins later. The lists of what is in
     * force should not have the latter, the schedules behind them do.
     */
    public Map<FactKind, Reading> pim() {
        Map<FactKind, ReadingBuilder> readings = new EnumMap<>(FactKind.class);
        List.of(PIM_ASSIGNMENTS, PIM_ELIGIBILITIES, LATER_ASSIGNMENTS)
                .forEach(kind -> readings.put(kind, new ReadingBuilder(kind)));
        Map<String, RoleAssignment.Later> later = new LinkedHashMap<>();
        Set<String> inForce = new HashSet<>();
        Instant soon = context.soon();
        Map<Pim, GraphRequest> requests = new EnumMap<>(Pim.class);
        Stream.of(Pim.values()).forEach(list -> requests.put(list, list.request()));
        Map<Pim, Answer> answers = context.graph().ask(requests);
        for (Pim list : Pim.values()) {
            Answer answer = Optional.ofNullable(answers.get(list)).orElseThrow();
            ReadingBuilder reading =
                    Optional.ofNullable(readings.get(list.kind())).orElseThrow();
            reading.each(answer, list.plural, item -> {
                Optional<Instant> begin =
                        list.begin(item).filter((list.inForce() ? soon : context.takenAt())::isBefore);
                if (begin.isEmpty() && list.inForce()) {
                    RoleAssignment row = list.assignment(item);
                    inForce.add(key(row));
                    reading.value(row);
                } else if (begin.isPresent() && !list.calledOff(item)) {
                    RoleAssignment row = list.assignment(item);
                    if (begin.get().isAfter(soon) || !inForce.contains(key(row))) {
                        later.putIfAbsent(key(row) + "|" + begin.get(), new RoleAssignment.Later(row, begin.get()));
                    }
                }
            });
        }
        ReadingBuilder begins =
                Optional.ofNullable(readings.get(LATER_ASSIGNMENTS)).orElseThrow();
        later.values().forEach(begins::value);
        Map<FactKind, Reading> built = new EnumMap<>(FactKind.class);
        readings.forEach((kind, reading) -> built.put(kind, reading.build()));
        return built;
    }

    private static String key(RoleAssignment row) {
        return String.join(
                "|", row.principalId(), row.roleId(), row.scope(), row.kind().name());
    }

    /** A list of PIM. */
    private enum Pim {
        ASSIGNED("active role assignments"),
        ELIGIBLE("eligible role assignments"),
        TO_BE_ASSIGNED("schedules of active role assignments"),
        TO_BE_ELIGIBLE("schedules of eligible role assignments");

        private final String plural;

        Pim(String plural) {
            this.plural = plural;
        }

        FactKind kind() {
            return switch (this) {
                case ASSIGNED -> PIM_ASSIGNMENTS;
                case ELIGIBLE -> PIM_ELIGIBILITIES;
                default -> LATER_ASSIGNMENTS;
            };
        }

        /** Whether what it has, and what has begun, is in force. */
        boolean inForce() {
            return this == ASSIGNED || this == ELIGIBLE;
        }

        GraphRequest request() {
            DirectoryRequestBuilder directory = V1.roleManagement().directory();
            return GraphRequest.of(
                    switch (this) {
                        case ASSIGNED ->
                            directory
                                    .roleAssignmentScheduleInstances()
                                    .toGetRequestInformation(it -> it.queryParameters.expand = Principals.expanded());
                        case ELIGIBLE ->
                            directory
                                    .roleEligibilityScheduleInstances()
                                    .toGetRequestInformation(it -> it.queryParameters.expand = Principals.expanded());
                        case TO_BE_ASSIGNED ->
                            directory
                                    .roleAssignmentSchedules()
                                    .toGetRequestInformation(it -> it.queryParameters.expand = Principals.expanded());
                        case TO_BE_ELIGIBLE ->
                            directory
                                    .roleEligibilitySchedules()
                                    .toGetRequestInformation(it -> it.queryParameters.expand = Principals.expanded());
                    });
        }

        /** When it begins, or has; empty where that was not said, which is for what has. */
        Optional<Instant> begin(Item item) {
            if (inForce()) {
                return item.has("startDateTime") ? item.time("startDateTime") : Optional.empty();
            }
            return item.optional("scheduleInfo")
                    .filter(schedule -> schedule.has("startDateTime"))
                    .flatMap(schedule -> schedule.time("startDateTime"));
        }

        /** Whether the schedule came to nothing before it began. */
        boolean calledOff(Item item) {
            String status = inForce()
                    ? ""
                    : (item.has("status") ? item.text("status").orElse("") : "").toLowerCase(Locale.ROOT);
            return CALLED_OFF.stream().anyMatch(status::startsWith);
        }

        RoleAssignment assignment(Item item) {
            Optional<Instant> endsAt = inForce()
                    ? item.time("endDateTime")
                    : expiration(item).filter(it -> it.has("endDateTime")).flatMap(it -> it.time("endDateTime"));
            boolean ends = inForce()
                    ? endsAt.isPresent()
                    : expiration(item)
                            .flatMap(it -> it.firstText("type"))
                            .filter(type -> !type.equalsIgnoreCase("noExpiration"))
                            .isPresent();
            AssignmentKind kind = this == ELIGIBLE || this == TO_BE_ELIGIBLE
                    ? AssignmentKind.ELIGIBLE
                    : AssignmentTerms.activeKind(item, ends);
            return RoleReader.assignment(item, kind, endsAt, this == ELIGIBLE ? begin(item) : Optional.empty());
        }

        private static Optional<Item> expiration(Item schedule) {
            return schedule.optional("scheduleInfo").flatMap(info -> info.optional("expiration"));
        }
    }

    public Reading pimPolicies() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(
                        V1.policies().roleManagementPolicyAssignments().toGetRequestInformation(it -> {
                            it.queryParameters.filter = "scopeId eq '/' and scopeType eq 'DirectoryRole'";
                            it.queryParameters.expand = new String[] {"policy($expand=rules)"};
                        })));
        return ReadingBuilder.ofCollection(
                PIM_POLICIES,
                answer,
                "PIM role settings",
                item -> new PimPolicy(item.id("roleDefinitionId"), rules(item.requiredItem("policy"))));
    }

    /** The settings for members and owners of every group that somebody is eligible for. */
    public Reading groupPimPolicies() {
        Reading eligibilities = context.reading(PIM_GROUP_ELIGIBILITIES);
        if (eligibilities instanceof Reading.Unlicensed) {
            return eligibilities;
        }
        Optional<Reading> unread = context.unreadFor(PIM_GROUP_ELIGIBILITIES);
        if (unread.isPresent()) {
            return unread.get();
        }
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        context.values(PIM_GROUP_ELIGIBILITIES, GroupGrant.class).stream()
                .map(GroupGrant::groupId)
                .distinct()
                .forEach(id -> requests.put(id, groupPolicies(id)));
        ReadingBuilder policies = new ReadingBuilder(PIM_GROUP_POLICIES);
        context.graph()
                .ask(requests)
                .forEach((id, answer) -> policies.collection(
                        answer,
                        "PIM settings of groups",
                        item -> new GroupPimPolicy(id, access(item), rules(item.requiredItem("policy"))),
                        PIM_GROUP_POLICIES.permissions()));
        if (context.partial(PIM_GROUP_ELIGIBILITIES)) {
            policies.gap("not all groups with eligible members are known");
        }
        return policies.build();
    }

    private static GraphRequest groupPolicies(String groupId) {
        return GraphRequest.of(V1.policies().roleManagementPolicyAssignments().toGetRequestInformation(it -> {
            it.queryParameters.filter = "scopeId eq " + literal(groupId) + " and scopeType eq 'Group'";
            it.queryParameters.expand = new String[] {"policy($expand=rules)"};
        }));
    }

    private static GroupGrant.Access access(Item item) {
        return switch (item.requiredText("roleDefinitionId")) {
            case "member" -> GroupGrant.Access.MEMBER;
            case "owner" -> GroupGrant.Access.OWNER;
            default -> throw item.malformed("roleDefinitionId");
        };
    }

    private static RoleAssignment assignment(
            Item item, AssignmentKind kind, Optional<Instant> endsAt, Optional<Instant> beganAt) {
        String principalId = item.id("principalId");
        Optional<Item> principal = Principals.of(item);
        String scope = item.text("directoryScopeId").orElseGet(() -> item.requiredText("appScopeId"));
        return new RoleAssignment(
                principalId,
                Principals.type(principal),
                Principals.name(principal, principalId),
                item.id("roleDefinitionId"),
                scope,
                kind,
                endsAt,
                beganAt);
    }

    private static Map<String, PimRule> rules(Item policy) {
        Map<String, PimRule> rules = new HashMap<>();
        for (Item item : policy.items("rules")) {
            String id = item.requiredText("id");
            rule(id).ifPresent(read -> rules.put(id, read.apply(item)));
        }
        return rules;
    }

    /** How to read a rule of this id; empty for one that nothing asks for. */
    private static Optional<Function<Item, PimRule>> rule(String id) {
        return Optional.ofNullable(
                switch (id.substring(0, Math.max(0, id.indexOf('_')))) {
                    case "Expiration" -> RoleReader::expiration;
                    case "Enablement" -> RoleReader::enablement;
                    case "Notification" -> RoleReader::notification;
                    case "Approval" -> RoleReader::approval;
                    case "AuthenticationContext" -> RoleReader::authenticationContext;
                    default -> null;
                });
    }

    private static PimRule expiration(Item item) {
        return new PimRule(
                item.requiredText("id"),
                item.requiredFlag("isExpirationRequired"),
                false,
                List.of(),
                item.text("maximumDuration").orElse(""),
                Set.of(),
                "");
    }

    private static PimRule enablement(Item item) {
        return new PimRule(
                item.requiredText("id"), false, false, List.of(), "", Set.copyOf(item.texts("enabledRules")), "");
    }

    private static PimRule notification(Item item) {
        return new PimRule(
                item.requiredText("id"),
                false,
                item.requiredFlag("isDefaultRecipientsEnabled"),
                item.texts("notificationRecipients"),
                "",
                Set.of(),
                "",
                item.text("notificationLevel")
                        .map(level -> switch (level) {
                            case "None" -> PimRule.Level.NONE;
                            case "Critical" -> PimRule.Level.CRITICAL;
                            default -> PimRule.Level.ALL;
                        })
                        .orElse(PimRule.Level.ALL));
    }

    private static PimRule approval(Item item) {
        return new PimRule(
                item.requiredText("id"),
                item.requiredItem("setting").requiredFlag("isApprovalRequired"),
                false,
                List.of(),
                "",
                Set.of(),
                "");
    }

    private static PimRule authenticationContext(Item item) {
        return new PimRule(
                item.requiredText("id"),
                item.requiredFlag("isEnabled"),
                false,
                List.of(),
                "",
                Set.of(),
                item.text("claimValue").orElse(""));
    }
}
