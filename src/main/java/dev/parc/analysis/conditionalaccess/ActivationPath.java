package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.Holding;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.GroupPimPolicy;
import dev.parc.facts.roles.PimPolicy;
import dev.parc.facts.roles.PimSettings;
import dev.parc.facts.roles.RoleAssignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way in which an account can make a role active: the role itself, or a group on the way to it, or several of these,
 * each by the rules that PIM has for it.
 *
 * @param roleId the id of the role definition
 * @param words how the role is held, to stand after its name
 * @param roles the role, by template id, if a policy can name it: not a custom one, nor one that is limited
 * @param groups the groups that the account is a member of once it has gone this way
 * @param steps what is activated, the role last
 */
record ActivationPath(String roleId, String words, Set<String> roles, Set<String> groups, List<Step> steps) {

    /** Nothing is activated. */
    static final ActivationPath NONE = new ActivationPath("", "", Set.of(), Set.of(), List.of());

    /**
     * One activation.
     *
     * @param name of the role or the group
     * @param settings what PIM demands; empty if that was not read
     */
    record Step(String name, Optional<PimSettings> settings) {}

    ActivationPath {
        roles = Set.copyOf(roles);
        groups = Set.copyOf(groups);
        steps = List.copyOf(steps);
    }

    /** The paths of every account, by what PIM says of roles and groups. */
    static final class Finder {

        /** Who is assigned which role where without activating it, and who has to. */
        private final Set<Row> assigned;

        private final Set<Row> toActivate;
        private final Map<String, PimSettings> ofRoles = new HashMap<>();
        private final Map<Access, PimSettings> ofGroups = new HashMap<>();
        private final Administrators administrators;

        private record Row(String principalId, String roleId, String scope) {
            static Row of(String principalId, String roleId, String scope) {
                return new Row(key(principalId), key(roleId), scope);
            }
        }

        private record Access(String groupId, GroupGrant.Access access) {}

        Finder(Facts facts, Administrators administrators) {
            this.administrators = administrators;
            this.assigned = rows(
                    Stream.concat(
                            facts.<RoleAssignment>list(FactKind.PIM_ASSIGNMENTS).stream(),
                            facts.<RoleAssignment>list(FactKind.ROLE_ASSIGNMENTS).stream()
                                    .filter(row -> facts.lacksLicenceFor(FactKind.PIM_ASSIGNMENTS)
                                            .isPresent())),
                    AssignmentKind::assigned);
            this.toActivate = rows(
                    facts.<RoleAssignment>list(FactKind.PIM_ELIGIBILITIES).stream(),
                    kind -> kind == AssignmentKind.ELIGIBLE);
            facts.<PimPolicy>list(FactKind.PIM_POLICIES)
                    .forEach(policy -> ofRoles.put(administrators.templateId(policy.roleId()), policy.settings()));
            facts.<GroupPimPolicy>list(FactKind.PIM_GROUP_POLICIES)
                    .forEach(policy ->
                            ofGroups.put(new Access(key(policy.groupId()), policy.access()), policy.settings()));
        }

        private static Set<Row> rows(Stream<RoleAssignment> all, Predicate<AssignmentKind> wanted) {
            return all.filter(row -> wanted.test(row.kind()))
                    .map(row -> Row.of(row.principalId(), row.roleId(), row.scope()))
                    .collect(Collectors.toSet());
        }

        private static String key(String id) {
            return id.toLowerCase(Locale.ROOT);
        }

        /**
         * The paths to roles that the principal does not hold for good at the same scope. What is only activated counts
         * where it could not be activated again.
         */
        List<ActivationPath> of(String principalId) {
            List<Holding> holdings = administrators.holdings(principalId);
            Set<Row> permanent = held(holdings, AssignmentKind.PERMANENT);
            Set<Row> eligible = held(holdings, AssignmentKind.ELIGIBLE);
            Map<String, ActivationPath> paths = new LinkedHashMap<>();
            for (Holding holding : holdings) {
                Row row = row(holding);
                boolean counts = holding.kind() == AssignmentKind.ELIGIBLE
                        || (holding.kind() == AssignmentKind.ACTIVATED && !eligible.contains(row));
                if (counts && !permanent.contains(row)) {
                    ActivationPath path = path(principalId, holding);
                    paths.put(path.roleId() + " " + path.roles() + " " + path.words() + " " + path.groups(), path);
                }
            }
            return List.copyOf(paths.values());
        }

        private static Set<Row> held(List<Holding> holdings, AssignmentKind kind) {
            return holdings.stream()
                    .filter(holding -> holding.kind() == kind && !holding.onlyAWayIn())
                    .map(Finder::row)
                    .collect(Collectors.toSet());
        }

        private static Row row(Holding holding) {
            return Row.of("", holding.roleId(), holding.scope());
        }

        private ActivationPath path(String principalId, Holding holding) {
            List<Step> steps = new ArrayList<>();
            for (int i = holding.path().size() - 1; i >= 0; i--) {
                Holding.Hop hop = holding.path().get(i);
                if (activated(hop.kind())) {
                    steps.add(new Step(
                            "group '" + hop.groupName() + "'",
                            Optional.ofNullable(ofGroups.get(new Access(
                                    key(hop.groupId()),
                                    hop.owner() ? GroupGrant.Access.OWNER : GroupGrant.Access.MEMBER)))));
                }
            }
            String template = administrators.templateId(holding.roleId());
            if (steps.isEmpty() || onlyEligible(principalId, holding)) {
                steps.add(new Step(
                        administrators.roleName(holding.roleId()), Optional.ofNullable(ofRoles.get(template))));
            }
            return new ActivationPath(
                    holding.roleId(),
                    holding.pathInWords(),
                    administrators.forPolicies(holding) ? Set.of(template) : Set.of(),
                    holding.path().stream().map(hop -> key(hop.groupId())).collect(Collectors.toSet()),
                    steps);
        }

        /** Whether the one that holds the role, the account or a group, has to activate it too. */
        private boolean onlyEligible(String principalId, Holding holding) {
            String holder = holding.path().isEmpty()
                    ? principalId
                    : holding.path().get(0).groupId();
            Row row = Row.of(holder, holding.roleId(), holding.scope());
            return toActivate.contains(row) && !assigned.contains(row);
        }

        private static boolean activated(AssignmentKind kind) {
            return kind == AssignmentKind.ELIGIBLE || kind == AssignmentKind.ACTIVATED;
        }
    }
}
