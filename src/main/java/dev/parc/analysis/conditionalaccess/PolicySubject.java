package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.Match;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An account as policies see it.
 *
 * @param lasting by what a policy includes it for as long as it is asked about
 * @param now by what a policy excludes it, now or once something is activated
 * @param mayBeAnAgent whether it may be the user account of an agent, which cannot be given a privileged role. Source: "The
 *     agent's user account in Microsoft Entra Agent ID"
 */
record PolicySubject(Account account, Belonging lasting, Belonging now, boolean mayBeAnAgent) {

    /** An account that is an agent's only if it has, or may have, no privileged role now. */
    static PolicySubject of(Administrators administrators, Account account, Belonging lasting, Belonging now) {
        return new PolicySubject(
                account,
                lasting,
                now,
                Stream.concat(now.roles().stream(), now.doubtfulRoles().stream())
                        .noneMatch(administrators::isPrivileged));
    }

    /**
     * What an account belongs to.
     *
     * @param roles by template id
     * @param doubtfulRoles those it may be treated as having, by template id
     * @param groups those of the groups that policies name that hold it
     * @param groupsRead whether all of these were read
     * @param doubtfulGroups those that may hold it, whether they do now or not
     */
    record Belonging(
            Set<String> roles,
            Set<String> doubtfulRoles,
            Set<String> groups,
            boolean groupsRead,
            Set<String> doubtfulGroups) {}

    /**
     * A role that the account could activate, and a group that it could join by PIM for Groups, may exclude it. A group
     * that it is in by PIM for Groups and will leave includes it for no longer, unless it is in it by another way too,
     * which nobody can see. Whoever joins a group is in those around it too.
     *
     * @param lasting what a policy includes it by
     */
    static PolicySubject of(
            Facts facts, Administrators administrators, Account account, Administrators.Lasting lasting) {
        return Known.of(facts, administrators, account).subject(lasting, ActivationPath.NONE, ActivationPath.NONE);
    }

    /** What is known of an account, to be asked of before and after it activates something. */
    record Known(
            Account account,
            Administrators.Lasting permanent,
            Optional<Set<String>> groups,
            Set<String> ending,
            Set<String> joinedForNow,
            Set<String> toJoin,
            Set<String> roles,
            Set<String> doubtfulRoles,
            EnclosingGroups enclosing,
            boolean mayBeAnAgent) {

        static Known of(Facts facts, Administrators administrators, Account account) {
            String id = account.id();
            Set<String> roles = administrators.activeTemplateIds(id);
            Set<String> doubtful = administrators.doubtfulTemplateIds(id);
            Optional<GroupMembership> read = facts.groupMembership(id);
            return new Known(
                    account,
                    administrators.permanent(id),
                    read.map(GroupMembership::groupIds),
                    administrators.groupsWithAnEnd(id),
                    administrators.groupsJoinedForNow(id),
                    union(
                            administrators.groupsToJoin(id),
                            read.map(GroupMembership::joinable).orElse(Set.of())),
                    roles,
                    doubtful,
                    new EnclosingGroups(facts, administrators),
                    Stream.concat(roles.stream(), doubtful.stream()).noneMatch(administrators::isPrivileged));
        }

        /** The account with what it holds for good, once it has activated what is on the path. */
        PolicySubject with(ActivationPath path) {
            return subject(permanent, path, ActivationPath.NONE);
        }

        /** The account with what it holds for good, before it activates what is on the path. */
        PolicySubject without(ActivationPath path) {
            return subject(permanent, ActivationPath.NONE, path);
        }

        private PolicySubject subject(Administrators.Lasting lasting, ActivationPath active, ActivationPath inactive) {
            Set<String> in = groups.orElse(Set.of());
            Set<String> left = new HashSet<>(inactive.groups());
            left.retainAll(joinedForNow);
            Set<String> leaving = withEnclosing(left);
            leaving.retainAll(in);
            Set<String> ends = withEnclosing(ending);
            Set<String> joined = union(lasting.groups(), active.groups());
            Set<String> couldJoin = minus(toJoin, inactive.groups());
            return new PolicySubject(
                    account,
                    new Belonging(
                            union(lasting.roles(), active.roles()),
                            Set.of(),
                            union(minus(in, ends), union(joined, enclosing.aroundForGood(joined))),
                            groups.isPresent() && enclosing.read(ending) && enclosing.read(joined),
                            ends),
                    new Belonging(
                            union(minus(roles, inactive.roles()), active.roles()),
                            minus(doubtfulRoles, inactive.roles()),
                            union(minus(in, leaving), withEnclosing(active.groups())),
                            groups.isPresent()
                                    && enclosing.read(left)
                                    && enclosing.read(couldJoin)
                                    && enclosing.read(active.groups()),
                            union(withEnclosing(couldJoin), leaving)),
                    mayBeAnAgent);
        }

        /** These groups, and those of the groups that policies name that somebody in them is in too. */
        private Set<String> withEnclosing(Set<String> some) {
            Set<String> all = new HashSet<>(some);
            all.addAll(enclosing.around(some));
            return all;
        }
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        if (others.isEmpty()) {
            return some;
        }
        Set<String> union = new HashSet<>(some);
        union.addAll(others);
        return union;
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        if (Collections.disjoint(some, others)) {
            return some;
        }
        Set<String> left = new HashSet<>(some);
        left.removeAll(others);
        return left;
    }

