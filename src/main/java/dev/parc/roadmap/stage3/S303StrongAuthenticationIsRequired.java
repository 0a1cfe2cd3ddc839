package dev.parc.roadmap.stage3;

import static dev.parc.analysis.signin.Requirement.MFA;
import static dev.parc.analysis.signin.Requirement.PHISHING_RESISTANT_MFA;
import static dev.parc.check.Effort.WEEKS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_METHODS_POLICY;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.EXCLUDED_GROUPS;
import static dev.parc.facts.FactKind.EXPOSED_GROUP;
import static dev.parc.facts.FactKind.FEDERATIONS;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.GROUP_WRITERS;
import static dev.parc.facts.FactKind.METHOD_GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.PIM_GROUP_POLICIES;
import static dev.parc.facts.FactKind.PIM_POLICIES;
import static dev.parc.facts.FactKind.REGISTRATIONS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SignInWeighing;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.AuthenticationMethods;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Administrators and the designated group are the highly exposed users; what they use must not be there to be phished. */
@RoadmapItem(
        id = "S3-03",
        title = "Stronger authentication is rolled out, to highly exposed users first",
        severity = HIGH,
        effort = WEEKS,
        remedy = "Enable passkeys and require phishing-resistant MFA, for administrators first, then for highly"
                + " exposed users",
        needs = {
            SERVICE_PLANS,
            DOMAINS,
            ACCOUNTS,
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS,
            GROUP_MEMBERSHIPS,
            AUTHENTICATION_METHODS_POLICY,
            REGISTRATIONS
        },
        completedBy = {
            ORGANIZATION,
            SERVICE_PRINCIPALS,
            FEDERATIONS,
            EXCLUDED_GROUPS,
            EXPOSED_GROUP,
            PIM_POLICIES,
            PIM_GROUP_POLICIES
        },
        signals = {GROUP_WRITERS, METHOD_GROUP_MEMBERSHIPS},
        administrators = true)
public final class S303StrongAuthenticationIsRequired implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Optional<Licence> lacking = facts.lacksLicenceForPolicies();
        if (lacking.isPresent()) {
            return Verdict.without(lacking.get());
        }
        ConditionalAccess conditionalAccess = ConditionalAccess.of(facts);
        Weighing weighing = new Weighing();
        SignInWeighing strong = new SignInWeighing(
                facts, conditionalAccess, PHISHING_RESISTANT_MFA, "sign in without phishing-resistant MFA", weighing);
        List<Account> administrators = weighing.administrators(facts);
        strong.administrators(administrators);
        if (facts.exposedGroupIsMissing()) {
            weighing.doubtful(Finding.ofTenant(Details.of("S3-03.no-such-group")
                    .with("group", facts.designations().exposedUsersGroup().orElse(""))));
        } else {
            strong.exposedUsers();
        }
        if (facts.designations().exposedUsersGroup().isEmpty()) {
            weighing.doubtful(Finding.ofTenant(Details.of("S3-03.no-group-named")));
        }
        Optional<AuthenticationMethods> methods = facts.authenticationMethods();
        boolean certificates =
                methods.filter(AuthenticationMethods::certificates).isPresent();
        if (!certificates && methods.filter(AuthenticationMethods::passkeys).isEmpty()) {
            weighing.doubtful(Finding.ofTenant(Details.of("S3-03.no-methods")));
        }
        boolean everybody =
                conditionalAccess.requireOfMember(Set.of(), PHISHING_RESISTANT_MFA) instanceof MfaDecision.Covered;
        if (!everybody) {
            others(conditionalAccess.requireOfMember(Set.of(), MFA), "users").ifPresent(weighing::doubtful);
            others(conditionalAccess.requireOfGuest(MFA), "guests").ifPresent(weighing::doubtful);
        }
        String changers = strong.changersOfExclusions();
        administrators.forEach(account -> registered(facts, account, weighing));
        return weighing.verdict(
                        against -> Counted.say("%d [gap|gaps] in the rollout of stronger authentication", against),
                        unclear -> Counted.say(
                                "%d [finding|findings] about stronger authentication [needs|need] review", unclear))
                .orElseGet(() -> Verdict.pass(Counted.say(
                                "%d [administrator|administrators] and the highly exposed users need phishing-resistant MFA,",
                                administrators.size())
                        + " by "
                        + String.join(", ", strong.proof())
                        + (everybody ? "; so does everybody else" : "; everybody else needs other MFA yet")
                        + changers));
    }

    /** Who comes later must need some MFA until then; S2-12 asks about it. */
    private static Optional<Finding> others(MfaDecision decision, String who) {
        if (decision instanceof MfaDecision.Uncovered gap) {
            return Optional.of(Finding.ofTenant(Details.of("S3-03.others-without-mfa")
                    .with("who", who)
                    .with("signIn", gap.signIn())
                    .with("because", gap.because())));
        }
        return decision instanceof MfaDecision.Undecided doubt
                ? Optional.of(Finding.ofTenant(Details.of("S3-03.others-perhaps-without-mfa")
                        .with("who", who)
                        .with("because", doubt.because())))
                : Optional.empty();
    }

    private static void registered(Facts facts, Account account, Weighing weighing) {
        Optional<Registration> registration = facts.registration(account);
        if (registration.isEmpty()) {
            weighing.unknown(REGISTRATIONS.title() + ": nothing is known of " + account.signInName());
        } else if (!registration.get().phishingResistant()) {
            if (account.external() || facts.mfaIsFederated(account)) {
                weighing.doubtful(Finding.of(account, Details.of("S3-03.perhaps-registered-elsewhere")));
            } else if (facts.mayUseCertificates(account)) {
                weighing.doubtful(Finding.of(account, Details.of("S3-03.perhaps-certificate")));
            } else {
                weighing.certain(Finding.of(account, Details.of("S3-03.unregistered")));
            }
        }
    }
}
