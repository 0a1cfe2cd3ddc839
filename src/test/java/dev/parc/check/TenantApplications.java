package dev.parc.check;

import static dev.parc.check.TenantBuilder.appId;
import static dev.parc.check.TenantBuilder.id;

import dev.parc.facts.FactKind;
import dev.parc.facts.directory.EnterpriseApplication;
import dev.parc.facts.directory.ProvisioningJob;
import dev.parc.facts.directory.ProvisioningSupport;
import dev.parc.facts.directory.PublishedApplication;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills a {@link TenantBuilder} with applications and how they are provisioned and published. */
interface TenantApplications extends TenantFacts {

    /** An enabled application that somebody connected. */
    default TenantBuilder application(String name) {
        return add(
                FactKind.ENTERPRISE_APPLICATIONS, new EnterpriseApplication(id(name), appId(name), name, true, false));
    }

    default TenantBuilder provisioned(String application, ProvisioningJob.State state) {
        return provisioned(application, state, "scim");
    }

    default TenantBuilder provisioned(String application, ProvisioningJob.State state, String templateId) {
        return add(
                FactKind.PROVISIONING_JOBS,
                new ProvisioningJob(id(application), "job " + templateId, state, templateId));
    }

    /** What the application tells of provisioning beside its jobs; none of which has a direction of its own. */
    default TenantBuilder provisioning(String application, @Nullable Boolean possible, @Nullable Boolean assigned) {
        return add(
                FactKind.PROVISIONING_SUPPORT,
                new ProvisioningSupport(
                        id(application),
                        Optional.ofNullable(possible),
                        Optional.ofNullable(assigned),
                        Set.of(),
                        Set.of()));
    }

    default TenantBuilder published(String name, boolean preAuthenticated) {
        return add(
                FactKind.PUBLISHED_APPLICATIONS,
                new PublishedApplication("registration of " + name, appId(name), name, preAuthenticated));
    }
}
