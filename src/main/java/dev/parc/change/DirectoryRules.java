package dev.parc.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.change.Shape.Anything;
import dev.parc.change.Shape.Flag;
import dev.parc.change.Shape.Many;
import dev.parc.change.Shape.Members;
import dev.parc.change.Shape.OneOf;
import dev.parc.change.Shape.OrNull;
import dev.parc.change.Shape.ReadOnly;
import dev.parc.change.Shape.Text;
import dev.parc.change.Shape.That;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Microsoft Graph takes about roles, groups, users, PIM rules, authentication methods and strengths, and Azure about role
 * assignments and diagnostic settings. Source: the resource types of v1.0, and of the api-versions that PARC reads.
 */
public final class DirectoryRules {

    private static final Shape ID =
            new That("an object id", text -> Shape.GUID.matcher(text).matches());
    private static final Shape TEXT = new OrNull(new Text(10_000));

    private static final Members ASSIGNMENT =
            Shape.object().with("principalId", ID).with("roleDefinitionId", ID).with("directoryScopeId", new Text(200));

    private static final Members SCHEDULE_REQUEST = ASSIGNMENT
            .with("action", new OneOf(Set.of("adminAssign", "adminRemove")))
            .with("justification", TEXT)
            .with("isValidationOnly", new That("absent, for nothing is made of it", text -> false))
            .with("ticketInfo", new Anything())
            .with(
                    "scheduleInfo",
                    new OrNull(Shape.object()
                            .with("startDateTime", new OrNull(new Text(40)))
                            .with("recurrence", new OrNull(new Anything()))
                            .with(
                                    "expiration",
                                    new OrNull(Shape.object()
                                            .with(
                                                    "type",
                                                    new OneOf(Set.of("noExpiration", "afterDateTime", "afterDuration")))
                                            .with("endDateTime", new OrNull(new Text(40)))
                                            .with("duration", new OrNull(new Text(40)))))));

    private static final Members REFERENCE = Shape.object()
            .with(
                    "@odata.id",
                    new That(
                            "the URL of a directory object, like"
                                    + " https://graph.microsoft.com/v1.0/directoryObjects/OBJECT-ID",
                            text -> referenced(text).isPresent()));

    private static final Members USER = Shape.object().with("accountEnabled", new Flag());

    private static final Members GROUP = Shape.object()
            .with("displayName", new Text(256))
            .with("description", TEXT)
            .with("mailEnabled", new Flag())
            .with("mailNickname", new Text(64))
            .with("securityEnabled", new Flag())
            .with("isAssignableToRole", new OrNull(new Flag()))
            .with("id", new ReadOnly());

    private static final Members RULE = new Members(Map.of("isExpirationRequired", new Flag()), true);

    private static final Members TARGET =
            new Members(Map.of("targetType", new OneOf(Set.of("group", "user")), "id", new Text(100)), true);

    private static final Members METHOD = new Members(
            Map.of(
                    "state", new OneOf(Set.of("enabled", "disabled")),
                    "includeTargets", new Many(TARGET),
                    "excludeTargets", new Many(TARGET)),
            true);

    private static final Members METHODS_POLICY = Shape.object()
            .with("policyMigrationState", new OneOf(Set.of("preMigration", "migrationInProgress", "migrationComplete")))
            .with("registrationEnforcement", new Anything())
            .with("reportSuspiciousActivitySettings", new Anything())
            .with("systemCredentialPreferences", new Anything())
            .with("authenticationMethodConfigurations", new Many(METHOD))
            .with("id", new ReadOnly());

    private static final Shape COMBINATIONS = new Many(new Text(200));

    private static final Members STRENGTH = Shape.object()
            .with("displayName", new Text(256))
            .with("description", TEXT)
            .with("allowedCombinations", COMBINATIONS)
            .with("combinationConfigurations", new Anything())
            .with("id", new ReadOnly())
            .with("policyType", new ReadOnly())
            .with("createdDateTime", new ReadOnly())
            .with("modifiedDateTime", new ReadOnly());

    private static final Members STRENGTH_CHANGE =
            Shape.object().with("displayName", new Text(256)).with("description", TEXT);

    private static final Members NEW_COMBINATIONS = Shape.object().with("allowedCombinations", COMBINATIONS);

    private static final Members EXPORT = Shape.object()
            .with(
                    "properties",
                    new Members(Map.of("logs", new Many(new Members(Map.of("enabled", new Flag()), true))), true))
            .with("name", new Text(260));

    private static final Members AZURE_ROLE = Shape.object()
            .with(
                    "properties",
                    Shape.object()
                            .with("principalId", ID)
                            .with(
                                    "principalType",
                                    new OneOf(Set.of("User", "Group", "ServicePrincipal", "ForeignGroup", "Device")))
                            .with("roleDefinitionId", new Text(500))
                            .with("description", TEXT)
                            .with("condition", TEXT)
                            .with("conditionVersion", TEXT));

    private DirectoryRules() {}

    /** Why the service would refuse the body of a request; empty if it would not. */
    public static Optional<String> refuses(Kind kind, ChangeRequest.Method method, JsonNode body) {
        return switch (kind) {
            case ROLE_ASSIGNMENTS -> all(ASSIGNMENT, body, "principalId", "roleDefinitionId", "directoryScopeId");
            case ROLE_ASSIGNMENT_REQUESTS, ROLE_ELIGIBILITY_REQUESTS ->
                body.path("action").asText().equals("adminAssign")
                        ? all(
                                SCHEDULE_REQUEST,
                                body,
                                "principalId",
                                "roleDefinitionId",
                                "directoryScopeId",
                                "scheduleInfo")
                        : all(SCHEDULE_REQUEST, body, "action", "principalId", "roleDefinitionId", "directoryScopeId");
            case GROUP_MEMBERS, GROUP_OWNERS -> all(REFERENCE, body, "@odata.id");
            case USER -> all(USER, body, "accountEnabled");
            case GROUPS -> all(GROUP, body, "displayName", "mailEnabled", "mailNickname", "securityEnabled");
            case PIM_RULE -> RULE.refuses("", body);
            case METHOD -> METHOD.refuses("", body);
            case METHODS_POLICY -> METHODS_POLICY.refuses("", body);
            case STRENGTHS -> all(STRENGTH, body, "displayName", "allowedCombinations");
            case STRENGTH -> STRENGTH_CHANGE.refuses("", body);
            case STRENGTH_COMBINATIONS -> all(NEW_COMBINATIONS, body, "allowedCombinations");
            case DIRECTORY_EXPORT, SUBSCRIPTION_EXPORT -> all(EXPORT, body, "properties");
            case AZURE_ROLE ->
                all(AZURE_ROLE, body, "properties")
                        .or(() -> Stream.of("principalId", "roleDefinitionId")
                                .filter(name -> !body.path("properties").has(name))
                                .findFirst()
                                .map(name -> "\"properties." + name + "\" is missing"));
            default -> throw new IllegalArgumentException(kind + " has rules of its own, for " + method);
        };
    }

    private static Optional<String> all(Members shape, JsonNode body, String... required) {
        return shape.refuses("", body)
                .or(() -> Stream.of(required)
                        .filter(name -> body.path(name).isMissingNode()
                                || body.path(name).isNull())
                        .findFirst()
                        .map(name -> "\"" + name + "\" is missing"));
    }

    /** The id of the object that a reference names, in lower case. */
    public static Optional<String> referenced(String url) {
        String id = url.substring(url.lastIndexOf('/') + 1);
        return url.startsWith("https://") && Shape.GUID.matcher(id).matches()
                ? Optional.of(id.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
