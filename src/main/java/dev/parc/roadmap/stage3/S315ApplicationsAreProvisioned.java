package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.WEEKS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ENTERPRISE_APPLICATIONS;
import static dev.parc.facts.FactKind.PROVISIONING_JOBS;
import static dev.parc.facts.FactKind.PROVISIONING_SUPPORT;

import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.EnterpriseApplication;
import dev.parc.facts.directory.ProvisioningJob;
import dev.parc.facts.directory.ProvisioningJob.State;
import dev.parc.facts.directory.ProvisioningSupport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks of every connected application whether a job creates and removes its accounts; some can have none. */
@RoadmapItem(
        id = "S3-15",
        title = "Users are provisioned automatically to connected applications",
        severity = MEDIUM,
        effort = WEEKS,
        remedy = "Set up provisioning for the listed applications and fix the jobs in quarantine",
        needs = {ENTERPRISE_APPLICATIONS, PROVISIONING_JOBS},
        signals = PROVISIONING_SUPPORT,
        attests = "Every connected application without a running provisioning job does not need one or cannot"
                + " have one.")
public final class S315ApplicationsAreProvisioned implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        List<EnterpriseApplication> applications = facts.connectedApplications();
        if (applications.isEmpty()) {
            return Verdict.notApplicable("no application is connected to the tenant");
        }
        List<Finding> broken = new ArrayList<>();
        List<Finding> without = new ArrayList<>();
        int provisioned = 0;
        int impossible = 0;
        for (EnterpriseApplication application : applications) {
            List<ProvisioningJob> jobs = facts.provisioningJobs(application);
            Optional<ProvisioningSupport> support = facts.provisioningSupport(application);
            Set<State> states = jobs.stream()
                    .filter(job -> goesTo(job, support))
                    .map(ProvisioningJob::state)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(State.class)));
            if (states.contains(State.QUARANTINED)) {
                broken.add(Finding.of(application, Details.of("S3-15.quarantined")));
            } else if (states.contains(State.ACTIVE)) {
                provisioned++;
            } else if (jobs.isEmpty()
                    && support.flatMap(ProvisioningSupport::possible)
                            .filter(possible -> !possible)
                            .isPresent()) {
                impossible++;
            } else {
                without.add(Finding.of(application, inWords(states, jobs, support)));
            }
        }
        if (!broken.isEmpty()) {
            int quarantined = broken.size();
            broken.addAll(without);
            return Verdict.fail(
                    Counted.say(
                            "provisioning to %d of %d connected [application|applications] is in quarantine",
                            quarantined, applications.size()),
                    broken);
        }
        if (impossible == applications.size()) {
            return Verdict.notApplicable("none of the connected applications can be provisioned to");
        }
        String summary = Counted.say(
                        "users are provisioned to %s of %d connected [application|applications]",
                        provisioned == 0 ? "none" : provisioned, applications.size() - impossible)
                + (impossible == 0 ? "" : ", and %d cannot be provisioned to".formatted(impossible));
        return without.isEmpty() ? Verdict.pass(summary) : Verdict.attest(summary, without);
    }

    private static boolean goesTo(ProvisioningJob job, Optional<ProvisioningSupport> support) {
        return job.undirected()
                ? support.filter(it -> it.jobsTo().contains(job.id())).isPresent()
                : !job.inbound();
    }

    private static boolean undirected(ProvisioningJob job, Optional<ProvisioningSupport> support) {
        return job.undirected()
                && support.filter(it ->
                                it.jobsTo().contains(job.id()) || it.jobsInto().contains(job.id()))
                        .isEmpty();
    }

    /** Of an application that has no running job of which it is known that it goes to the application. */
    private static Details inWords(
            Set<State> states, List<ProvisioningJob> jobs, Optional<ProvisioningSupport> support) {
        Details words;
        if (states.contains(State.PAUSED)) {
            words = Details.of("S3-15.paused");
        } else if (states.contains(State.NOT_RUNNING)) {
            words = Details.of("S3-15.never-ran");
        } else {
            words = jobs.isEmpty() ? Details.of("S3-15.no-job") : notToTheApplication(jobs, support);
        }
        return support.flatMap(ProvisioningSupport::assigned)
                        .filter(assigned -> !assigned)
                        .isPresent()
                ? words.with("assigned", "nobody")
                : words;
    }

    private static Details notToTheApplication(List<ProvisioningJob> jobs, Optional<ProvisioningSupport> support) {
        boolean quarantined = jobs.stream().anyMatch(job -> job.state() == State.QUARANTINED);
        return jobs.stream().anyMatch(job -> undirected(job, support))
                ? Details.of(quarantined ? "S3-15.undirected-quarantined" : "S3-15.undirected")
                : Details.of(quarantined ? "S3-15.directory-only-quarantined" : "S3-15.directory-only");
    }
}
