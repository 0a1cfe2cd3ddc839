package dev.parc.roadmap.stage3;

import static dev.parc.analysis.signin.Requirement.MANAGED_DEVICE;
import static dev.parc.analysis.signin.Requirement.PRIVILEGED_WORKSTATION;
import static dev.parc.check.Effort.WEEKS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.PIM_GROUP_POLICIES;
import static dev.parc.facts.FactKind.PIM_POLICIES;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.signin.Requirement;
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
import dev.parc.facts.directory.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** From which devices administrators can sign in; whether these are dedicated workstations only people know. */
@RoadmapItem(
        id = "S3-04",
        title = "Administrators use dedicated workstations",
        severity = HIGH,
        effort = WEEKS,
        remedy = "Give administrators dedicated workstations and block their sign-in from all other devices",
        needs = {
            SERVICE_PLANS,
            ACCOUNTS,
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS,
            GROUP_MEMBERSHIPS
        },
        completedBy = {ORGANIZATION, SERVICE_PRINCIPALS, PIM_POLICIES, PIM_GROUP_POLICIES},
        administrators = true,
        attests = "The devices that administrators can sign in from are dedicated to administration, hardened,"
                + " and not used for mail or browsing.")
public final class S304AdministratorsUseWorkstations implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Optional<Licence> lacking = facts.lacksLicenceForPolicies();
        if (lacking.isPresent()) {
            return Verdict.without(lacking.get());
        }
        ConditionalAccess conditionalAccess = ConditionalAccess.of(facts);
        Weighing weighing = new Weighing();
        List<Account> administrators = weighing.administrators(facts);
        boolean designated = facts.designations().workstationFilter().isPresent();
        if (designated && !facts.workstationFilterIsUsed()) {
            weighing.doubtful(Finding.ofTenant(Details.of("S3-04.filter-unused")));
        }
        int atWorkstations = 0;
        Set<String> proof = new TreeSet<>();
        List<Account> others = new ArrayList<>();
        for (Account account : administrators) {
            MfaDecision workstation = decide(conditionalAccess, account, PRIVILEGED_WORKSTATION);
            if (workstation instanceof MfaDecision.Covered covered) {
                atWorkstations++;
                proof.addAll(covered.by());
            } else if (designated
                    && workstation instanceof MfaDecision.Undecided doubt
                    && !(decide(conditionalAccess, account, MANAGED_DEVICE) instanceof MfaDecision.Covered)) {
                weighing.doubtful(
                        Finding.of(account, Details.of("S3-04.unclear").with("because", doubt.because())));
            } else {
                others.add(account);
            }
        }
        SignInWeighing managed = new SignInWeighing(
                facts,
                conditionalAccess,
                MANAGED_DEVICE,
                "sign in from a device that is neither compliant nor hybrid joined"
                        + (designated ? ", nor a privileged access workstation" : ""),
                weighing);
        managed.administrators(others);
        proof.addAll(managed.proof());
        int workstations = atWorkstations;
        return weighing.verdict(
                        uncovered -> Counted.say(
                                "%d of %d [administrator|administrators] can sign in from any device",
                                uncovered, administrators.size()),
                        unclear -> Counted.say(
                                "%d of %d [administrator|administrators] [1:needs|need] review",
                                unclear, administrators.size()))
                .orElseGet(() -> administrators.isEmpty()
                        ? Verdict.notApplicable("no account besides emergency accounts administers")
                        : Verdict.attest(
                                Counted.say(
                                                "%d [administrator is|administrators are] limited to privileged access workstations, %d",
                                                workstations, managed.asked())
                                        + " to compliant or hybrid joined devices, by "
                                        + String.join(", ", proof),
                                List.of()));
    }

    private static MfaDecision decide(ConditionalAccess conditionalAccess, Account account, Requirement requirement) {
        return conditionalAccess.requireOfAdministrator(account, requirement).decision();
    }
}
