package dev.parc.collect.azure;

import static dev.parc.facts.FactKind.AZURE_ANCESTORS;
import static dev.parc.facts.FactKind.AZURE_CUSTOM_ROLES;
import static dev.parc.facts.FactKind.AZURE_DELEGATIONS;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_FURTHER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.arm.ArmRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.AssignmentTerms;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.collect.reading.Slices;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureAncestors;
import dev.parc.facts.azure.AzureCustomRole;
import dev.parc.facts.azure.AzureDelegation;
import dev.parc.facts.azure.AzureManagementGroup;
import dev.parc.facts.azure.AzurePower;
import dev.parc.facts.azure.AzurePowers;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads Azure from the root down: management groups, subscriptions, who holds roles there and who may. Users are read
 * with every role, other principals with the roles that make an administrator. What several scopes tell alike counts once.
 */
public final class AzureReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(AZURE_MANAGEMENT_GROUPS, context -> new AzureReader(context).managementGroups()),
            ReadingTask.of(
                    AZURE_SUBSCRIPTIONS, context -> new AzureReader(context).subscriptions(), AZURE_MANAGEMENT_GROUPS),
            ReadingTask.of(
                    AZURE_DELEGATIONS,
                    context -> new AzureReader(context).delegations(),
                    AZURE_SUBSCRIPTIONS,
                    AZURE_MANAGEMENT_GROUPS),
            ReadingTask.of(AZURE_ANCESTORS, context -> new AzureReader(context).ancestors(), AZURE_SUBSCRIPTIONS),
            ReadingTask.of(AZURE_CUSTOM_ROLES, context -> new AzureReader(context).customRoles(), AZURE_SUBSCRIPTIONS),
            ReadingTask.of(
                    AZURE_FURTHER_ASSIGNMENTS,
                    context -> new AzureReader(context).furtherAssignments(),
                    AZURE_CUSTOM_ROLES,
                    AZURE_SUBSCRIPTIONS,
                    AZURE_MANAGEMENT_GROUPS),
            ReadingTask.of(
                            AZURE_PIM_ASSIGNMENTS,
                            context -> new AzureReader(context).pimAssignments(),
                            AZURE_SUBSCRIPTIONS,
                            AZURE_MANAGEMENT_GROUPS)
                    .afterIfRead(AZURE_CUSTOM_ROLES)
                    .askingEachSubscription(),
            ReadingTask.of(
                            AZURE_ROLE_ASSIGNMENTS,
                            context -> new AzureReader(context).roleAssignments(),
                            AZURE_SUBSCRIPTIONS,
                            AZURE_MANAGEMENT_GROUPS)
                    .afterIfRead(AZURE_CUSTOM_ROLES, AZURE_PIM_ASSIGNMENTS),
            ReadingTask.of(
                            AZURE_ELIGIBILITIES,
                            context -> new AzureReader(context).eligibilities(),
                            AZURE_SUBSCRIPTIONS,
                            AZURE_MANAGEMENT_GROUPS)
                    .afterIfRead(AZURE_CUSTOM_ROLES)
                    .askingEachSubscription());

    private static final Set<AzureRole> OF_ANY_PRINCIPAL = Set.of(
            AzureRole.OWNER,
            AzureRole.USER_ACCESS_ADMINISTRATOR,
            AzureRole.RBAC_ADMINISTRATOR,
            AzureRole.VIRTUAL_MACHINE_ADMINISTRATOR_LOGIN);

    private static final String ROLE_ASSIGNMENTS_QUERY = "authorizationresources"
            + " | where type =~ 'microsoft.authorization/roleassignments'"
            + " | extend rd=tostring(properties.roleDefinitionId), pt=tostring(properties.principalType)"
            + " | where pt =~ 'User'"
            + OF_ANY_PRINCIPAL.stream()
                    .sorted()
                    .map(role -> " or rd has '" + role.id() + "'")
                    .collect(Collectors.joining())
            + " | project id, subscriptionId, principalId=tostring(properties.principalId), principalType=pt,"
            + " roleDefinitionId=rd, scope=tostring(properties.scope),"
            + " description=tostring(properties.description), createdOn=tostring(properties.createdOn)";

    private static final String FURTHER_QUERY = "authorizationresources"
            + " | where type =~ 'microsoft.authorization/roleassignments'"
            + " | extend rd=tostring(properties.roleDefinitionId), pt=tostring(properties.principalType),"
            + " condition=tostring(properties.condition)"
            + " | where (pt !~ 'User' or isnotempty(condition)) and (%s)"
            + " | project id, subscriptionId, principalId=tostring(properties.principalId), principalType=pt,"
            + " roleDefinitionId=rd, scope=tostring(properties.scope), condition";

    private static final String DELEGATIONS_QUERY = "managedservicesresources"
            + " | where type in~ ('microsoft.managedservices/registrationassignments',"
            + " 'microsoft.managedservices/registrationdefinitions')"
            + " | project id, type, properties";

    private static final String ANCESTORS_QUERY = "resourcecontainers"
            + " | where type =~ 'microsoft.resources/subscriptions'"
            + " | project id, subscriptionId, ancestors=properties.managementGroupAncestorsChain";

    /** For an identity that may read below the tenant only. */
    private static final String CUSTOM_ROLES_QUERY = "authorizationresources"
            + " | where type =~ 'microsoft.authorization/roledefinitions'"
            + " | where tostring(properties.type) =~ 'CustomRole' | project id, name, properties";

    /** So many roles are named in one question: Azure bounds how long it may be. */
    private static final int ROLES_A_QUESTION = 100;

    /** How Azure describes what it made of classic administrators, from December 2025 on. */
    private static final String CONVERTED = "The Classic Admin role was converted";

    private static final String AUTHORIZATION = "/providers/Microsoft.Authorization/";
    private static final Pattern SUBSCRIPTION = Pattern.compile("(?i)/subscriptions/([^/]+).*");
    private static final Pattern MANAGEMENT_GROUP =
            Pattern.compile("(?i)/providers/Microsoft\\.Management/managementGroups/[^/]+");

    private final ReadingContext context;

    public AzureReader(ReadingContext context) {
        this.context = context;
    }

    public Reading managementGroups() {
        ReadingBuilder groups = new ReadingBuilder(AZURE_MANAGEMENT_GROUPS)
                .collection(
                        context.arm()
                                .ask(ArmRequest.get("/providers/Microsoft.Management/managementGroups", "2020-05-01")),
                        "management groups",
                        AzureReader::managementGroup,
                        List.of());
        Reading reading = groups.build();
        boolean rootMissing = reading instanceof Reading.Read read
                && read.values().stream().map(AzureManagementGroup.class::cast).noneMatch(AzureManagementGroup::root);
        return rootMissing
                ? groups.gap("the tenant root management group is not visible: " + grant())
                        .build()
                : reading;
    }

    public Reading subscriptions() {
        Answer answer = context.arm().ask(ArmRequest.get("/subscriptions", "2022-12-01"));
        Reading reading =
                ReadingBuilder.ofCollection(AZURE_SUBSCRIPTIONS, answer, "subscriptions", AzureReader::subscription);
        return reading instanceof Reading.Read read && read.values().isEmpty() && !thereAreNone()
                ? new Reading.Unread("no subscription is visible: " + grant())
                : reading;
    }

    private static AzureSubscription subscription(Item item) {
        AzureSubscription.State state = switch (item.requiredText("state").toLowerCase(Locale.ROOT)) {
            case "enabled" -> AzureSubscription.State.ENABLED;
            case "warned" -> AzureSubscription.State.WARNED;
            case "pastdue" -> AzureSubscription.State.PAST_DUE;
            case "disabled" -> AzureSubscription.State.DISABLED;
            case "deleted" -> AzureSubscription.State.DELETED;
            default -> AzureSubscription.State.OTHER;
        };
        Optional<String> quotaId = item.optional("subscriptionPolicies").flatMap(it -> it.firstText("quotaId"));
        return new AzureSubscription(
                item.id("subscriptionId"),
                item.requiredText("displayName"),
                item.id("tenantId"),
                state,
                quotaId.filter(quota -> quota.startsWith("AAD_")).isPresent(),
                quotaId.map(AzureSubscription.Offer::of).orElse(AzureSubscription.Offer.OTHER));
    }

    /** Whether the root management group says itself that no subscription is below it; a missing role looks like it. */
    private boolean thereAreNone() {
        Optional<AzureManagementGroup> root =
                context.values(AZURE_MANAGEMENT_GROUPS, AzureManagementGroup.class).stream()
                        .filter(AzureManagementGroup::root)
                        .findFirst();
        return root.filter(group -> context.arm().ask(ArmRequest.get(group.scope() + "/descendants", "2020-05-01"))
                                instanceof Answer.Value value
                        && value.body().path("value").isArray()
                        && value.body()
                                .path("value")
                                .valueStream()
                                .allMatch(below -> below.path("id").asText().contains("/managementGroups/")))
                .isPresent();
    }

    private static String grant() {
        return "grant PARC's identity the role "
                + AZURE_SUBSCRIPTIONS.azureRole().orElseThrow();
    }

    private static AzureManagementGroup managementGroup(Item item) {
        String name = item.requiredText("name");
        if (!name.matches("[\\w().-]{1,90}")) {
            throw item.malformed("name");
        }
        Item properties = item.requiredItem("properties");
        return new AzureManagementGroup(name, properties.text("displayName").orElse(name), properties.id("tenantId"));
    }

    /** What other tenants may do here: assignments of offers, each with its definition or with the id of that. */
    public Reading delegations() {
        Optional<Reading> unread = context.unreadFor(AZURE_SUBSCRIPTIONS, AZURE_MANAGEMENT_GROUPS);
        if (unread.isPresent()) {
            return unread.get();
        }
        ReadingBuilder reading = new ReadingBuilder(AZURE_DELEGATIONS);
        Answer answer = context.arm().ask(ArmRequest.ofResourceGraph(DELEGATIONS_QUERY));
        Map<String, Item> definitions = new HashMap<>();
        List<Item> assignments = new ArrayList<>();
        reading.each(answer, "delegations", row -> {
            if (row.requiredText("type").toLowerCase(Locale.ROOT).endsWith("/registrationdefinitions")) {
                definitions.put(row.requiredText("id").toLowerCase(Locale.ROOT), row.requiredItem("properties"));
            } else {
                assignments.add(row);
            }
        });
        assignments.forEach(
                row -> reading.attempt(() -> delegation(row, definitions).ifPresent(reading::value)));
        return reading.build();
    }

    private Optional<AzureDelegation> delegation(Item row, Map<String, Item> definitions) {
        Item properties = row.requiredItem("properties");
        String scope = row.requiredText("id").replaceAll("(?i)/providers/Microsoft\\.ManagedServices/.*", "");
        Matcher subscription = SUBSCRIPTION.matcher(scope);
        if (!subscription.matches()) {
            throw row.malformed("id");
        }
        Item definition = properties
                .optional("registrationDefinition")
                .flatMap(embedded -> embedded.optional("properties"))
                .filter(embedded -> embedded.has("authorizations"))
                .or(() -> properties
                        .firstText("registrationDefinitionId")
                        .map(id -> definitions.get(id.toLowerCase(Locale.ROOT))))
                .orElseThrow(() -> properties.malformed("registrationDefinitionId"));
        String managing = definition.id("managedByTenantId");
        boolean toOurselves = AzureManagementGroup.tenantOf(
                        context.values(AZURE_MANAGEMENT_GROUPS, AzureManagementGroup.class))
                .filter(managing::equalsIgnoreCase)
                .isPresent();
        if (toOurselves) {
            return Optional.empty(); // a customer's subscription, which is seen because it is delegated to this tenant
        }
        return Optional.of(new AzureDelegation(
                scope,
                subscription.group(1).toLowerCase(Locale.ROOT),
                managing,
                definition.firstText("managedByTenantName").orElse(managing),
                Stream.concat(
                                definition.items("authorizations").stream()
                                        .map(item -> authorization(item, Optional.empty())),
                                definition
                                        .optionalItems("eligibleAuthorizations")
                                        .map(item -> authorization(item, Optional.of(activation(item)))))
                        .toList()));
    }

    private static AzureDelegation.Authorization authorization(
            Item item, Optional<AzureDelegation.Activation> activation) {
        String id = item.id("principalId");
        String role = item.requiredText("roleDefinitionId");
        return new AzureDelegation.Authorization(
                id,
                item.firstText("principalIdDisplayName").orElse(id),
                Item.guid(role.substring(role.lastIndexOf('/') + 1))
                        .orElseThrow(() -> item.malformed("roleDefinitionId")),
                activation);
    }

    private static AzureDelegation.Activation activation(Item item) {
        Optional<Item> policy = item.optional("justInTimeAccessPolicy");
        return new AzureDelegation.Activation(
                policy.flatMap(it -> it.firstText("multiFactorAuthProvider"))
                        .filter("Azure"::equalsIgnoreCase)
                        .isPresent(),
                policy.filter(it -> it.optionalItems("managedByTenantApprovers")
                                .findAny()
                                .isPresent())
                        .isPresent());
    }

    /** Which management groups are above each subscription: Resource Graph tells it of all with one question. */
    public Reading ancestors() {
        return context.unreadFor(AZURE_SUBSCRIPTIONS)
                .orElseGet(() -> ReadingBuilder.ofCollection(
                        AZURE_ANCESTORS,
                        context.arm().ask(ArmRequest.ofResourceGraph(ANCESTORS_QUERY)),
                        "subscriptions",
                        item -> new AzureAncestors(
                                item.id("subscriptionId"),
                                item.items("ancestors").stream()
                                        .map(group -> group.requiredText("name").toLowerCase(Locale.ROOT))
                                        .toList())));
    }

    public Reading roleAssignments() {
        Optional<Reading> unread = context.unreadFor(AZURE_SUBSCRIPTIONS);
        if (unread.isPresent()) {
            return unread.get();
        }
        Rows rows = new Rows(AZURE_ROLE_ASSIGNMENTS);
        rows.take(
                "Azure Resource Graph",
                context.arm().ask(ArmRequest.ofResourceGraph(ROLE_ASSIGNMENTS_QUERY)),
                item -> item);
        boolean told = pimToldAll();
        if (told) {
            context.values(AZURE_PIM_ASSIGNMENTS, AzureRoleAssignment.class).stream()
                    .filter(row -> MANAGEMENT_GROUP.matcher(row.scope()).matches())
                    .map(AzureReader::withoutTerm)
                    .forEach(rows::add);
        }
        Set<String> roots = context.values(AZURE_MANAGEMENT_GROUPS, AzureManagementGroup.class).stream()
                .filter(AzureManagementGroup::root)
                .map(AzureManagementGroup::scope)
                .collect(Collectors.toSet());
        Map<String, ArmRequest> requests = new LinkedHashMap<>();
        managementGroupScopes().stream()
                .filter(scope -> !told || roots.contains(scope))
                .forEach(scope -> requests.put(
                        scope, ArmRequest.atScope(scope + AUTHORIZATION + "roleAssignments", "2022-04-01")));
        context.arm().ask(requests).forEach((scope, answer) -> rows.take(scope, answer, AzureReader::properties));
        return rows.build();
    }

    /**
     * Whether PIM was asked in this run and answered everywhere. Its list has what is active, however it was assigned, so that
     * a management group below the root need not be asked twice.
     */
    private boolean pimToldAll() {
        return context.read().get(AZURE_PIM_ASSIGNMENTS) instanceof Reading.Read read
                && read.gaps().isEmpty();
    }

    private static AzureRoleAssignment withoutTerm(AzureRoleAssignment row) {
        return new AzureRoleAssignment(
                row.principalId(),
                row.principalType(),
                row.principalName(),
                row.roleId(),
                row.roleName(),
                row.scope(),
                AssignmentKind.ACTIVE,
                Optional.empty(),
                row.convertedClassicAdministrator(),
                row.custom(),
                row.condition());
    }

    /** The roles that the tenant made itself, wherever they may be assigned. */
    public Reading customRoles() {
        Optional<Reading> unread = context.unreadFor(AZURE_SUBSCRIPTIONS);
        if (unread.isPresent()) {
            return unread.get();
        }
        Answer answer = context.arm()
                .ask(ArmRequest.get(AUTHORIZATION + "roleDefinitions", "2022-04-01")
                        .filter("type eq 'CustomRole'"));
        boolean refused = answer instanceof Answer.Refused refusal && refusal.status() == 403;
        return ReadingBuilder.ofCollection(
                AZURE_CUSTOM_ROLES,
                refused ? context.arm().ask(ArmRequest.ofResourceGraph(CUSTOM_ROLES_QUERY)) : answer,
                "custom roles",
                AzureReader::customRole);
    }

    private static AzureCustomRole customRole(Item item) {
        Item properties = item.requiredItem("properties");
        return new AzureCustomRole(
                item.id("name"),
                properties.requiredText("roleName"),
                properties.items("permissions").stream()
                        .map(permission -> new AzureCustomRole.Permission(
                                permission.texts("actions"), permission.texts("notActions")))
                        .toList());
    }

    /** Who else holds a role in subscriptions that gives roles or changes everything, and under which conditions. */
    public Reading furtherAssignments() {
        Optional<Reading> unread = context.unreadFor(AZURE_SUBSCRIPTIONS);
        if (unread.isPresent()) {
            return unread.get();
        }
        Rows rows = new Rows(AZURE_FURTHER_ASSIGNMENTS);
        List<String> roles = Stream.of(AzurePower.GIVES_ROLES, AzurePower.CHANGES_EVERYTHING)
                .flatMap(power -> powers().withPower(power).stream())
                .sorted()
                .toList();
        for (List<String> some : Slices.of(roles, ROLES_A_QUESTION)) {
            String named = some.stream().map(role -> "rd has '" + role + "'").collect(Collectors.joining(" or "));
            rows.take(
                    "Azure Resource Graph",
                    context.arm().ask(ArmRequest.ofResourceGraph(FURTHER_QUERY.formatted(named))),
                    item -> item);
        }
        return rows.build();
    }

    private AzurePowers powers() {
        return powers(context);
    }

    /** What roles make of their holders, custom ones as far as they were read. */
    public static AzurePowers powers(ReadingContext context) {
        return new AzurePowers(
                context.read().containsKey(AZURE_CUSTOM_ROLES)
                        ? context.values(AZURE_CUSTOM_ROLES, AzureCustomRole.class)
                        : List.of());
    }

    public Reading eligibilities() {
        return ofEveryScope(AZURE_ELIGIBILITIES, "roleEligibilityScheduleInstances");
    }

    /** Active assignments with their terms: permanent, until a date, or activated now. */
    public Reading pimAssignments() {
        return ofEveryScope(AZURE_PIM_ASSIGNMENTS, "roleAssignmentScheduleInstances");
    }

    /** What PIM has on every management group and in every subscription. */
    private Reading ofEveryScope(FactKind kind, String list) {
        Optional<Reading> unread = context.unreadFor(AZURE_SUBSCRIPTIONS);
        if (unread.isPresent()) {
            return unread.get();
        }
        Rows rows = new Rows(kind);
        List<String> scopes = Stream.concat(
                        managementGroupScopes().stream(),
                        context.values(AZURE_SUBSCRIPTIONS, AzureSubscription.class).stream()
                                .filter(subscription -> !isForeign(subscription))
                                .map(AzureSubscription::scope))
                .toList();
        if (scopes.isEmpty()) {
            return rows.build();
        }
        Function<String, ArmRequest> request = scope -> ArmRequest.get(scope + AUTHORIZATION + list, "2020-10-01");
        String one = scopes.get(0); // one answer tells that the licence is missing
        Answer first = context.arm().ask(request.apply(one));
        rows.take(one, first, AzureReader::properties);
        if (!ReadingBuilder.lacksLicence(first)) {
            Map<String, ArmRequest> requests = new LinkedHashMap<>();
            scopes.stream().skip(1).forEach(scope -> requests.put(scope, request.apply(scope)));
            context.arm().ask(requests).forEach((scope, answer) -> rows.take(scope, answer, AzureReader::properties));
        }
        return rows.build();
    }

    private static Item properties(Item item) {
        return item.requiredItem("properties");
    }

    /** Those that could be read, the root first. */
    private List<String> managementGroupScopes() {
        return context.values(AZURE_MANAGEMENT_GROUPS, AzureManagementGroup.class).stream()
                .sorted((one, other) -> Boolean.compare(other.root(), one.root()))
                .map(AzureManagementGroup::scope)
                .toList();
    }

    /** Whether a subscription belongs to another tenant, which has delegated it. */
    private boolean isForeign(AzureSubscription subscription) {
        return !isOwn(context, subscription);
    }

    /** Whether a subscription belongs to the tenant; it does where no management group tells which one that is. */
    public static boolean isOwn(ReadingContext context, AzureSubscription subscription) {
        return AzureManagementGroup.tenantOf(context.values(AZURE_MANAGEMENT_GROUPS, AzureManagementGroup.class))
                .map(subscription.tenantId()::equals)
                .orElse(true);
    }

    /** Rows of one kind from many scopes, each once. */
    private final class Rows {

        private final FactKind kind;
        private final ReadingBuilder reading;
        private final Set<AzureRoleAssignment> seen = new HashSet<>();
        private final Map<String, Boolean> foreign = new LinkedHashMap<>();
        private final AzurePowers powers = powers();

        Rows(FactKind kind) {
            this.kind = kind;
            this.reading = new ReadingBuilder(kind);
            context.values(AZURE_SUBSCRIPTIONS, AzureSubscription.class)
                    .forEach(subscription -> foreign.put(subscription.id(), isForeign(subscription)));
        }

        void take(String from, Answer answer, UnaryOperator<Item> row) {
            if (!(answer instanceof Answer.Value value)) {
                without(from, answer);
                return;
            }
            JsonNode items = value.body().path("value");
            if (!items.isArray()) {
                reading.failed(from + " came without its list");
                return;
            }
            reading.used();
            items.forEach(node -> reading.attempt(() -> take(row.apply(new Item(kind.title(), node)))));
        }

        /** Adds what another list told, once. */
        void add(AzureRoleAssignment row) {
            if (seen.add(row)) {
                reading.value(row);
            }
        }

        private void without(String from, Answer answer) {
            boolean subscription = SUBSCRIPTION.matcher(from).matches();
            if (subscription && ReadingBuilder.notFound(answer)) {
                reading.used(); // deleted since it was listed
            } else if (ReadingBuilder.lacksLicence(answer)) {
                reading.without(answer, List.of());
            } else {
                String reason =
                        ReadingBuilder.azureReason(answer, kind.azureRole().orElseThrow());
                reading.failed((subscription ? "a subscription" : from) + ": " + reason);
            }
        }

        private void take(Item item) {
            if (context.beginsLater(item)) {
                return; // these lists may have upcoming ones too, which are not in force
            }
            AzureRoleAssignment row = row(item);
            boolean wanted = row.principalType() == PrincipalType.USER
                    || powers.of(row).compareTo(AzurePower.OTHER) < 0
                    || AzureRole.of(row.roleId())
                            .filter(OF_ANY_PRINCIPAL::contains)
                            .isPresent();
            Matcher subscription = SUBSCRIPTION.matcher(row.scope());
            if (!wanted) {
                return;
            }
            if (subscription.matches()) {
                Boolean isForeign = foreign.get(subscription.group(1).toLowerCase(Locale.ROOT));
                if (isForeign == null) {
                    reading.gap("a role is assigned in a subscription that is not in the list of subscriptions");
                } else if (isForeign) {
                    return;
                }
            }
            add(row);
        }

        private AzureRoleAssignment row(Item item) {
            String principalId = item.id("principalId");
            String definition = item.requiredText("roleDefinitionId");
            String roleId = Item.guid(definition.substring(definition.lastIndexOf('/') + 1))
                    .orElseThrow(() -> item.malformed("roleDefinitionId"));
            Optional<Item> expanded = item.optional("expandedProperties");
            Optional<Instant> endsAt = item.has("endDateTime") ? item.time("endDateTime") : Optional.empty();
            return new AzureRoleAssignment(
                    principalId,
                    type(item),
                    expanded.flatMap(it -> it.optional("principal"))
                            .flatMap(it -> it.firstText("email", "displayName"))
                            .orElse(principalId),
                    roleId,
                    AzureRole.of(roleId)
                            .map(AzureRole::title)
                            .or(() -> expanded.flatMap(it -> it.optional("roleDefinition"))
                                    .flatMap(it -> it.firstText("displayName")))
                            .orElse(roleId),
                    item.requiredText("scope"),
                    kind(item, endsAt.isPresent()),
                    endsAt,
                    item.firstText("description")
                            .filter(text -> text.startsWith(CONVERTED))
                            .isPresent(),
                    expanded.flatMap(it -> it.optional("roleDefinition"))
                            .flatMap(it -> it.firstText("type"))
                            .filter("CustomRole"::equalsIgnoreCase)
                            .isPresent(),
                    item.firstText("condition"));
        }

        private AssignmentKind kind(Item item, boolean ends) {
            return switch (kind) {
                case AZURE_ELIGIBILITIES -> AssignmentKind.ELIGIBLE;
                case AZURE_PIM_ASSIGNMENTS -> AssignmentTerms.activeKind(item, ends);
                default -> AssignmentKind.ACTIVE;
            };
        }

        private PrincipalType type(Item item) {
            return switch (item.firstText("principalType").orElse("").toLowerCase(Locale.ROOT)) {
                case "user" -> PrincipalType.USER;
                case "group" -> PrincipalType.GROUP;
                case "serviceprincipal" -> PrincipalType.SERVICE_PRINCIPAL;
                default -> PrincipalType.UNKNOWN;
            };
        }

        /** What was read; with a gap where scopes above the subscriptions could not be asked. */
        Reading build() {
            boolean whole = context.reading(AZURE_MANAGEMENT_GROUPS) instanceof Reading.Read read
                    && read.gaps().isEmpty();
            Reading built = reading.build();
            if (built instanceof Reading.Read read) {
                if (!whole) {
                    return reading.gap(
                                    "not every management group could be read, so role assignments there or at the root scope may"
                                            + " be missing")
                            .build();
                }
                if (kind != AZURE_ELIGIBILITIES
                        && kind != AZURE_FURTHER_ASSIGNMENTS
                        && read.values().isEmpty()
                        && !foreign.isEmpty()) {
                    return reading.gap("no role assignment was found, but every subscription has an owner")
                            .build();
                }
            }
            return built;
        }
    }

    /** The role assignments of all kinds as far as they were read and wanted. */
    public static List<AzureRoleAssignment> holders(ReadingContext context) {
        return Stream.concat(
                        AzureRoleAssignment.joined(
                                ofRun(context, AZURE_ROLE_ASSIGNMENTS),
                                ofRun(context, AZURE_FURTHER_ASSIGNMENTS),
                                ofRun(context, AZURE_PIM_ASSIGNMENTS))
                                .stream(),
                        ofRun(context, AZURE_ELIGIBILITIES).stream())
                .toList();
    }

    /** What a run that asks for the kind has read of it. */
    private static List<AzureRoleAssignment> ofRun(ReadingContext context, FactKind kind) {
        return context.read().containsKey(kind) ? context.values(kind, AzureRoleAssignment.class) : List.of();
    }
}
