package dev.parc.roadmap.stage1;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.DirectoryRole.HIGHLY_PRIVILEGED;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_POLICIES;
import static dev.parc.facts.FactKind.SERVICE_PLANS;
import static dev.parc.facts.Licence.ENTRA_ID_P2_OR_GOVERNANCE;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.facts.Administrator;
import dev.parc.facts.Facts;
import dev.parc.facts.PimPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PIM is on when somebody is eligible and somebody hears of role changes; a licence alone changes nothing. */
@RoadmapItem(
        id = "S1-01",
        title = "Privileged Identity Management is on and role changes are notified",
        severity = HIGH,
        effort = HOURS,
        remedy = "Make administrators eligible in Privileged Identity Management and switch on the "
                + "notifications of the highly privileged roles",
        needs = {SERVICE_PLANS, PIM_ELIGIBILITIES, PIM_POLICIES},
        administrators = true)
public final class S101PimIsOn implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        if (!facts.licensed(ENTRA_ID_P2_OR_GOVERNANCE)) {
            return Verdict.notApplicable("the tenant has no " + ENTRA_ID_P2_OR_GOVERNANCE.title() + " licence");
        }
        List<Administrator> administrators = facts.administrators().in(HIGHLY_PRIVILEGED);
        long justInTime = administrators.stream()
                .filter(administrator -> administrator.holdings().stream().anyMatch(holding -> switch (holding.kind()) {
                    case ELIGIBLE, ACTIVATED -> true;
                    default -> false;
                }))
                .count();
        List<Finding> silent = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        HIGHLY_PRIVILEGED.stream()
                .sorted()
                .forEach(role -> facts.pimPolicy(role)
                        .ifPresentOrElse(
                                policy -> silence(policy).ifPresent(what -> silent.add(Finding.of(role, what))),
                                () -> untold.add("PIM role settings: Graph gave none for " + role.title())));
        if (justInTime == 0 && facts.gaps().isEmpty()) {
            List<Finding> findings = new ArrayList<>(silent);
            findings.add(0, Finding.ofTenant("has no eligible assignment in the highly privileged roles"));
            return Verdict.fail(
                    "PIM is licensed and not used: nobody is eligible for a highly privileged role", findings);
        }
        if (!silent.isEmpty()) {
            return Verdict.fail(
                    "PIM notifies nobody of some changes to %d of %d highly privileged roles"
                            .formatted(silent.size(), HIGHLY_PRIVILEGED.size()),
                    silent);
        }
        return untold.isEmpty()
                ? Verdict.pass(
                        "PIM is on: %d of %d administrators in the highly privileged roles are eligible, and role"
                                        .formatted(justInTime, administrators.size())
                                + " changes are notified")
                : Verdict.notAssessed(untold);
    }

    /** Of which changes nobody hears; empty if somebody hears of all. */
    private static Optional<String> silence(PimPolicy policy) {
        List<String> untold = policy.settings().untold();
        return untold.isEmpty()
                ? Optional.empty()
                : Optional.of("notifies no administrator when somebody " + String.join(", or when somebody ", untold));
    }
}
