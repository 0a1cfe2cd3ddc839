package dev.parc.roadmap.stage4;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.DEVICE_REGISTRATION;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.DeviceRegistration;
import dev.parc.facts.directory.DeviceRegistration.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists who becomes a local administrator of joined devices, by policy and by role; that it was reviewed is attested. */
@RoadmapItem(
        id = "S4-02",
        title = "Local administrators of Microsoft Entra joined devices are reviewed",
        severity = MEDIUM,
        effort = DAYS,
        remedy = "Stop making Global Administrators and registering users local administrators of joined devices",
        needs = DEVICE_REGISTRATION,
        completedBy = {ACCOUNTS, SERVICE_PRINCIPALS},
        administrators = true,
        attests = {
            "We have reviewed everyone who is a local administrator of Microsoft Entra joined devices, by"
                    + " device settings, role, Intune or by hand, and each of them needs it."
        })
public final class S402DeviceAdministratorsAreReviewed implements Check {

    /** Microsoft Entra Joined Device Local Administrator. */
    private static final String ROLE = "9f06204d-73c1-4d4c-880a-6edb90606fd8";

    @Override
    public Verdict evaluate(Facts facts) {
        Optional<DeviceRegistration> policy = facts.deviceRegistration();
        if (policy.isEmpty()) {
            return Verdict.notAssessed(List.of("the device registration policy: nothing was read"));
        }
        Administrators administrators = Administrators.of(facts);
        List<Administrator> holders = administrators.holding(ROLE);
        List<Finding> tooMany = tooMany(policy.get());
        List<Finding> findings = new ArrayList<>(tooMany);
        holders.forEach(holder -> findings.add(Finding.of(
                facts, holder, Details.of("S4-02.local-administrator").with("roles", administrators.inWords(holder)))));
        String summary = inWords(policy.get()) + "; "
                + (holders.isEmpty()
                        ? "no account is local administrator of all joined devices"
                        : Counted.say(
                                "%d [account is local administrator|accounts are local administrators] of all joined devices",
                                holders.size()));
        return tooMany.isEmpty() ? Verdict.attest(summary, findings) : Verdict.fail(summary, findings);
    }

    private static String inWords(DeviceRegistration policy) {
        if (policy.joining() == Scope.NOBODY) {
            return "nobody may join devices";
        }
        return switch (policy.joinerIsAdministrator()) {
            case NOBODY -> "joining a device makes no user its local administrator";
            case SELECTED -> "joining a device makes selected users its local administrators";
            case EVERYBODY -> "joining a device makes every user its local administrator";
        };
    }

    private static List<Finding> tooMany(DeviceRegistration policy) {
        List<Finding> findings = new ArrayList<>();
        if (policy.joining() != Scope.NOBODY && policy.joinerIsAdministrator() == Scope.EVERYBODY) {
            findings.add(Finding.ofTenant(Details.of("S4-02.everybody")));
        }
        if (policy.joining() != Scope.NOBODY && policy.globalAdministratorsAreLocal()) {
            findings.add(Finding.ofTenant(Details.of("S4-02.global-administrators")));
        }
        return findings;
    }
}
