package dev.parc.check;

import dev.parc.facts.Account;
import dev.parc.facts.ConditionalAccess;
import dev.parc.facts.EmergencyAccounts;
import dev.parc.facts.Facts;
import dev.parc.facts.MfaDecision;
import dev.parc.facts.Requirement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What Conditional Access lets administrators and kinds of users do without what is required, each finding with a
 * sign-in that shows it. What cannot be decided is for a person.
 */
public final class SignInWeighing {

    private final Facts facts;
    private final ConditionalAccess conditionalAccess;
    private final Requirement requirement;
    private final String ability;
    private final Weighing weighing;
    private final Set<String> proof = new TreeSet<>();
    private int asked;

    /**
     * @param ability what a sign-in without it is able to do, to stand after "can": "sign in without MFA"
     * @param weighing where what is found goes
     */
    public SignInWeighing(
            Facts facts,
            ConditionalAccess conditionalAccess,
            Requirement requirement,
            String ability,
            Weighing weighing) {
        this.facts = facts;
        this.conditionalAccess = conditionalAccess;
        this.requirement = requirement;
        this.ability = ability;
        this.weighing = weighing;
    }

    /** Asks of the sign-ins of these accounts, with the roles that they are assigned. */
    public void accounts(List<Account> accounts) {
        accounts(accounts, account -> conditionalAccess.require(account, requirement));
    }

    /** Asks of these accounts with the roles that they are assigned, and with each one that they could activate. */
    public void administrators(List<Account> accounts) {
        accounts(
                accounts,
                account -> conditionalAccess
                        .requireOfAdministrator(account, requirement)
                        .decision());
    }

    private void accounts(List<Account> accounts, Function<Account, MfaDecision> decision) {
        EmergencyAccounts emergency = facts.emergencyAccounts();
        for (Account account : accounts) {
            asked++;
            decide(
                    decision.apply(account),
                    words -> Finding.of(account, words),
                    "can ",
                    emergency.looksLikeOne(account));
        }
    }

    /** Asks of a member of the group of highly exposed users, where one is designated. */
    public void exposedUsers() {
        facts.designations().exposedUsersGroup().ifPresent(group -> {
            asked++;
            decide(
                    conditionalAccess.requireOfMember(Set.of(group), requirement),
                    words -> new Finding(group, SubjectType.GROUP, "the group of highly exposed users", words),
                    "has members who can ",
                    false);
        });
    }

    /** Asks of a user, and of a guest, whom no policy names. */
    public void everybodyElse() {
        members();
        asked++;
        decide(
                conditionalAccess.requireOfGuest(requirement),
                Finding::ofTenant,
                "has guests who, named by no policy, can ",
                false);
    }

    /** Asks of a user whom no policy names, and of no guest. */
    public void members() {
        asked++;
        decide(
                conditionalAccess.requireOfMember(Set.of(), requirement),
                Finding::ofTenant,
                "has users who, named by no policy, can ",
                false);
    }

    private void decide(
            MfaDecision decision, Function<String, Finding> subject, String who, boolean looksLikeEmergency) {
        if (decision instanceof MfaDecision.Covered covered) {
            proof.addAll(covered.by());
        } else if (decision instanceof MfaDecision.Uncovered gap) {
            String words = who + ability + ": " + gap.signIn() + "; because " + gap.because();
            if (looksLikeEmergency) {
                weighing.doubtful(subject.apply(words + "; it looks like an emergency account, confirm that it is"));
            } else {
                weighing.certain(subject.apply(words));
            }
        } else if (decision instanceof MfaDecision.Undecided doubt) {
            weighing.doubtful(subject.apply("may be one that can " + ability + ": " + doubt.because()));
        }
    }

    /** How many accounts and kinds of users were asked about. */
    public int asked() {
        return asked;
    }

    /** The names of the policies by which it is required, or security defaults. */
    public List<String> proof() {
        return List.copyOf(proof);
    }

    /** Whom these policies leave out, a finding each, designated emergency accounts aside. */
    public List<Finding> exclusions() {
        return conditionalAccess.exclusions(proof).stream().map(Finding::of).toList();
    }
}
