package dev.parc.change.fix.policies;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.facts.Facts;
import java.util.Set;
import java.util.stream.Collectors;

/** Roles as people call them. */
final class RoleNames {

    private RoleNames() {}

    /** "the role Global Administrator", "the roles ... and ...". */
    static String inWords(Set<String> templateIds, Facts facts) {
        Administrators administrators = Administrators.of(facts);
        return (templateIds.size() == 1 ? "the role " : "the roles ")
                + templateIds.stream().map(administrators::roleName).sorted().collect(Collectors.joining(", "));
    }
}
