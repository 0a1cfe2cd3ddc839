package dev.parc.facts.directory;

import java.util.Optional;
import java.util.Set;

/**
 * What a connected application tells of provisioning to it, beside its jobs.
 *
 * @param servicePrincipalId the object id of the application's service principal
 * @param possible whether it has a template to make a job from, without which there can be none; empty where that was not told
 * @param assigned whether somebody is assigned to it; empty where that was not told
 * @param jobsTo the ids of those of its jobs that bring accounts from the directory into the application, by their schema
 * @param jobsInto the ids of those that bring none there
 */
public record ProvisioningSupport(
        String servicePrincipalId,
        Optional<Boolean> possible,
        Optional<Boolean> assigned,
        Set<String> jobsTo,
        Set<String> jobsInto)
        implements PrincipalFact {

    public ProvisioningSupport {
        jobsTo = Set.copyOf(jobsTo);
        jobsInto = Set.copyOf(jobsInto);
    }

    @Override
    public String principalId() {
        return servicePrincipalId;
    }
}
