package dev.parc.analysis.administrators;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.ApplicationOwner;
import dev.parc.facts.directory.GraphAppRole;
import dev.parc.facts.directory.GraphPermission;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.DirectoryRole;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Follows owners of groups and applications, and permissions of applications, to the roles that they lead to. */
public final class EscalationPaths {

    private final Set<EscalationPath> ways = new LinkedHashSet<>();
    private final Map<String, List<ApplicationOwner>> owners = new HashMap<>();

    /**
     * What an application can get to.
     *
     * @param how to stand after the application's name
     */
    private record Lead(String role, String how) {}

    /** An application, by its id, on the way to what it leads to. */
    private record Step(String applicationId, String how) {}

    private EscalationPaths(Facts facts) {
        facts.<ApplicationOwner>list(FactKind.APPLICATION_OWNERS)
                .forEach(owner -> owners.computeIfAbsent(key(owner.applicationId()), id -> new ArrayList<>())
                        .add(owner));
    }

    /**
     * Ways to get a role without holding it, in the order they were found; they are no holdings, and who has one is no
     * administrator by it. Asks for the kinds of {@link FactKind#ADMINISTRATORS} and {@link FactKind#WAYS_IN}; what of
     * these could not be read is in {@link Facts#gapsOf}.
     */
    public static List<EscalationPath> of(Facts facts) {
        Set<FactKind> kinds = EnumSet.copyOf(FactKind.ADMINISTRATORS);
        kinds.addAll(FactKind.WAYS_IN);
        return List.copyOf(facts.once(EscalationPaths.class, kinds, EscalationPaths::found).ways);
    }

    /** The ways in of one principal. */
    public static List<EscalationPath> of(Facts facts, String principalId) {
        return of(facts).stream()
                .filter(way -> way.principalId().equalsIgnoreCase(principalId))
                .toList();
    }

    private static EscalationPaths found(Facts facts) {
        EscalationPaths all = new EscalationPaths(facts);
        Map<String, Set<Lead>> leads = new LinkedHashMap<>();
        Administrators administrators = Administrators.withOwners(facts, facts.list(FactKind.GROUP_OWNERS));
        for (Administrator one : administrators.includingWaysIn()) {
            for (Holding holding : one.holdings()) {
                String role = administrators.roleName(holding.roleId())
                        + (holding.limited() ? ", limited to " + holding.scope() : "");
                if (holding.onlyAWayIn()) {
                    all.ways.add(new EscalationPath(one.id(), one.type(), one.name(), role, holding.pathInWords()));
                }
                leads.computeIfAbsent(key(one.id()), id -> new LinkedHashSet<>())
                        .add(new Lead(
                                role,
                                "which %s it (%s, %s)"
                                        .formatted(
                                                holding.onlyAWayIn() ? "could get" : "holds",
                                                holding.kind().title(),
                                                holding.pathInWords())));
            }
        }
        for (GraphAppRole granted : facts.<GraphAppRole>list(FactKind.GRAPH_APP_ROLES)) {
            String role = DirectoryRole.GLOBAL_ADMINISTRATOR.title();
            GraphPermission permission = granted.permission();
            all.ways.add(new EscalationPath(
                    granted.principalId(),
                    PrincipalType.SERVICE_PRINCIPAL,
                    granted.principalName(),
                    role,
                    "by the permission %s: it %s".formatted(permission.value(), permission.power())));
            leads.computeIfAbsent(key(granted.principalId()), id -> new LinkedHashSet<>())
                    .add(new Lead(
                            role,
                            "which has the permission %s and so %s".formatted(permission.value(), permission.power())));
        }
        leads.forEach((applicationId, reached) -> reached.forEach(lead -> all.follow(applicationId, lead)));
        return all;
    }

    /** Adds the owners of the application, and where an owner is an application, its owners too; each once. */
    private void follow(String applicationId, Lead lead) {
        Deque<Step> open = new ArrayDeque<>(List.of(new Step(applicationId, lead.how())));
        Set<String> seen = new HashSet<>(Set.of(applicationId));
        while (!open.isEmpty()) {
            Step step = open.remove();
            for (ApplicationOwner owner : owners.getOrDefault(step.applicationId(), List.of())) {
                if (seen.add(key(owner.principalId()))) {
                    String application = "application '" + owner.applicationName() + "', " + step.how();
                    ways.add(new EscalationPath(
                            owner.principalId(),
                            owner.principalType(),
                            owner.principalName(),
                            lead.role(),
                            "as owner of " + application));
                    open.add(new Step(key(owner.principalId()), "which owns " + application));
                }
            }
        }
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
