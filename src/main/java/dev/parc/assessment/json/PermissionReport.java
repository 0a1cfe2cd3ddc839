package dev.parc.assessment.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.facts.AppRole;
import dev.parc.facts.FactKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an identity may read, and what that costs.
 *
 * @param graph the application permissions of Microsoft Graph, core first, then recommended, then optional
 * @param azure the roles in Azure
 */
public record PermissionReport(String tenantId, String source, List<Permission> graph, List<Permission> azure) {

    private static final String SCHEMA = "parc-permissions/1";

    /** Whether something is held. */
    public enum Held {
        YES,
        NO,
        /** Nothing tells: a person's token, or a snapshot that does not say. */
        UNKNOWN
    }

    /**
     * One permission, or one role in Azure.
     *
     * @param set {@code core}, {@code recommended}, {@code optional}; {@code azure} for a role there
     * @param why what tells that it is lacking; empty if nothing is to be said
     * @param items those that have no answer, or no PASS, without it
     * @param sometimes those that have no answer without it in some tenants only: where what they read first does not tell
     *     everything
     * @param sharpens those that see less without it
     * @param grant what to do to have it
     */
    public record Permission(
            String name,
            String set,
            Held held,
            String why,
            List<String> items,
            List<String> sometimes,
            List<String> sharpens,
            String grant) {

        public Permission {
            items = List.copyOf(items);
            sometimes = List.copyOf(sometimes);
            sharpens = List.copyOf(sharpens);
        }
    }

    /**
     * What became of looking for a role in Azure.
     *
     * @param why empty where it is held
     */
    public record Found(Held held, String why) {}

    public PermissionReport {
        graph = List.copyOf(graph);
        azure = List.copyOf(azure);
    }

    /**
     * The permissions against those that PARC uses.
     *
     * @param held the application permissions by name; empty if nothing tells
     * @param coming why a permission is not held yet though it is granted, by the permission's name
     * @param azure by the role's name in {@link FactKind#azureRole}
     */
    public static PermissionReport of(
            String tenantId,
            String source,
            Optional<Set<String>> held,
            Map<String, String> coming,
            Map<String, Found> azure,
            Collection<Check> checks) {
        List<Permission> graph = new ArrayList<>();
        for (AppRole role : used()) {
            graph.add(new Permission(
                    role.value(),
                    role.tier().name().toLowerCase(Locale.ROOT),
                    held.map(names -> names.contains(role.value()) ? Held.YES : Held.NO)
                            .orElse(Held.UNKNOWN),
                    coming.getOrDefault(role.value(), ""),
                    ids(checks, kind -> kind.takes(role.value()), true),
                    ids(
                            checks,
                            kind -> kind.optionalPermission()
                                    .filter(role.value()::equals)
                                    .isPresent(),
                            true),
                    ids(checks, kind -> kind.takes(role.value()), false),
                    coming.containsKey(role.value())
                            ? "nothing is to be done"
                            : "infra/grant-permissions.sh --set "
                                    + role.tier().name().toLowerCase(Locale.ROOT)));
        }
        graph.sort(Comparator.comparing(PermissionReport::tier));
        List<Permission> roles = new ArrayList<>();
        new TreeMap<>(azure)
                .forEach((role, found) -> roles.add(new Permission(
                        role,
                        "azure",
                        found.held(),
                        found.why(),
                        ids(
                                checks,
                                kind -> kind.azureRole().filter(role::equals).isPresent(),
                                true),
                        List.of(),
                        ids(
                                checks,
                                kind -> kind.azureRole().filter(role::equals).isPresent(),
                                false),
                        "grant PARC's identity the role " + role)));
        return new PermissionReport(tenantId, source, graph, roles);
    }

    /** Those with which something is read. */
    static List<AppRole> used() {
        return Stream.of(AppRole.values())
                .filter(role -> Stream.of(FactKind.values())
                        .anyMatch(kind -> kind.permissions().contains(role.value())
                                || kind.optionalPermission()
                                        .filter(role.value()::equals)
                                        .isPresent()))
                .toList();
    }

    private static AppRole.Tier tier(Permission permission) {
        return AppRole.of(permission.name()).map(AppRole::tier).orElseThrow();
    }

    /** The ids of checks whose answer is decided by such a kind, or that only show one. */
    private static List<String> ids(Collection<Check> checks, Predicate<FactKind> kind, boolean deciding) {
        return checks.stream()
                .filter(check -> deciding
                        ? Assessor.decidedBy(check).stream().anyMatch(kind)
                        : Stream.of(Check.card(check).signals()).anyMatch(kind)
                                && Assessor.decidedBy(check).stream().noneMatch(kind))
                .map(check -> Check.card(check).id())
                .toList();
    }

    /** All of them. */
    public List<Permission> all() {
        return Stream.concat(graph.stream(), azure.stream()).toList();
    }

    /** The items that have no answer, or no PASS, with what they lack. */
    public Map<String, List<String>> unanswered() {
        Map<String, List<String>> lacking = new TreeMap<>();
        all().stream()
                .filter(permission -> permission.held() == Held.NO)
                .forEach(permission -> permission
                        .items()
                        .forEach(id -> lacking.computeIfAbsent(id, none -> new ArrayList<>())
                                .add(permission.name())));
        return lacking;
    }

    /** The items that may have no answer for want of what is lacking; those of {@link #unanswered} aside. */
    public Set<String> doubtful() {
        Set<String> doubtful = new TreeSet<>();
        all().stream()
                .filter(permission -> permission.held() == Held.NO)
                .map(Permission::sometimes)
                .forEach(doubtful::addAll);
        doubtful.removeAll(unanswered().keySet());
        return doubtful;
    }

    /** The document, schema {@code parc-permissions/1}. */
    public String json() {
        ObjectNode document =
                Json.object().put("schema", SCHEMA).put("tenantId", tenantId).put("source", source);
        ObjectNode sets = document.putObject("sets");
        for (String set :
                new LinkedHashSet<>(all().stream().map(Permission::set).toList())) {
            List<Permission> of = all().stream()
                    .filter(permission -> permission.set().equals(set))
                    .toList();
            sets.putObject(set)
                    .put(
                            "held",
                            of.stream()
                                    .filter(permission -> permission.held() == Held.YES)
                                    .count())
                    .put(
                            "lacking",
                            of.stream()
                                    .filter(permission -> permission.held() == Held.NO)
                                    .count())
                    .put("of", of.size());
        }
        put(document.putArray("permissions"), graph);
        put(document.putArray("azure"), azure);
        ArrayNode items = document.putArray("unanswered");
        unanswered().forEach((id, lacking) -> {
            ArrayNode lacks = items.addObject().put("checkId", id).putArray("lacks");
            new TreeSet<>(lacking).forEach(lacks::add);
        });
        ArrayNode doubtful = document.putArray("doubtful");
        doubtful().forEach(doubtful::add);
        return Json.write(document);
    }

    private static void put(ArrayNode array, List<Permission> permissions) {
        for (Permission permission : permissions) {
            ObjectNode node = array.addObject()
                    .put("name", permission.name())
                    .put("set", permission.set())
                    .put("held", permission.held().name());
            if (!permission.why().isEmpty()) {
                node.put("why", permission.why());
            }
            ArrayNode items = node.putArray("items");
            permission.items().forEach(items::add);
            ArrayNode sometimes = node.putArray("sometimes");
            permission.sometimes().forEach(sometimes::add);
            ArrayNode sharpens = node.putArray("sharpens");
            permission.sharpens().forEach(sharpens::add);
            if (permission.held() != Held.YES) {
                node.put("grant", permission.grant());
            }
        }
    }
}
