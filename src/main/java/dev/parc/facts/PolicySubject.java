package dev.parc.facts;

import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An account as policies see it.
 *
 * @param lastingRoles the roles by which a policy includes it, by template id
 * @param activeRoles the roles by which a policy excludes it, by template id
 * @param doubtfulRoles the roles by which a policy may exclude it, now or once it is activated, by template id
 * @param groups those of the groups that policies name that hold it; empty if that was not read
 */
record PolicySubject(
        Account account,
        Set<String> lastingRoles,
        Set<String> activeRoles,
        Set<String> doubtfulRoles,
        Optional<Set<String>> groups) {

    private static final String ALL_GUESTS = "GuestsOrExternalUsers";

    static PolicySubject of(Facts facts, Account account, Set<String> lastingRoles) {
        return new PolicySubject(
                account,
                lastingRoles,
                facts.administrators().activeTemplateIds(account.id()),
                facts.administrators().doubtfulTemplateIds(account.id()),
                facts.groupMembership(account).map(GroupMembership::groupIds));
    }

    /** A member of the directory whom no policy names, in these of the groups that policies name and in no other. */
    static PolicySubject unnamed(Set<String> groupIds) {
        return new PolicySubject(Account.unnamed(), Set.of(), Set.of(), Set.of(), Optional.of(Set.copyOf(groupIds)));
    }

    /** A guest invited for collaboration whom no policy names, in none of the groups that policies name. */
    static PolicySubject unnamedGuest() {
        return new PolicySubject(Account.unnamedGuest(), Set.of(), Set.of(), Set.of(), Optional.of(Set.of()));
    }

    Match included(ConditionalAccessPolicy.Users users) {
        return Match.of(users.includeUsers().contains("All"))
                .or(named(users.includeUsers()))
                .or(inGroups(users.includeGroups()))
                .or(Match.of(!Collections.disjoint(users.includeRoles(), lastingRoles)))
                .or(among(users.includeGuests()));
    }

    Match excluded(ConditionalAccessPolicy.Users users) {
        return named(users.excludeUsers())
                .or(inGroups(users.excludeGroups()))
                .or(Match.of(!Collections.disjoint(users.excludeRoles(), activeRoles)))
                .or(Collections.disjoint(users.excludeRoles(), doubtfulRoles) ? Match.NO : Match.MAYBE)
                .or(among(users.excludeGuests()));
    }

    /** Whether the policy is for the account, by both its lists. */
    Match falls(ConditionalAccessPolicy.Users users) {
        return included(users).and(excluded(users).not());
    }

    private Match named(Set<String> users) {
        if (users.isEmpty()) {
            return Match.NO;
        }
        return Match.of(users.contains(account.id()))
                .or(users.contains(ALL_GUESTS) ? Match.of(account.external()).or(doubtfullyInvited()) : Match.NO);
    }

    private Match inGroups(Set<String> named) {
        if (named.isEmpty()) {
            return Match.NO;
        }
        return groups.isEmpty() ? Match.MAYBE : Match.of(!Collections.disjoint(named, groups.orElse(Set.of())));
    }

    private Match among(Optional<ConditionalAccessPolicy.Guests> guests) {
        if (guests.isEmpty()) {
            return Match.NO;
        }
        Match match = guests.get().types().stream().map(this::is).reduce(Match.NO, Match::or);
        return guests.get().tenants().isEmpty() ? match : match.and(Match.MAYBE);
    }

    /** Users of service providers and of direct connect have no account in the directory. */
    private Match is(String guestType) {
        boolean invited = account.signInName().toUpperCase(Locale.ROOT).contains("#EXT#");
        return switch (guestType) {
            case "b2bCollaborationGuest" -> account.guest() ? Match.of(invited).or(notOurs()) : Match.NO;
            case "internalGuest" -> account.guest() && !invited ? notOurs().not() : Match.NO;
            case "b2bCollaborationMember" ->
                account.guest() ? Match.NO : Match.of(invited).or(doubtfullyInvited());
            case "otherExternalUser" -> account.guest() ? Match.MAYBE : Match.NO;
            case "b2bDirectConnectUser", "serviceProvider" -> Match.NO;
            default -> Match.MAYBE;
        };
    }

    /** An invited account whose sign-in name was changed no longer looks like one; the issuer of its identity tells. */
    private Match notOurs() {
        boolean ours = !account.identityIssuers().isEmpty()
                && account.identityIssuers().stream()
                        .allMatch(issuer -> issuer.toLowerCase(Locale.ROOT).endsWith(".onmicrosoft.com"));
        return ours && account.invitation().isEmpty() ? Match.NO : Match.MAYBE;
    }

    private Match doubtfullyInvited() {
        return account.invitation().isPresent() ? Match.MAYBE : Match.NO;
    }
}
