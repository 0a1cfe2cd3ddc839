package dev.parc.change.fix.policies;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Roles and accounts as people call them, not too many of them. */
final class DisplayNames {

    /** So many are named; of more it is said how many there are. */
    private static final int NAMED = 5;

    private DisplayNames() {}

    /** "the role Global Administrator", "the roles Exchange Administrator, ... and 3 more". */
    static String ofRoles(Set<String> templateIds, Facts facts) {
        return (templateIds.size() == 1 ? "the role " : "the roles ")
                + few(templateIds.stream().map(Administrators.of(facts)::roleName));
    }

    /** Sign-in names; the id where nothing was read of an account. */
    static String ofAccounts(Set<String> ids, Facts facts) {
        return few(ids.stream()
                .map(id -> facts.account(id).map(Account::signInName).orElse(id)));
    }

    private static String few(Stream<String> names) {
        List<String> all = names.sorted().toList();
        String first = all.stream().limit(NAMED).collect(Collectors.joining(", "));
        return all.size() > NAMED ? first + " and " + (all.size() - NAMED) + " more" : first;
    }
}
