package dev.parc.report;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The application permissions of Microsoft Graph that PARC is granted, written from the fact kinds and the cards. */
public final class Permissions {

    /** The ids of the app roles on the Microsoft Graph service principal, the same in every tenant. */
    private static final Map<String, String> APP_ROLE_IDS = Map.ofEntries(
            Map.entry("RoleManagement.Read.Directory", "483bed4a-2ad3-4361-a73b-c83ccdbdc53c"),
            Map.entry("User.Read.All", "df021288-bdef-4463-88db-98f22de89214"),
            Map.entry("GroupMember.Read.All", "98830695-27a2-44f7-8c18-0c3ebc9698f6"),
            Map.entry("Application.Read.All", "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30"),
            Map.entry("Policy.Read.All", "246dd0d5-5bd0-4def-940b-0421030a5b68"),
            Map.entry("AuditLog.Read.All", "b0afded3-3588-46d8-8b3d-9842eff778da"),
            Map.entry("Organization.Read.All", "498476ce-e0fe-48b0-b801-37ba7e2685c6"),
            Map.entry("Domain.Read.All", "dbb9058a-0e50-45d7-ae91-66909b5d4664"),
            Map.entry("PrivilegedEligibilitySchedule.Read.AzureADGroup", "edb419d6-7edc-42a3-9345-509bfdf5d87c"),
            Map.entry("PrivilegedAssignmentSchedule.Read.AzureADGroup", "cd4161cb-f098-48f8-a884-1eda9a42434c"),
            Map.entry("Domain-InternalFederation.Read.All", "c0e5a7b0-e8b7-40a7-b8e0-8249e6ea81d5"),
            Map.entry("UserAuthenticationMethod.Read.All", "38d9df27-64da-44fd-b7c5-a6fbac20248f"));

    private static final String HEAD = """
            <!-- Written from the fact kinds and the cards. Edit those, then: mvn test -Dtest=CatalogueTest -Dgenerated=write -->
            # Permissions

            PARC asks for application permissions of Microsoft Graph that read, and for none that write. Without one of
            them the facts in its row cannot be read, and the items beside them are not assessed; the others go on.
            `infra/graph-app-roles.json` is the same list for a deployment.

            | Permission | App role id | Reads | Items |
            | --- | --- | --- | --- |
            """;

    private static final String OPTIONAL = """

            ## Optional

            Privacy-sensitive; grant it only if the report that the first way reads does not cover your administrators, or
            needs a licence that you do not have. It is not in `infra/graph-app-roles.json`.

            | Permission | App role id | Reads | Items |
            | --- | --- | --- | --- |
            """;

    private static final String LICENCES = """

            ## Licences

            Some facts exist only in a tenant that has the licence; without it the items that need them do not apply.

            | Licence | Reads |
            | --- | --- |
            """;

    private Permissions() {}

    /** The page {@code docs/permissions.md}. */
    public static String markdown(List<Check> checks) {
        StringBuilder page = new StringBuilder(HEAD);
        kindsByPermission()
                .forEach((permission, kinds) -> page.append("| %s | `%s` | %s | %s |\n"
                        .formatted(permission, appRoleId(permission), titles(kinds), items(checks, kinds))));
        page.append(OPTIONAL);
        Stream.of(FactKind.values())
                .forEach(kind -> kind.optionalPermission()
                        .ifPresent(permission -> page.append("| %s | `%s` | %s | %s |\n"
                                .formatted(
                                        permission,
                                        appRoleId(permission),
                                        kind.title(),
                                        items(checks, List.of(kind))))));
        page.append(LICENCES);
        for (Licence licence : Licence.values()) {
            List<FactKind> kinds = Stream.of(FactKind.values())
                    .filter(kind -> kind.licence().filter(licence::equals).isPresent())
                    .toList();
            page.append("| %s | %s |\n".formatted(licence.title(), titles(kinds)));
        }
        return page.toString();
    }

    /** The file {@code infra/graph-app-roles.json}: name and app role id of every permission. */
    public static String appRoles() {
        return kindsByPermission().keySet().stream()
                .map(permission ->
                        "  { \"value\": \"%s\", \"id\": \"%s\" }".formatted(permission, appRoleId(permission)))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static SortedMap<String, List<FactKind>> kindsByPermission() {
        return Stream.of(FactKind.values())
                .flatMap(kind -> kind.permissions().stream().map(permission -> Map.entry(permission, kind)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static String appRoleId(String permission) {
        String id = APP_ROLE_IDS.get(permission);
        if (id == null) {
            throw new IllegalStateException(permission + " has no app role id here; add it");
        }
        return id;
    }

    private static String titles(List<FactKind> kinds) {
        return kinds.stream().map(FactKind::title).collect(Collectors.joining(", "));
    }

    private static String items(List<Check> checks, List<FactKind> kinds) {
        return checks.stream()
                .filter(check -> kinds.stream().anyMatch(Assessor.reads(check)::contains))
                .map(check -> Assessor.card(check).id())
                .collect(Collectors.joining(", "));
    }
}
