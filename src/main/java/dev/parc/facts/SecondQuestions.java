package dev.parc.facts;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Of what the kinds of {@link FactKind#SECOND} are to be read, by what the first reading brought: one question a kind. */
public final class SecondQuestions {

    private SecondQuestions() {}

    /**
     * The ids, by kind; of a kind that what it follows from could not be read for, none.
     *
     * @param wanted the kinds of this run
     */
    public static Map<FactKind, Set<String>> of(Facts facts, Set<FactKind> wanted) {
        Map<FactKind, Set<String>> ids = new EnumMap<>(FactKind.class);
        if (wanted.contains(FactKind.PER_USER_MFA)) {
            ids.put(FactKind.PER_USER_MFA, withoutMfa(facts));
        }
        return ids;
    }

    /** The accounts that somebody administers with and that policies let in without MFA. */
    private static Set<String> withoutMfa(Facts facts) {
        if (!(facts.reading(FactKind.CONDITIONAL_ACCESS_POLICIES) instanceof Reading.Read)) {
            return Set.of();
        }
        ConditionalAccess conditionalAccess = facts.conditionalAccess();
        return facts.accountsOf(facts.administrators().all()).inUse(facts).stream()
                .map(AdministratorAccounts.Held::account)
                .filter(account -> conditionalAccess.mfa(account) instanceof MfaDecision.Uncovered
                        || conditionalAccess.require(account, DirectoryRole.HIGHLY_PRIVILEGED, Requirement.MFA)
                                instanceof MfaDecision.Uncovered)
                .map(Account::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
