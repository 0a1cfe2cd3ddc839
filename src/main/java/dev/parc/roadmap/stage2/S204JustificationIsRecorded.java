package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.PIM_ACTIVATIONS;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_POLICIES;
import static dev.parc.facts.FactKind.PIM_POLICIES;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.SynchronisationAccounts;
import dev.parc.analysis.pim.ActivatableRole;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.activity.PimActivation;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** PIM keeps the reason of every activation; the reason of an assignment no interface tells to whoever may only read. */
@RoadmapItem(
        id = "S2-04",
        title = "The business justification for administrative access is recorded",
        severity = MEDIUM,
        effort = DAYS,
        remedy = "Require a justification for activation in PIM and record the business reason for each"
                + " administrator",
        needs = {},
        completedBy = {ORGANIZATION, PIM_POLICIES, PIM_GROUP_POLICIES, PIM_ACTIVATIONS, ACCOUNTS, SERVICE_PRINCIPALS},
        administrators = true,
        attests = "The business reason for every administrator's access is on file, with an owner and an end date.")
public final class S204JustificationIsRecorded implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators all = Administrators.of(facts);
        SynchronisationAccounts programs = SynchronisationAccounts.of(facts);
        List<Finding> assigned = all.all().stream()
                .filter(one -> facts.account(one.id()).filter(programs::holds).isEmpty())
                .flatMap(one -> one.holding(holding -> holding.kind().assigned()).stream())
                .map(one -> Finding.of(facts, one, Details.of("S2-04.assigned").with("roles", all.inWords(one))))
                .toList();
        if (facts.lacksLicenceFor(PIM_ELIGIBILITIES).isPresent()) {
            return Verdict.attest(
                    Counted.say("%d [administrator|administrators], and no PIM to record reasons in", assigned.size()),
                    assigned);
        }
        List<Finding> silent = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        List<ActivatableRole> activated = ActivatableRole.of(facts);
        for (ActivatableRole one : activated) {
            if (one.settings().isEmpty()) {
                untold.add(one.untold());
            } else if (!one.settings().get().demandsReason()) {
                silent.add(Finding.of(one, Details.of("S2-04.asks-no-reason")));
            }
        }
        if (!silent.isEmpty()) {
            return Verdict.fail(
                    Counted.say(
                            "%d of %d [role or group|roles and groups] can be activated without a reason",
                            silent.size(), activated.size()),
                    silent);
        }
        if (!untold.isEmpty()) {
            return Verdict.notAssessed(untold);
        }
        List<PimActivation> activations = facts.activations();
        List<Finding> unreasoned = activations.stream()
                .filter(activation -> activation.reason().isEmpty())
                .map(activation -> facts.account(activation.principalId())
                        .map(account -> Finding.of(account, without(activation)))
                        .orElseGet(() -> new Finding(
                                activation.principalId(),
                                SubjectType.USER,
                                activation.principalId(),
                                without(activation))))
                .toList();
        return unreasoned.isEmpty()
                ? Verdict.attest(
                        Counted.say(
                                "every activation asks for a reason, and all %d in %d days have one; %d [administrator needs|administrators need] no activation",
                                activations.size(), PimActivation.DAYS, assigned.size()),
                        assigned)
                : Verdict.review(
                        Counted.say(
                                "%d of %d [activation|activations] of the last %d days [1:has|have] no reason",
                                unreasoned.size(), activations.size(), PimActivation.DAYS),
                        unreasoned);
    }

    private static Details without(PimActivation activation) {
        return Details.of("S2-04.no-reason-given")
                .with("role", activation.targetName())
                .with("date", activation.at().atOffset(ZoneOffset.UTC).toLocalDate());
    }
}
