package dev.parc.analysis.administrators;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzurePower;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.GroupOwner;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.PrivilegedRoles;
import dev.parc.facts.roles.RelevantRoles;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The effective administrators: every principal with the roles it holds, how permanently, and by which path. Groups are
 * resolved to their members, nested ones too, with PIM for Groups; a group is an administrator itself only where
 * nothing says that it is one. What could not be read is in {@link UnseenHolders#gaps}, never in this list as an absence.
 */
public final class Administrators {

    private final Map<String, Administrator> byId;
    private final Map<String, RoleDefinition> roles;
    private final Map<String, Administrator> opaqueGroups;
    private final Optional<AzureAdministrators> azure;
    /** By principal, the groups it is a member of only while that is activated, and those it could activate. */
    private final Map<String, Set<String>> joinedForNow;

    private final Map<String, Set<String>> toJoin;
    /** By principal, the groups it is a member of by PIM for Groups until an end, near or far. */
    private final Map<String, Set<String>> ending;
    /** The groups that somebody joins by PIM for Groups, or can, in lower case. */
    private final Set<String> joined;

    private Administrators(
            Resolved resolved,
            Map<String, RoleDefinition> roles,
            Map<String, Set<String>> joinedForNow,
            Map<String, Set<String>> toJoin,
            Map<String, Set<String>> ending,
            Set<String> joined,
            Optional<AzureAdministrators> azure) {
        this.byId = resolved.byId();
        this.roles = roles;
        this.joinedForNow = joinedForNow;
        this.toJoin = toJoin;
        this.ending = ending;
        this.joined = joined;
        this.opaqueGroups = resolved.opaqueGroups();
        this.azure = azure;
    }

    /**
     * Who holds which role, how and by which path; asks for the kinds of {@link FactKind#ADMINISTRATORS}. What is
     * held in Azure is there too where the kinds of {@link FactKind#AZURE_ADMINISTRATORS} are at hand, and for how long
     * where {@link FactKind#AZURE_PIM_ASSIGNMENTS} are as well.
     */
    public static Administrators of(Facts facts) {
        Administrators directory = facts.once(
                Administrators.class, FactKind.ADMINISTRATORS, all -> Administrators.withOwners(all, List.of()));
        if (!facts.asksForAll(FactKind.AZURE_ADMINISTRATORS)) {
            return directory;
        }
        Set<FactKind> azure = EnumSet.copyOf(FactKind.AZURE_POWERS);
        azure.add(FactKind.AZURE_PIM_ASSIGNMENTS);
        azure.removeIf(kind -> !facts.asksFor(kind));
        azure.addAll(FactKind.AZURE_ADMINISTRATORS);
        azure.addAll(FactKind.ADMINISTRATORS);
        return facts.once(Administrators.class, azure, directory::withAzure);
    }

    /** Builds the list from what was read, and from owners of groups, who have ways in. */
    static Administrators withOwners(Facts facts, List<GroupOwner> owners) {
        Map<String, RoleDefinition> roles = new HashMap<>();
        facts.<RoleDefinition>list(FactKind.ROLE_DEFINITIONS)
                .forEach(role -> roles.put(role.id().toLowerCase(Locale.ROOT), role));
        return new Administrators(
                resolved(rows(facts), facts, owners),
                roles,
                memberships(facts.list(FactKind.PIM_GROUP_ASSIGNMENTS), Set.of(AssignmentKind.ACTIVATED)),
                memberships(facts.list(FactKind.PIM_GROUP_ELIGIBILITIES), Set.of(AssignmentKind.ELIGIBLE)),
                memberships(
                        facts.list(FactKind.PIM_GROUP_ASSIGNMENTS),
                        Set.of(AssignmentKind.ACTIVATED, AssignmentKind.TIME_BOUND)),
                Stream.of(FactKind.PIM_GROUP_ASSIGNMENTS, FactKind.PIM_GROUP_ELIGIBILITIES)
                        .flatMap(kind -> facts.<GroupGrant>list(kind).stream())
                        .filter(GroupGrant::ends)
                        .map(grant -> grant.groupId().toLowerCase(Locale.ROOT))
                        .collect(toSet()),
                Optional.empty());
    }

    private static Map<String, Set<String>> memberships(List<GroupGrant> grants, Set<AssignmentKind> kinds) {
        return grants.stream()
                .filter(grant -> grant.access() == GroupGrant.Access.MEMBER && kinds.contains(grant.kind()))
                .collect(groupingBy(
                        grant -> grant.principalId().toLowerCase(Locale.ROOT),
                        mapping(grant -> grant.groupId().toLowerCase(Locale.ROOT), toSet())));
    }

    /** The same, with what is held in Azure. */
    Administrators withAzure(Facts facts) {
        return new Administrators(
                new Resolved(byId, opaqueGroups),
                roles,
                joinedForNow,
                toJoin,
                ending,
                joined,
                Optional.of(AzureAdministrators.of(facts, byId)));
    }

    /** Rows with their groups resolved to members, and the groups that could not be looked into; ids in lower case. */
    record Resolved(Map<String, Administrator> byId, Map<String, Administrator> opaqueGroups) {}

    /** Who holds the roles of the rows, groups resolved to their members. */
    static Resolved resolved(List<RoleAssignment> rows, Facts facts, List<GroupOwner> owners) {
        Groups groups = new Groups(facts, owners);
        Map<String, Found> found = new LinkedHashMap<>();
        for (RoleAssignment row : rows) {
            if (groups.isGroup(row.principalId(), row.principalType())) {
                groups.resolve(row, found);
            } else {
                Found.in(found, row.principalId(), row.principalType(), row.principalName())
                        .add(new Holding(row.roleId(), row.scope(), row.kind(), List.of()));
            }
        }
        Map<String, Administrator> byId = new LinkedHashMap<>();
        found.forEach((id, one) -> byId.put(id, one.administrator(facts)));
        Map<String, Administrator> opaque = new LinkedHashMap<>();
        groups.opaque.forEach((id, one) -> opaque.put(id, one.administrator(facts)));
        return new Resolved(byId, opaque);
    }

    /**
     * The rows of all three lists. PIM's list of active assignments tells their terms; a row that only the plain list
     * has is kept all the same, with its term unknown unless the tenant has no PIM at all.
     */
    private static List<RoleAssignment> rows(Facts facts) {
        List<RoleAssignment> rows = new ArrayList<>(facts.<RoleAssignment>list(FactKind.PIM_ASSIGNMENTS));
        Set<String> known = new HashSet<>();
        rows.forEach(row -> known.add(key(row)));
        boolean noPim = facts.lacksLicenceFor(FactKind.PIM_ASSIGNMENTS).isPresent();
        for (RoleAssignment row : facts.<RoleAssignment>list(FactKind.ROLE_ASSIGNMENTS)) {
            if (known.add(key(row))) {
                rows.add(
                        noPim
                                ? row
                                : new RoleAssignment(
                                        row.principalId(),
                                        row.principalType(),
                                        row.principalName(),
                                        row.roleId(),
                                        row.scope(),
                                        AssignmentKind.ACTIVE,
                                        row.endsAt()));
            }
        }
        rows.addAll(facts.list(FactKind.PIM_ELIGIBILITIES));
        return rows;
    }

    private static String key(RoleAssignment row) {
        return (row.principalId() + "|" + row.roleId() + "|" + row.scope()).toLowerCase(Locale.ROOT);
    }

    /** Every principal that holds a role; those that only have a way in are left out. */
    public List<Administrator> all() {
        return holding(byId, role -> true);
    }

    /** Every principal that holds a role or has a way in, each with all of both. */
    public List<Administrator> includingWaysIn() {
        return List.copyOf(byId.values());
    }

    /** The principals that hold one of the roles, each with its holdings of these roles only. */
    public List<Administrator> in(Set<DirectoryRole> wanted) {
        return holding(byId, roleId -> role(roleId).filter(wanted::contains).isPresent());
    }

    /** The principals that hold the built-in role of this template id, each with its holdings of this role only. */
    public List<Administrator> holding(String roleTemplateId) {
        return holding(byId, roleId -> templateId(roleId).equals(roleTemplateId));
    }

    /**
     * Every principal that holds a role in Azure, each with what it holds there, at the root scope and on management
     * groups too; those that only have a way in are left out.
     *
     * @throws IllegalStateException if the check that asks does not name {@link FactKind#AZURE_ADMINISTRATORS}
     */
    public List<Administrator> inAzure() {
        return holding(azure().byId(), role -> true);
    }

    /**
     * The principals that hold one of the roles in Azure, each with its holdings of these roles only.
     *
     * @throws IllegalStateException if the check that asks does not name {@link FactKind#AZURE_ADMINISTRATORS}
     */
    public List<Administrator> inAzure(Set<AzureRole> wanted) {
        return holding(
                azure().byId(),
                roleId -> AzureRole.of(roleId).filter(wanted::contains).isPresent());
    }

    /**
     * The principals of whom an assignment in Azure makes one of these, each with these assignments only. What custom
     * roles and conditions make of it counts where {@link FactKind#AZURE_POWERS} are at hand.
     *
     * @throws IllegalStateException if the check that asks does not name {@link FactKind#AZURE_ADMINISTRATORS}
     */
    public List<Administrator> inAzure(AzurePower... wanted) {
        Map<String, Administrator> found = new LinkedHashMap<>();
        for (AzurePower power : wanted) {
            azure().byPower()
                    .getOrDefault(power, Map.of())
                    .forEach((id, one) -> found.merge(id, one, Administrators::together));
        }
        return holding(found, role -> true);
    }

    /**
     * Every principal that holds a role in Azure with which it can change something, each with all that it holds there.
     * Roles that PARC knows to read only are left out.
     *
     * @throws IllegalStateException if the check that asks does not name {@link FactKind#AZURE_ADMINISTRATORS}
     */
    public List<Administrator> changingAzure() {
        return inAzure(
                AzurePower.GIVES_ROLES, AzurePower.MAY_GIVE_ROLES, AzurePower.CHANGES_EVERYTHING, AzurePower.OTHER);
    }

    /**
     * Every principal that holds a directory role, or a role in Azure with which it can or may be able to give roles, each
     * with what it holds of these in both.
     *
     * @throws IllegalStateException if the check that asks does not name {@link FactKind#AZURE_ADMINISTRATORS}
     */
    public List<Administrator> everywhere() {
        Map<String, Administrator> found = new LinkedHashMap<>();
        Stream.concat(all().stream(), inAzure(AzurePower.GIVES_ROLES, AzurePower.MAY_GIVE_ROLES).stream())
                .forEach(one -> found.merge(one.id().toLowerCase(Locale.ROOT), one, Administrators::together));
        return List.copyOf(found.values());
    }

    /** One principal with what two lists say that it holds. */
    private static Administrator together(Administrator one, Administrator other) {
        return new Administrator(
                one.id(),
                one.type() == PrincipalType.UNKNOWN ? other.type() : one.type(),
                one.name(),
                Stream.concat(one.holdings().stream(), other.holdings().stream())
                        .distinct()
                        .toList());
    }

    private AzureAdministrators azure() {
        return azure.orElseThrow(() -> new IllegalStateException(
                FactKind.AZURE_ADMINISTRATORS + " are not among the facts this check declares"));
    }

    /**
     * The holder with this id, a group that could not be looked into as well, with those of its roles that are asked about;
     * empty if it holds none of them.
     */
    Optional<Administrator> asked(String principalId, RelevantRoles asked) {
        String id = principalId.toLowerCase(Locale.ROOT);
        List<Administrator> found = new ArrayList<>();
        Stream.of(byId, opaqueGroups)
                .flatMap(all -> Optional.ofNullable(all.get(id)).stream())
                .flatMap(one -> one.holding(holding -> asked.contains(templateId(holding.roleId()))).stream())
                .forEach(found::add);
        azure.filter(it -> asked.inAzure())
                .ifPresent(it -> Stream.of(it.byId(), it.opaqueGroups())
                        .flatMap(all -> Optional.ofNullable(all.get(id)).stream())
                        .forEach(found::add));
        List<Holding> holdings = found.stream()
                .flatMap(one -> one.holdings().stream())
                .filter(holding -> !holding.onlyAWayIn())
                .toList();
        return holdings.isEmpty()
                ? Optional.empty()
                : found.stream().findFirst().map(one -> new Administrator(one.id(), one.type(), one.name(), holdings));
    }

    /**
     * The template ids of the built-in roles that the principal holds now for the whole tenant, however briefly. Only
     * these count for Conditional Access. Source: "Users, groups, agents, and workload identities in Conditional Access
     * policies".
     */
    public Set<String> activeTemplateIds(String principalId) {
        return templateIds(principalId, holding -> forPolicies(holding) && holding.kind() != AssignmentKind.ELIGIBLE);
    }

    /** The groups, by PIM for Groups, that the principal is a member of only while that is activated. */
    public Set<String> groupsJoinedForNow(String principalId) {
        return joinedForNow.getOrDefault(principalId.toLowerCase(Locale.ROOT), Set.of());
    }

    /** The groups, by PIM for Groups, that the principal is a member of until an end: activated, or until a set date. */
    public Set<String> groupsWithAnEnd(String principalId) {
        return ending.getOrDefault(principalId.toLowerCase(Locale.ROOT), Set.of());
    }

    /** Whether somebody joins the group by PIM for Groups, or can, until an end. */
    public boolean isJoined(String groupId) {
        return joined.contains(groupId.toLowerCase(Locale.ROOT));
    }

    /** The groups, by PIM for Groups, that the principal could make itself a member of. */
    public Set<String> groupsToJoin(String principalId) {
        return toJoin.getOrDefault(principalId.toLowerCase(Locale.ROOT), Set.of());
    }

    /** Those of its roles that it would have to activate, or that are custom or limited: {@link #activeTemplateIds}. */
    public Set<String> doubtfulTemplateIds(String principalId) {
        return templateIds(principalId, holding -> !forPolicies(holding) || holding.kind() == AssignmentKind.ELIGIBLE);
    }

    /**
     * What the principal can be counted on to belong to for some time.
     *
     * @param roles the built-in roles that it holds for the whole tenant, by template id
     * @param groups groups that it is a member of for as long, beside those that it is in for good
     */
    public record Lasting(Set<String> roles, Set<String> groups) {}

    /** The built-in roles that the principal holds for good. */
    public Lasting permanent(String principalId) {
        return new Lasting(
                templateIds(principalId, holding -> forPolicies(holding) && holding.kind() == AssignmentKind.PERMANENT),
                Set.of());
    }

    /**
     * What the principal can be counted on to belong to while it is assigned one of the roles in question: what it
     * holds for good, and for each one of these that ends, that one too, with the groups by which it is held. Of what is
     * only activated nothing counts.
     *
     * @param inQuestion by the id of the role definition
     */
    public List<Lasting> lasting(String principalId, Predicate<String> inQuestion) {
        Lasting permanent = permanent(principalId);
        List<Holding> assigned = holdings(principalId).stream()
                .filter(holding -> !holding.onlyAWayIn() && holding.kind().assigned())
                .filter(holding -> inQuestion.test(holding.roleId()))
                .toList();
        if (assigned.isEmpty()
                || assigned.stream()
                        .anyMatch(holding -> holding.kind() == AssignmentKind.PERMANENT || !forPolicies(holding))) {
            return List.of(permanent);
        }
        return assigned.stream()
                .map(holding -> {
                    Set<String> roles = new HashSet<>(permanent.roles());
                    roles.add(templateId(holding.roleId()));
                    return new Lasting(
                            roles,
                            holding.path().stream()
                                    .map(hop -> hop.groupId().toLowerCase(Locale.ROOT))
                                    .collect(toSet()));
                })
                .distinct()
                .sorted(Comparator.comparing(lasting -> lasting.roles() + " " + lasting.groups()))
                .toList();
    }

    /** Every way in which the principal holds a role or could get one. */
    public List<Holding> holdings(String principalId) {
        return Optional.ofNullable(byId.get(principalId.toLowerCase(Locale.ROOT)))
                .map(Administrator::holdings)
                .orElse(List.of());
    }

    /** Whether the principal is assigned a role of directory synchronisation, and nothing else. */
    public boolean onlySynchronises(String principalId) {
        List<Holding> holdings = holdings(principalId);
        boolean inAzure = azure.filter(it -> it.byId().containsKey(principalId.toLowerCase(Locale.ROOT)))
                .isPresent();
        return !holdings.isEmpty()
                && !inAzure
                && holdings.stream()
                        .allMatch(holding -> holding.kind().assigned()
                                && PrivilegedRoles.SYNCHRONISATION.contains(templateId(holding.roleId())));
    }

    /** Whether a policy can name the role that is held so: a built-in one for the whole tenant. */
    public boolean forPolicies(Holding holding) {
        RoleDefinition definition = roles.get(holding.roleId().toLowerCase(Locale.ROOT));
        return !holding.limited() && (definition == null || definition.builtIn());
    }

    private Set<String> templateIds(String principalId, Predicate<Holding> wanted) {
        Set<String> ids = new HashSet<>();
        Administrator administrator = byId.get(principalId.toLowerCase(Locale.ROOT));
        if (administrator != null) {
            for (Holding holding : administrator.holdings()) {
                if (!holding.onlyAWayIn() && wanted.test(holding)) {
                    ids.add(templateId(holding.roleId()));
                }
            }
        }
        return ids;
    }

    /** The administrator's roles with kind and path, for a person to read. */
    public String inWords(Administrator administrator) {
        return administrator.inWords(this);
    }

    /** The role's name, or its id where definitions could not be read. */
    public String roleName(String roleId) {
        return Optional.ofNullable(roles.get(roleId.toLowerCase(Locale.ROOT)))
                .map(RoleDefinition::displayName)
                .or(() -> role(roleId).map(DirectoryRole::title))
                .or(() -> azure.flatMap(it -> it.roleName(roleId)))
                .orElse(roleId);
    }

    /** Where a role is held, in words; empty for the whole directory. */
    public String scopeInWords(Holding holding) {
        return azure.filter(it -> it.roleName(holding.roleId()).isPresent())
                .map(it -> it.scopeInWords(holding.scope()))
                .orElseGet(() -> holding.limited() ? "limited to " + holding.scope() : "");
    }

    /** What the role allows, as Graph names it, lower case; nothing where that was not read. */
    public Set<String> actions(String roleId) {
        return Optional.ofNullable(roles.get(roleId.toLowerCase(Locale.ROOT)))
                .map(RoleDefinition::actions)
                .orElse(Set.of());
    }

    /**
     * Whether Microsoft labels the role privileged; by its own list where the definition of the role was not read.
     *
     * @param roleId the id of the definition, or of its template
     */
    public boolean isPrivileged(String roleId) {
        return Optional.ofNullable(roles.get(roleId.toLowerCase(Locale.ROOT)))
                .or(() -> roles.values().stream()
                        .filter(role -> role.builtIn() && role.templateId().equalsIgnoreCase(roleId))
                        .findFirst())
                .map(RoleDefinition::privileged)
                .orElseGet(() -> PrivilegedRoles.contains(roleId));
    }

    /** Whether it is one of {@link DirectoryRole#HIGHLY_PRIVILEGED}. */
    public boolean isHighlyPrivileged(String roleId) {
        return PrivilegedRoles.ofRoadmap(templateId(roleId));
    }

    /** Whether the tenant made the role itself; also where its definition was not read. */
    public boolean isCustom(String roleId) {
        return Optional.ofNullable(roles.get(roleId.toLowerCase(Locale.ROOT)))
                .filter(RoleDefinition::builtIn)
                .isEmpty();
    }

    private Optional<DirectoryRole> role(String roleId) {
        String template = templateId(roleId);
        return Stream.of(DirectoryRole.values())
                .filter(role -> role.templateId().equals(template))
                .findFirst();
    }

    /** The role's template id, which every tenant knows it by, or the id of a custom role; lower case. */
    public String templateId(String roleId) {
        String id = roleId.toLowerCase(Locale.ROOT);
        RoleDefinition definition = roles.get(id);
        return definition == null || !definition.builtIn()
                ? id
                : definition.templateId().toLowerCase(Locale.ROOT);
    }

    private static List<Administrator> holding(Map<String, Administrator> all, Predicate<String> wanted) {
        return all.values().stream()
                .flatMap(administrator ->
                        administrator
                                .holding(holding -> !holding.onlyAWayIn() && wanted.test(holding.roleId()))
                                .stream())
                .toList();
    }

    /** An administrator while it is being put together. */
    private record Found(String id, PrincipalType type, String name, Set<Holding> holdings) {

        static Found in(Map<String, Found> all, String id, PrincipalType type, String name) {
            return all.computeIfAbsent(
                    id.toLowerCase(Locale.ROOT), key -> new Found(id, type, name, new LinkedHashSet<>()));
        }

        void add(Holding holding) {
            holdings.add(holding);
        }

        /** With the type that was read of it where no list stated one. */
        Administrator administrator(Facts facts) {
            return new Administrator(
                    id,
                    type == PrincipalType.UNKNOWN
                            ? facts.identity(id).map(Facts.Identity::type).orElse(type)
                            : type,
                    name,
                    List.copyOf(holdings));
        }
    }

    /** Who is in a group and how: what PIM for Groups and the plain member list say together. */
    private static final class Groups {

        /** A principal inside a group. */
        private record Inside(String id, PrincipalType type, String name, AssignmentKind kind, boolean owner) {}

        private final Map<String, List<Inside>> members = new HashMap<>();
        private final Map<String, String> names = new HashMap<>();
        private final Map<String, Found> opaque = new LinkedHashMap<>();
        private final Set<String> unseen;

        Groups(Facts facts, List<GroupOwner> owners) {
            unseen = FactKind.MEMBERS.stream().flatMap(kind -> ids(facts, kind)).collect(toSet());
            Set<String> unseenTerms = ids(facts, FactKind.PIM_GROUP_ASSIGNMENTS).collect(toSet());
            List<GroupGrant> active = facts.list(FactKind.PIM_GROUP_ASSIGNMENTS);
            List<GroupGrant> eligible = facts.list(FactKind.PIM_GROUP_ELIGIBILITIES);
            boolean termsKnown = !(facts.reading(FactKind.PIM_GROUP_ASSIGNMENTS) instanceof Reading.Unread);
            Map<GroupGrant.Access, Set<String>> told = active.stream()
                    .collect(groupingBy(
                            GroupGrant::access, mapping(grant -> key(grant.groupId(), grant.principalId()), toSet())));
            Set<String> toldMembers = told.getOrDefault(GroupGrant.Access.MEMBER, Set.of());
            Set<String> toldOwners = told.getOrDefault(GroupGrant.Access.OWNER, Set.of());
            for (GroupMember member : facts.<GroupMember>list(FactKind.GROUP_MEMBERS)) {
                names.put(member.groupId().toLowerCase(Locale.ROOT), member.groupName());
                if (!toldMembers.contains(key(member.groupId(), member.principalId()))) {
                    add(
                            member.groupId(),
                            new Inside(
                                    member.principalId(),
                                    member.principalType(),
                                    member.principalName(),
                                    termsKnown && member.termKnown() && !unseenTerms.contains(key(member.groupId()))
                                            ? AssignmentKind.PERMANENT
                                            : AssignmentKind.ACTIVE,
                                    false));
                }
            }
            owners.forEach(owner -> {
                names.put(owner.groupId().toLowerCase(Locale.ROOT), owner.groupName());
                if (!toldOwners.contains(key(owner.groupId(), owner.principalId()))) {
                    add(
                            owner.groupId(),
                            new Inside(
                                    owner.principalId(),
                                    owner.principalType(),
                                    owner.principalName(),
                                    termsKnown && !unseenTerms.contains(key(owner.groupId()))
                                            ? AssignmentKind.PERMANENT
                                            : AssignmentKind.ACTIVE,
                                    true));
                }
            });
            Stream.concat(active.stream(), eligible.stream()).forEach(grant -> {
                names.put(grant.groupId().toLowerCase(Locale.ROOT), grant.groupName());
                add(
                        grant.groupId(),
                        new Inside(
                                grant.principalId(),
                                grant.principalType(),
                                grant.principalName(),
                                grant.kind(),
                                grant.access() == GroupGrant.Access.OWNER));
            });
        }

        /**
         * Whether the principal is a group: by its type, or without one, because somebody was found in it or because it may be
         * one that could not be looked into.
         */
        boolean isGroup(String id, PrincipalType type) {
            return type == PrincipalType.GROUP
                    || (type == PrincipalType.UNKNOWN && (members.containsKey(key(id)) || unseen.contains(key(id))));
        }

        private static Stream<String> ids(Facts facts, FactKind kind) {
            return facts.unseen(kind).map(unseen -> key(unseen.principalId()));
        }

        private static String key(String groupId, String principalId) {
            return key(groupId + "|" + principalId);
        }

        private static String key(String id) {
            return id.toLowerCase(Locale.ROOT);
        }

        private void add(String groupId, Inside inside) {
            members.computeIfAbsent(groupId.toLowerCase(Locale.ROOT), id -> new ArrayList<>())
                    .add(inside);
        }

        /** Adds everybody that holds the row's role by way of its group, each by the shortest path of each kind. */
        void resolve(RoleAssignment row, Map<String, Found> found) {
            record Way(String groupId, AssignmentKind kind, List<Holding.Hop> path, boolean owner) {}
            record Seen(String groupId, AssignmentKind kind, boolean owner) {}
            names.putIfAbsent(row.principalId().toLowerCase(Locale.ROOT), row.principalName());
            Deque<Way> open = new ArrayDeque<>();
            Set<Seen> seen = new HashSet<>();
            String holder = row.principalId().toLowerCase(Locale.ROOT);
            open.add(new Way(holder, row.kind(), List.of(), false));
            seen.add(new Seen(holder, row.kind(), false));
            while (!open.isEmpty()) {
                Way way = open.remove();
                if (unseen.contains(way.groupId())) {
                    String name = names.getOrDefault(way.groupId(), way.groupId());
                    Found.in(opaque, way.groupId(), PrincipalType.GROUP, name)
                            .add(new Holding(row.roleId(), row.scope(), way.kind(), way.path()));
                }
                for (Inside inside : members.getOrDefault(way.groupId(), List.of())) {
                    AssignmentKind kind = way.kind().by(inside.kind());
                    boolean owner = way.owner() || inside.owner();
                    String id = inside.id().toLowerCase(Locale.ROOT);
                    boolean group = isGroup(inside.id(), inside.type());
                    if (group && !seen.add(new Seen(id, kind, owner))) {
                        continue;
                    }
                    List<Holding.Hop> path = new ArrayList<>(way.path());
                    String name = names.getOrDefault(way.groupId(), way.groupId());
                    path.add(new Holding.Hop(way.groupId(), name, inside.kind(), inside.owner()));
                    if (group) {
                        names.putIfAbsent(id, inside.name());
                        open.add(new Way(id, kind, path, owner));
                    } else {
                        Found.in(found, inside.id(), inside.type(), inside.name())
                                .add(new Holding(row.roleId(), row.scope(), kind, path));
                    }
                }
            }
        }
    }
}
