package dev.parc.report.docs;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.facts.AppRole;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The application permissions of Microsoft Graph and the role in Azure that PARC is granted, written from the fact kinds and the cards. */
public final class Permissions {

    private static final String HEAD = """
            <!-- Written from the fact kinds and the cards. Edit those, then: mvn test -Dtest=CatalogueTest -Dgenerated=write -->
            # Permissions

            PARC needs read-only application permissions of Microsoft Graph, and none that can write. Without a permission, the data in
            its row cannot be read and the items listed there are not assessed; all others are.
            `infra/graph-app-roles.json` is the same list for a deployment.

            *Core*: most items need it. *Recommended*: one or two items need it. *Optional*: it makes a result more precise or is
            needed in few tenants; some of these give access to private settings, so grant them deliberately.

            | Permission | App role id | Set | Reads | Items |
            | --- | --- | --- | --- | --- |
            """;

    private static final String AZURE = """

            ## Azure

            Reading Azure needs a role there. Lower scopes inherit a role, but the settings of Microsoft Entra ID belong to no
            management group and need an assignment of their own: a Global Administrator elevates access, makes the assignment, and
            ends the elevated access. Without an assignment, the data in its row cannot be read.

            | Role | Reads | Items |
            | --- | --- | --- |
            """;

    private static final String LICENCES = """

            ## Licences

            Some data exists only with a licence. Without it, the items that need the data do not apply.

            | Licence | Reads |
            | --- | --- |
            """;

    private Permissions() {}

    /** The page {@code docs/permissions.md}. */
    public static String markdown(List<Check> checks) {
        StringBuilder page = new StringBuilder(HEAD);
        kindsByPermission()
                .forEach((permission, kinds) -> page.append("| %s | `%s` | %s | %s | %s |\n"
                        .formatted(
                                permission,
                                appRole(permission).id(),
                                set(permission),
                                titles(kinds),
                                items(checks, taking(permission)))));
        page.append(AZURE);
        kindsByAzureRole()
                .forEach((role, kinds) ->
                        page.append("| %s | %s | %s |\n".formatted(role, titles(kinds), items(checks, kinds))));
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
                .map(permission -> "  { \"value\": \"%s\", \"id\": \"%s\", \"set\": \"%s\" }"
                        .formatted(permission, appRole(permission).id(), set(permission)))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    /** For every permission of Microsoft Graph the ids of the items that read something with it. */
    public static SortedMap<String, List<String>> items(List<Check> checks) {
        SortedMap<String, List<String>> items = new TreeMap<>();
        kindsByPermission().keySet().forEach(permission -> items.put(permission, ids(checks, taking(permission))));
        return items;
    }

    private static SortedMap<String, List<FactKind>> kindsByPermission() {
        return Stream.of(FactKind.values())
                .flatMap(kind -> Stream.concat(kind.permissions().stream(), kind.optionalPermission().stream())
                        .map(permission -> Map.entry(permission, kind)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** Those too that are asked for by what is read with the permission. */
    private static List<FactKind> taking(String permission) {
        return Stream.of(FactKind.values())
                .filter(kind -> kind.takes(permission)
                        || kind.optionalPermission().filter(permission::equals).isPresent())
                .toList();
    }

    private static SortedMap<String, List<FactKind>> kindsByAzureRole() {
        SortedMap<String, List<FactKind>> kinds = new TreeMap<>();
        Stream.of(FactKind.values())
                .forEach(kind -> kind.azureRole()
                        .ifPresent(role -> kinds.computeIfAbsent(role, it -> new ArrayList<>())
                                .add(kind)));
        return kinds;
    }

    private static String set(String permission) {
        return appRole(permission).tier().name().toLowerCase(Locale.ROOT);
    }

    private static AppRole appRole(String permission) {
        return AppRole.of(permission)
                .orElseThrow(() -> new IllegalStateException(permission + " is no AppRole; add it there"));
    }

    private static String titles(List<FactKind> kinds) {
        return kinds.stream().map(FactKind::title).collect(Collectors.joining(", "));
    }

    private static String items(List<Check> checks, List<FactKind> kinds) {
        return String.join(", ", ids(checks, kinds));
    }

    private static List<String> ids(List<Check> checks, List<FactKind> kinds) {
        return checks.stream()
                .filter(check -> kinds.stream().anyMatch(Assessor.reads(check)::contains))
                .map(check -> Check.card(check).id())
                .toList();
    }
}
