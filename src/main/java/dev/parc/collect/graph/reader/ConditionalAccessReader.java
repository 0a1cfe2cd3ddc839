package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.BETA;
import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.GapException;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Reading;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Applications;
import dev.parc.facts.policies.ConditionalAccessPolicy.DeviceFilter;
import dev.parc.facts.policies.ConditionalAccessPolicy.Grant;
import dev.parc.facts.policies.ConditionalAccessPolicy.Guests;
import dev.parc.facts.policies.ConditionalAccessPolicy.Scope;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.policies.ConditionalAccessPolicy.Users;
import dev.parc.facts.policies.PolicyValues;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads Conditional Access policies. A condition, control or value that the facts have no place for is named in the
 * policy's {@code notModelled}, so that nobody proves anything from a policy that was only half understood.
 */
public final class ConditionalAccessReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(CONDITIONAL_ACCESS_POLICIES, context -> new ConditionalAccessReader(context).policies()));

    /** Chooses applications by their custom security attributes, which are not read. */
    private static final String FILTER = "applicationFilter";

    private static final String PLURAL = "Conditional Access policies";

    /** What tells for whom and what a policy is, and what it demands. */
    private static final Set<String> DECISIVE = Set.of("conditions", "grantControls", "sessionControls");

    private static final String[] SELECTED = {
        "id", "displayName", "state", "conditions", "grantControls", "sessionControls"
    };

    private static final Set<String> POLICY = Set.of(
            "id",
            "displayName",
            "description",
            "state",
            "createdDateTime",
            "modifiedDateTime",
            "templateId",
            "conditions",
            "grantControls",
            "sessionControls");
    private static final Set<String> CONDITIONS = Set.of(
            "users",
            "applications",
            "clientAppTypes",
            "platforms",
            "locations",
            "devices",
            "signInRiskLevels",
            "userRiskLevels",
            "insiderRiskLevels",
            "authenticationFlows");
    private static final Set<String> USERS = Set.of(
            "includeUsers",
            "excludeUsers",
            "includeGroups",
            "excludeGroups",
            "includeRoles",
            "excludeRoles",
            "includeGuestsOrExternalUsers",
            "excludeGuestsOrExternalUsers");
    private static final Set<String> APPLICATIONS = Set.of(
            "includeApplications",
            "excludeApplications",
            "includeUserActions",
            "includeAuthenticationContextClassReferences",
            FILTER);
    private static final Set<String> GRANT = Set.of(
            "operator", "builtInControls", "customAuthenticationFactors", "termsOfUse", "authenticationStrength");
    private static final Set<String> USER_LITERALS = Set.of("All", "None", "GuestsOrExternalUsers", "AllAgentIdUsers");
    private static final Set<String> APPLICATION_LITERALS =
            Set.of("All", "None", "Office365", "MicrosoftAdminPortals", "AllAgentIdResources");
    private static final Set<String> LOCATION_LITERALS = Set.of("All", "AllTrusted");

    /** Whom a policy is for that came without saying so. */
    private static final Users NOT_TOLD =
            new Users(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty());

    private final ReadingContext context;

    public ConditionalAccessReader(ReadingContext context) {
        this.context = context;
    }

    /**
     * Every policy with every setting. Version 1.0 leaves out policies with settings in preview, or shows them without these;
     * so each is read as beta shows it, where beta answers.
     */
    public Reading policies() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(
                        V1.identity().conditionalAccess().policies().toGetRequestInformation()));
        Map<String, ObjectNode> more = answer instanceof Answer.Value ? inBeta() : Map.of();
        Set<String> known = new HashSet<>();
        ReadingBuilder policies = new ReadingBuilder(CONDITIONAL_ACCESS_POLICIES);
        boolean listed = policies.each(answer, PLURAL, item -> {
            String id = item.id("id");
            known.add(id);
            policies.value(new PolicyReading().read(item.filledFrom(more.get(id), DECISIVE)));
        });
        more.forEach((id, policy) -> { // beside a list that came: of none, nobody knows what it has
            if (listed && !known.contains(id)) {
                policies.attempt(() -> policies.value(new PolicyReading().readInPreview(new Item(PLURAL, policy))));
            }
        });
        return policies.build();
    }

    /** The policies of the beta version by id; none where it does not answer, so that v1.0 stands alone. */
    private Map<String, ObjectNode> inBeta() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(BETA.identity()
                        .conditionalAccess()
                        .policies()
                        .toGetRequestInformation(it -> it.queryParameters.select = SELECTED)));
        Map<String, ObjectNode> policies = new LinkedHashMap<>();
        if (answer instanceof Answer.Value value) {
            for (JsonNode policy : value.body().path("value")) {
                if (policy instanceof ObjectNode object) {
                    Item.guid(policy.path("id").asText()).ifPresent(id -> policies.put(id, object));
                }
            }
        }
        return policies;
    }

    /** The reading of one policy, with what it meets that cannot be modelled. */
    private static final class PolicyReading {

        private final Set<String> notModelled = new TreeSet<>();

        /** One that v1.0 leaves out, for a setting in preview that PARC may not know even where all has a name. */
        ConditionalAccessPolicy readInPreview(Item policy) {
            notModelled.add("a setting in preview");
            return read(policy);
        }

        ConditionalAccessPolicy read(Item policy) {
            onlyModelled(policy, POLICY);
            String id = policy.id("id");
            Item conditions = orUnknown(
                    new Item(PLURAL, JsonNodeFactory.instance.objectNode()),
                    () -> policy.requiredItem("conditions"),
                    "conditions");
            onlyModelled(conditions, CONDITIONS);
            State state = orUnknown(State.UNKNOWN, () -> state(policy), "state");
            Users users = orUnknown(NOT_TOLD, () -> users(conditions.requiredItem("users")), "users", "includeUsers");
            Applications applications = orUnknown(
                    new Applications(Set.of(), Set.of(), Set.of(), Set.of()),
                    () -> applications(conditions.requiredItem("applications")),
                    "applications",
                    "includeApplications");
            Set<String> clientAppTypes = orUnknown(
                    Set.of(),
                    () -> modelled("clientAppTypes", conditions.texts("clientAppTypes"), PolicyValues.CLIENT_APP_TYPES),
                    "clientAppTypes");
            if (clientAppTypes.isEmpty()) {
                notModelled.add("clientAppTypes");
            }
            Scope platforms = orUnknown(
                    Scope.ANY,
                    () -> scope(
                            conditions, "platforms", "includePlatforms", "excludePlatforms", PolicyValues.PLATFORMS),
                    "platforms");
            modelled("platforms", platforms.include(), PolicyValues.PLATFORMS);
            modelled("platforms", platforms.exclude(), PolicyValues.PLATFORMS);
            return new ConditionalAccessPolicy(
                    id,
                    policy.firstText("displayName").orElse(id),
                    state,
                    users,
                    applications,
                    clientAppTypes,
                    platforms,
                    orUnknown(
                            Scope.ANY,
                            () -> scope(
                                    conditions, "locations", "includeLocations", "excludeLocations", LOCATION_LITERALS),
                            "locations"),
                    orUnknown(Optional.empty(), () -> deviceFilter(conditions), "devices", "deviceFilter"),
                    risks(conditions, "signInRiskLevels"),
                    risks(conditions, "userRiskLevels"),
                    orUnknown(Set.of(), () -> insiderRisks(conditions), "insiderRiskLevels"),
                    orUnknown(Set.of(), () -> flows(conditions), "authenticationFlows", "transferMethods"),
                    orUnknown(
                            Optional.of(new Grant(false, Set.of(), Optional.empty(), Set.of(), Set.of())),
                            () -> policy.item("grantControls").map(this::grant),
                            "grantControls"),
                    cloudAppSecurity(policy),
                    everyTime(policy),
                    List.copyOf(notModelled));
        }

        /**
         * A part of the policy; where it did not come, or came otherwise than Graph writes it, the part is named and nothing
         * can be proved from the policy, which may protect all the same.
         */
        private <T> T orUnknown(T unknown, Supplier<T> part, String... names) {
            try {
                return part.get();
            } catch (GapException e) {
                notModelled.addAll(List.of(names));
                return unknown;
            }
        }

        private Set<String> risks(Item conditions, String name) {
            return orUnknown(Set.of(), () -> modelled(name, conditions.texts(name), PolicyValues.RISKS), name);
        }

        /** Said by few policies, and it decides no sign-in: where it is not said, it is not on. */
        private static boolean cloudAppSecurity(Item policy) {
            return ifSet(policy, "sessionControls")
                    .flatMap(controls -> ifSet(controls, "cloudAppSecurity"))
                    .filter(control -> control.set().contains("isEnabled"))
                    .flatMap(control -> control.flag("isEnabled"))
                    .orElse(false);
        }

        /** A new authentication every time, by the frequency of sign-ins; where it is not said, it is not on. */
        private static boolean everyTime(Item policy) {
            return ifSet(policy, "sessionControls")
                    .flatMap(controls -> ifSet(controls, "signInFrequency"))
                    .filter(control -> control.set().containsAll(Set.of("isEnabled", "frequencyInterval")))
                    .filter(control -> control.flag("isEnabled").orElse(false))
                    .flatMap(control -> control.text("frequencyInterval"))
                    .filter("everyTime"::equals)
                    .isPresent();
        }

        private State state(Item policy) {
            return switch (policy.requiredText("state")) {
                case "enabled" -> State.ENABLED;
                case "enabledForReportingButNotEnforced" -> State.REPORT_ONLY;
                case "disabled" -> State.DISABLED;
                default -> {
                    notModelled.add("state");
                    yield State.UNKNOWN;
                }
            };
        }

        private Users users(Item users) {
            unknownIn(users, USERS, "includeUsers");
            return new Users(
                    ids(users, "includeUsers", USER_LITERALS),
                    ids(users, "excludeUsers", USER_LITERALS),
                    ids(users, "includeGroups", Set.of()),
                    ids(users, "excludeGroups", Set.of()),
                    ids(users, "includeRoles", Set.of()),
                    ids(users, "excludeRoles", Set.of()),
                    guests(users, "includeGuestsOrExternalUsers"),
                    guests(users, "excludeGuestsOrExternalUsers"));
        }

        private Optional<Guests> guests(Item users, String name) {
            return ifSet(users, name).map(guests -> {
                onlyModelled(guests, Set.of("guestOrExternalUserTypes", "externalTenants"));
                Set<String> types = modelled(
                        "guestOrExternalUserTypes",
                        list(guests.requiredText("guestOrExternalUserTypes")),
                        PolicyValues.GUEST_TYPES);
                return new Guests(
                        types,
                        ifSet(guests, "externalTenants").map(this::tenants).orElse(Set.of()));
            });
        }

        /** The tenants that are named; none of them for all. */
        private Set<String> tenants(Item tenants) {
            onlyModelled(tenants, Set.of("membershipKind", "members"));
            return switch (tenants.requiredText("membershipKind")) {
                case "all" -> Set.of();
                case "enumerated" -> {
                    Set<String> members = ids(tenants, "members");
                    if (members.isEmpty()) {
                        notModelled.add("externalTenants");
                    }
                    yield members;
                }
                default -> {
                    notModelled.add("externalTenants");
                    yield Set.of();
                }
            };
        }

        private Applications applications(Item applications) {
            if (applications.set().contains(FILTER)) {
                notModelled.add(FILTER);
            }
            unknownIn(applications, APPLICATIONS, "includeApplications");
            return new Applications(
                    ids(applications, "includeApplications", APPLICATION_LITERALS),
                    ids(applications, "excludeApplications", APPLICATION_LITERALS),
                    Set.copyOf(applications.texts("includeUserActions")),
                    Set.copyOf(applications.texts("includeAuthenticationContextClassReferences")));
        }

        private Scope scope(Item conditions, String name, String include, String exclude, Set<String> literals) {
            return conditions
                    .item(name)
                    .map(it -> {
                        onlyModelled(it, Set.of(include, exclude));
                        Scope scope =
                                new Scope(spelled(ids(it, include), literals), spelled(ids(it, exclude), literals));
                        if (scope.include().isEmpty() && !scope.exclude().isEmpty()) {
                            notModelled.add(name);
                        }
                        return scope;
                    })
                    .orElse(Scope.ANY);
        }

        private Optional<DeviceFilter> deviceFilter(Item conditions) {
            return conditions.item("devices").flatMap(devices -> {
                onlyModelled(devices, Set.of("deviceFilter"));
                return ifSet(devices, "deviceFilter").map(filter -> {
                    onlyModelled(filter, Set.of("mode", "rule"));
                    String mode = filter.requiredText("mode");
                    if (!mode.equals("include") && !mode.equals("exclude")) {
                        notModelled.add("deviceFilter");
                    }
                    return new DeviceFilter(mode.equals("include"), filter.requiredText("rule"));
                });
            });
        }

        private Set<String> insiderRisks(Item conditions) {
            if (!conditions.set().contains("insiderRiskLevels")) {
                return Set.of();
            }
            return modelled(
                    "insiderRiskLevels", textOrTexts(conditions, "insiderRiskLevels"), PolicyValues.INSIDER_RISKS);
        }

        private Set<String> flows(Item conditions) {
            return ifSet(conditions, "authenticationFlows")
                    .map(flows -> {
                        onlyModelled(flows, Set.of("transferMethods"));
                        Set<String> methods = flows.set().contains("transferMethods")
                                ? modelled("transferMethods", textOrTexts(flows, "transferMethods"), PolicyValues.FLOWS)
                                : Set.<String>of();
                        return methods;
                    })
                    .orElse(Set.of());
        }

        private Grant grant(Item controls) {
            unknownIn(controls, GRANT, "grantControls");
            Set<String> builtIn = modelled("builtInControls", controls.texts("builtInControls"), PolicyValues.CONTROLS);
            Set<String> termsOfUse = Set.copyOf(controls.texts("termsOfUse"));
            Set<String> custom = Set.copyOf(controls.texts("customAuthenticationFactors"));
            Optional<AuthenticationStrength> strength =
                    controls.item("authenticationStrength").map(PolicyReader::strength);
            int demands = builtIn.size() + termsOfUse.size() + custom.size() + (strength.isPresent() ? 1 : 0);
            return new Grant(all(controls, demands), builtIn, strength, termsOfUse, custom);
        }

        private boolean all(Item controls, int demands) {
            String operator = controls.text("operator").orElse("").toUpperCase(Locale.ROOT);
            if (demands > 1 && !operator.equals("AND") && !operator.equals("OR")) {
                notModelled.add("operator");
            }
            return operator.equals("AND");
        }

        /** Ids in the form in which they are compared; literals as they are. */
        private static Set<String> ids(Item item, String name) {
            return item.texts(name).stream()
                    .map(text -> Item.guid(text).orElse(text))
                    .collect(Collectors.toSet());
        }

        /** The same with each literal spelled as it is here, whatever its case. */
        private static Set<String> spelled(Set<String> ids, Set<String> literals) {
            return ids.stream()
                    .map(id -> literals.stream()
                            .filter(id::equalsIgnoreCase)
                            .findFirst()
                            .orElse(id))
                    .collect(Collectors.toSet());
        }

        /** A later addition to Graph, which leaves it out of policies that do not set it. */
        private static Optional<Item> ifSet(Item item, String name) {
            return item.set().contains(name) ? item.item(name) : Optional.empty();
        }

        /** A set of flags, which Graph writes as one text with commas, or as a list. */
        private static List<String> textOrTexts(Item item, String name) {
            return item.isText(name) ? list(item.requiredText(name)) : item.texts(name);
        }

        private static List<String> list(String text) {
            return Stream.of(text.split(",", -1))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
        }

        /** As {@link #ids}; a literal counts in any case, and one other than these may stand for anything. */
        private Set<String> ids(Item item, String name, Set<String> literals) {
            Set<String> ids = spelled(ids(item, name), literals);
            if (!ids.stream()
                    .allMatch(id -> literals.contains(id) || Item.guid(id).isPresent())) {
                notModelled.add(name);
            }
            return ids;
        }

        /** What is not known of this part may widen it, or demand more; so the whole part is named too. */
        private void unknownIn(Item part, Set<String> known, String whole) {
            if (!known.containsAll(part.set())) {
                onlyModelled(part, known);
                notModelled.add(whole);
            }
        }

        private void onlyModelled(Item item, Set<String> known) {
            item.set().stream().filter(name -> !known.contains(name)).forEach(notModelled::add);
        }

        private Set<String> modelled(String name, Collection<String> values, Set<String> known) {
            if (!known.containsAll(values)) {
                notModelled.add(name);
            }
            return Set.copyOf(values);
        }
    }
}
