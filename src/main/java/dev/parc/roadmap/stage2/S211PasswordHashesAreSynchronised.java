package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.PASSWORD_HASH_SYNC;
import static dev.parc.facts.FactKind.PROVISIONING_JOBS;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.PasswordHashSync;
import dev.parc.facts.directory.ProvisioningJob;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Password hashes in the cloud let people sign in while federation is down, and let leaked passwords be found. */
@RoadmapItem(
        id = "S2-11",
        title = "Password hash synchronisation is on",
        severity = MEDIUM,
        effort = HOURS,
        remedy = "Turn on password hash synchronisation in Microsoft Entra Connect",
        needs = {ORGANIZATION, DOMAINS, PASSWORD_HASH_SYNC},
        signals = PROVISIONING_JOBS)
public final class S211PasswordHashesAreSynchronised implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        List<Domain> federated = facts.federatedDomains();
        boolean synchronised = facts.synchronised();
        if (!synchronised && federated.isEmpty()) {
            return Verdict.notApplicable("nothing is synchronised from on-premises and no domain is federated");
        }
        if (!synchronised) {
            return Verdict.review(
                    "nothing is synchronised from on-premises, so no password hash can stand in for a federated domain",
                    without(federated));
        }
        Optional<PasswordHashSync> sync = facts.passwordHashSync();
        if (sync.isEmpty()) {
            return Verdict.notAssessed(List.of("password hash synchronisation: nothing was read"));
        }
        Instant now = facts.takenAt();
        boolean off = sync.get().on().filter(on -> !on).isPresent();
        String last = sync.get()
                .received()
                .map(received -> received.at().map(at -> came(at, now)).orElse("hashes have never come"))
                .orElse("when hashes last came could not be read");
        if (sync.get().fails(now)) {
            return Verdict.fail(
                    (off ? "password hash synchronisation is off; " : "password hash synchronisation does not work; ")
                            + last,
                    without(federated));
        }
        Set<ProvisioningJob.State> cloudSync = facts.passwordHashJobs();
        if (cloudSync.contains(ProvisioningJob.State.QUARANTINED)) {
            return Verdict.review(
                    "a job of cloud sync that brings password hashes is in quarantine; " + last, without(federated));
        }
        if (off && cloudSync.contains(ProvisioningJob.State.ACTIVE)) {
            return Verdict.pass("password hashes are synchronised by cloud sync; " + last);
        }
        if (off) {
            return Verdict.review(
                    "password hash synchronisation is said to be off; yet " + last + ": look which is true",
                    without(federated));
        }
        return Verdict.pass("password hashes are synchronised; " + last);
    }

    private static List<Finding> without(List<Domain> federated) {
        return federated.stream()
                .map(domain -> Finding.ofTenant(Details.of("S2-11.federated").with("domain", domain.name())))
                .toList();
    }

    private static String came(Instant last, Instant now) {
        long days = Duration.between(last, now).toDays();
        return "hashes last came on " + LocalDate.ofInstant(last, ZoneOffset.UTC)
                + (days > 0 ? ", " + days + (days == 1 ? " day ago" : " days ago") : "");
    }
}
