package dev.parc.check;

import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.conditionalaccess.OpenExclusion;
import dev.parc.analysis.conditionalaccess.PolicyExclusion;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.analysis.signin.Requirement;
import dev.parc.check.phrase.Details;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

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
    private Optional<Reservation> reservation = Optional.empty();
    private Optional<ConditionalAccess> guided = Optional.empty();
    private boolean vouchedFor;
    private final Set<String> held = new HashSet<>();
    private int asked;

    /**
     * What keeps a requirement that is met from being answered.
     *
     * @param policies those that alone answer
     * @param words to stand after the names of the policies that do not
     */
    private record Reservation(ConditionalAccess policies, String words) {}

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

    /**
     * From now on a requirement that is met counts only if these policies alone meet it; else a person must look.
     *
     * @param words why the others do not answer, to stand after their names
     */
    public void onlyBy(ConditionalAccess policies, String words) {
        reservation = Optional.of(new Reservation(policies, words));
    }

    /**
     * From now on what only those exclusions of applications let through that Microsoft's own guides ask for counts as
     * required, and {@link #exclusions} lists them.
     */
    public void takingGuidedExclusions() {
        guided = conditionalAccess.withoutGuidedExclusions();
    }

    /** Asks of the sign-ins of these accounts, with the roles that they are assigned. */
    public void accounts(List<Account> accounts) {
        accounts(accounts, (policies, account) -> policies.require(account, requirement));
    }

    /** Asks of these accounts with the roles that they are assigned, and with each one that they could activate. */
    public void administrators(List<Account> accounts) {
        accounts(
                accounts,
                (policies, account) ->
                        policies.requireOfAdministrator(account, requirement).decision());
    }

    private void accounts(List<Account> accounts, BiFunction<ConditionalAccess, Account, MfaDecision> question) {
        EmergencyAccounts emergency = EmergencyAccounts.of(facts);
        for (Account account : accounts) {
            asked++;
            if (question.apply(conditionalAccess, account) instanceof MfaDecision.Covered) {
                held.add(account.id());
            }
            decide(
                    policies -> beside(account, question.apply(policies, account)),
                    details -> Finding.of(account, details),
                    "",
                    emergency.looksLikeOne(account));
        }
    }

    /** Where MFA is what is required, per-user MFA counts too. */
    private MfaDecision beside(Account account, MfaDecision byPolicies) {
        return requirement == Requirement.MFA ? MfaDecision.withPerUserMfa(facts, account, byPolicies) : byPolicies;
    }

    /** Asks of a member of the group of highly exposed users, where one is designated. */
    public void exposedUsers() {
        facts.designations().exposedUsersGroup().ifPresent(group -> {
            asked++;
            if (facts.withEnclosing(group).isEmpty()) {
                weighing.unknown(
                        FactKind.GROUP_MEMBERSHIPS.title() + ": nothing was read of the group of highly exposed users");
                return;
            }
            decide(
                    policies -> policies.requireOfMembersOf(group, requirement).orElseThrow(),
                    details -> new Finding(group, SubjectType.GROUP, "the group of highly exposed users", details),
                    "has members who",
                    false);
        });
    }

    /** Asks of a user, and of a guest, whom no policy names. */
    public void everybodyElse() {
        members();
        asked++;
        decide(
                policies -> policies.requireOfGuest(requirement),
                Finding::ofTenant,
                "has guests who, named by no policy,",
                false);
    }

    /** Asks of a user whom no policy names, and of no guest. */
    public void members() {
        asked++;
        decide(
                policies -> policies.requireOfMember(Set.of(), requirement),
                Finding::ofTenant,
                "has users who, named by no policy,",
                false);
    }

    /**
     * Asks who can take an account out of the policies by which it is required; after everybody was asked about.
     *
     * @return who of those who are held to the same can, to stand at the end of a summary
     */
    public String changersOfExclusions() {
        List<OpenExclusion> exclusions =
                conditionalAccess.openExclusions(proof, account -> held.contains(account.id()));
        exclusions.stream()
                .filter(exclusion -> !exclusion.doubts().isEmpty())
                .filter(exclusion -> !heldByOthers(exclusion.group().id()))
                .map(Finding::of)
                .forEach(weighing::doubtful);
        conditionalAccess
                .exclusionsChangedByApplications(proof, this::heldByOthers)
                .map(what -> Finding.ofTenant(
                        Details.of("exclusions.changed-by-applications").with("what", what)))
                .ifPresent(weighing::doubtful);
        return OpenExclusion.changedBy(exclusions);
    }

    private void decide(
            Function<ConditionalAccess, MfaDecision> question,
            Function<Details, Finding> subject,
            String who,
            boolean looksLikeEmergency) {
        MfaDecision decision = butForGuidedExclusions(question);
        if (decision instanceof MfaDecision.Covered covered) {
            MfaDecision answer =
                    reservation.map(only -> question.apply(only.policies())).orElse(covered);
            if (answer instanceof MfaDecision.Covered answered) {
                proof.addAll(answered.by());
            } else {
                weighing.doubtful(subject.apply(Details.of("sign-in.unless")
                        .with("who", who)
                        .with("ability", ability)
                        .with("policies", "'" + String.join("', '", covered.by()) + "'")
                        .with("unless", reservation.map(Reservation::words).orElse(""))));
            }
        } else if (decision instanceof MfaDecision.Uncovered gap) {
            Finding finding =
                    subject.apply(Details.of(looksLikeEmergency ? "sign-in.open-perhaps-emergency" : "sign-in.open")
                            .with("who", who)
                            .with("ability", ability)
                            .with("signIn", gap.signIn())
                            .with("because", gap.because()));
            if (looksLikeEmergency) {
                weighing.doubtful(finding);
            } else {
                weighing.certain(finding);
            }
        } else if (decision instanceof MfaDecision.Undecided doubt) {
            weighing.doubtful(subject.apply(
                    Details.of("sign-in.unclear").with("ability", ability).with("because", doubt.because())));
        }
    }

    private MfaDecision butForGuidedExclusions(Function<ConditionalAccess, MfaDecision> question) {
        MfaDecision decision = question.apply(conditionalAccess);
        if (guided.isEmpty() || decision instanceof MfaDecision.Covered) {
            return decision;
        }
        MfaDecision beside = question.apply(guided.get());
        vouchedFor |= beside instanceof MfaDecision.Covered;
        return beside;
    }

    /** How many accounts and kinds of users were asked about. */
    public int asked() {
        return asked;
    }

    /** The names of the policies by which it is required, or security defaults. */
    public List<String> proof() {
        return List.copyOf(proof);
    }

    /** Whether other policies hold the members of a group that one excludes to the same. */
    private boolean heldByOthers(String groupId) {
        return reservation.map(Reservation::policies).orElse(conditionalAccess).holdsMembersOf(groupId, requirement);
    }

    /**
     * Whom and what these policies leave out, and no other policy holds to the same, a finding each; designated emergency
     * accounts aside.
     */
    public List<Finding> exclusions() {
        return Stream.concat(
                        conditionalAccess.exclusions(proof).stream()
                                .filter(exclusion ->
                                        exclusion.kind() != PolicyExclusion.Kind.GROUP || !heldByOthers(exclusion.id()))
                                .map(Finding::of),
                        vouchedFor
                                ? conditionalAccess.guidedExclusions(proof).stream()
                                        .map(Finding::of)
                                : Stream.empty())
                .toList();
    }
}