    /** A member of the directory whom no policy names, in these of the groups that policies name and in no other. */
    static PolicySubject unnamed(Set<String> groupIds) {
        return inGroups(Account.unnamed(), Set.copyOf(groupIds));
    }

    /**
     * A member of a group, whom no policy names.
     *
     * @param groupIds the group and those of the groups that policies name that it is nested in
     */
    static PolicySubject memberOf(Facts facts, String groupId, Set<String> groupIds) {
        Set<String> joinable =
                facts.groupMembership(groupId).map(GroupMembership::joinable).orElse(Set.of());
        Set<String> around = new HashSet<>(joinable);
        joinable.forEach(group -> facts.groupMembership(group).ifPresent(it -> around.addAll(it.groupIds())));
        around.removeAll(groupIds);
        boolean allRead = joinable.stream()
                .noneMatch(group -> facts.unseen(FactKind.GROUP_MEMBERSHIPS)
                        .anyMatch(unseen -> unseen.principalId().equalsIgnoreCase(group)));
        Belonging lasting = new Belonging(Set.of(), Set.of(), Set.copyOf(groupIds), true, Set.of());
        return new PolicySubject(
                Account.unnamed(),
                lasting,
                new Belonging(Set.of(), Set.of(), lasting.groups(), allRead, Set.copyOf(around)),
                false);
    }

    /** A guest invited for collaboration whom no policy names, in none of the groups that policies name. */
    static PolicySubject unnamedGuest() {
        return inGroups(Account.unnamedGuest(), Set.of());
    }

    private static PolicySubject inGroups(Account account, Set<String> groups) {
        Belonging belonging = new Belonging(Set.of(), Set.of(), groups, true, Set.of());
        return new PolicySubject(account, belonging, belonging, false);
    }

    /** Whether it is one of all guests and external users. */
    Match guest() {
        return Match.of(account.external()).or(doubtfullyInvited());
    }

    /** Whether it is one of these guests. */
    Match among(ConditionalAccessPolicy.Guests guests) {
        Match match = guests.types().stream().map(this::is).reduce(Match.NO, Match::or);
        return guests.tenants().isEmpty() ? match : match.and(Match.MAYBE);
    }

    /**
     * Users of service providers have no account in the directory. Those of direct connect have none by that, but
     * policies for them are also for collaboration users who could use direct connect.
     */
    private Match is(String guestType) {
        boolean invited = account.invited();
        return switch (guestType) {
            case "b2bCollaborationGuest" -> account.guest() ? Match.of(invited).or(notOurs()) : Match.NO;
            case "internalGuest" -> account.guest() && !invited ? notOurs().not() : Match.NO;
            case "b2bCollaborationMember" ->
                account.guest() ? Match.NO : Match.of(invited).or(doubtfullyInvited());
            case "b2bDirectConnectUser" -> guest().and(Match.MAYBE);
            case "otherExternalUser" -> account.guest() ? Match.MAYBE : Match.NO;
            case "serviceProvider" -> Match.NO;
            default -> Match.MAYBE;
        };
    }

    /** An invited account whose sign-in name was changed no longer looks like one; the issuer of its identity tells. */
    private Match notOurs() {
        return account.issuedByItsTenant() && account.invitation().isEmpty() ? Match.NO : Match.MAYBE;
    }

    /** An invitation on record, or somebody else who signs it in, speaks for an account of another directory. */
    private Match doubtfullyInvited() {
        return account.invitation().isPresent() || account.signedInElsewhere() ? Match.MAYBE : Match.NO;
    }
}
