package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.WEEKS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.DEFENDER_SENSORS;
import static dev.parc.facts.FactKind.DEVICE_REGISTRATION;
import static dev.parc.facts.FactKind.LAPS_BACKUPS;
import static dev.parc.facts.FactKind.ORGANIZATION;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.DeviceRegistration;
import dev.parc.facts.directory.LapsBackups;
import dev.parc.facts.directory.SyncState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Active Directory is outside every cloud interface: PARC shows what touches it and asks a person for the rest. */
@RoadmapItem(
        id = "S2-18",
        title = "On-premises privileged accounts are secured",
        severity = HIGH,
        effort = WEEKS,
        remedy = "Give on-premises administrators separate accounts and workstations, deploy Windows "
                + "LAPS, and attest it",
        needs = ORGANIZATION,
        signals = {ACCOUNTS, DEVICE_REGISTRATION, LAPS_BACKUPS, DEFENDER_SENSORS},
        attests = {
            "Everyone who administers Active Directory, its servers or its workstations uses a separate"
                    + " account for that and for nothing else.",
            "Everyone who administers Active Directory works only from a privileged access workstation.",
            "Every workstation and server has its own local administrator password, which is changed regularly."
        })
public final class S218OnPremisesAdministratorsAreSecured implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        if (!facts.synchronised()) {
            return Verdict.notApplicable("nothing is synchronised from on-premises");
        }
        List<Finding> findings = new ArrayList<>();
        facts.accounts().stream()
                .filter(account -> account.sync() == SyncState.SYNCED)
                .map(account -> Finding.of(account, Details.of("S2-18.synchronised")))
                .forEach(findings::add);
        passwords(facts).map(Finding::ofTenant).ifPresent(findings::add);
        if (facts.reading(DEFENDER_SENSORS) instanceof Reading.Read
                && facts.defenderSensors().isEmpty()) {
            findings.add(Finding.ofTenant(Details.of("S2-18.no-sensor")));
        }
        return Verdict.attest(
                "no interface of the cloud sees who administers Active Directory, from where and with which passwords",
                findings);
    }

    /** What is known of unique local administrator passwords; nothing where all that is known is good. */
    private static Optional<Details> passwords(Facts facts) {
        Optional<DeviceRegistration> policy = facts.deviceRegistration();
        if (policy.filter(it -> !it.localPasswordsKept()).isPresent()) {
            return Optional.of(Details.of("S2-18.laps-off"));
        }
        Optional<LapsBackups> backups = facts.lapsBackups();
        return backups.filter(it -> it.devices() > it.recent() || it.devices() == 0)
                .map(it -> it.devices() == 0
                        ? Details.of("S2-18.laps-unused")
                        : Details.of("S2-18.laps-in-part")
                                .with("recent", it.recent())
                                .with("first", it.more() ? "the first" : "")
                                .with("devices", it.devices()));
    }
}
