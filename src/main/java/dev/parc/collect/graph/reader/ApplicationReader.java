package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.BETA;
import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.ENTERPRISE_APPLICATIONS;
import static dev.parc.facts.FactKind.PROVISIONING_JOBS;
import static dev.parc.facts.FactKind.PUBLISHED_APPLICATIONS;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.EnterpriseApplication;
import dev.parc.facts.directory.ProvisioningJob;
import dev.parc.facts.directory.PublishedApplication;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the applications that users sign in to, those on-premises among them, and who creates accounts in them. */
public final class ApplicationReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(ENTERPRISE_APPLICATIONS, context -> new ApplicationReader(context).enterpriseApplications()),
            ReadingTask.of(PUBLISHED_APPLICATIONS, context -> new ApplicationReader(context).publishedApplications()),
            ReadingTask.of(
                    PROVISIONING_JOBS,
                    context -> new ApplicationReader(context).provisioningJobs(),
                    ENTERPRISE_APPLICATIONS));

    private static final int LARGEST_PAGE = 999;

    /** The tag that the portal lists as enterprise application. */
    private static final String ENTERPRISE = "tags/any(t:t eq 'WindowsAzureActiveDirectoryIntegratedApp')";

    private final ReadingContext context;

    public ApplicationReader(ReadingContext context) {
        this.context = context;
    }

    public Reading enterpriseApplications() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.servicePrincipals().toGetRequestInformation(it -> {
                    it.queryParameters.filter = ENTERPRISE;
                    it.queryParameters.select =
                            new String[] {"id", "appId", "displayName", "accountEnabled", "appOwnerOrganizationId"};
                    it.queryParameters.top = LARGEST_PAGE;
                })));
        return ReadingBuilder.ofCollection(
                ENTERPRISE_APPLICATIONS,
                answer,
                "enterprise applications",
                item -> new EnterpriseApplication(
                        item.id("id"),
                        item.id("appId"),
                        name(item),
                        item.requiredFlag("accountEnabled"),
                        item.text("appOwnerOrganizationId")
                                .flatMap(Item::guid)
                                .filter(EnterpriseApplication.MICROSOFT::contains)
                                .isPresent()));
    }

    public Reading publishedApplications() {
        Answer answer = context.graph().ask(GraphRequest.of(BETA.applications().toGetRequestInformation(it -> {
            it.queryParameters.filter = "onPremisesPublishing/isOnPremPublishingEnabled eq true";
            it.queryParameters.select = new String[] {"id", "appId", "displayName", "onPremisesPublishing"};
        })));
        return ReadingBuilder.ofCollection(
                PUBLISHED_APPLICATIONS,
                answer,
                "published applications",
                item -> new PublishedApplication(item.id("id"), item.id("appId"), name(item), preAuthenticated(item)));
    }

    private static boolean preAuthenticated(Item application) {
        Item publishing = application.requiredItem("onPremisesPublishing");
        return switch (publishing.requiredText("externalAuthenticationType")) {
            case "aadPreAuthentication" -> true;
            case "passthru" -> false;
            default -> throw publishing.malformed("externalAuthenticationType");
        };
    }

    private static String name(Item item) {
        return item.firstText("displayName").orElseGet(() -> item.id("appId"));
    }

    public Reading provisioningJobs() {
        Optional<Reading> unread = context.unreadFor(ENTERPRISE_APPLICATIONS);
        if (unread.isPresent()) {
            return unread.get();
        }
        ReadingBuilder jobs = new ReadingBuilder(PROVISIONING_JOBS);
        if (context.partial(ENTERPRISE_APPLICATIONS)) {
            jobs.gap("some enterprise applications could not be read, so nothing was read about them");
        }
        context.graph()
                .ask(context.values(ENTERPRISE_APPLICATIONS, EnterpriseApplication.class).stream()
                        .filter(EnterpriseApplication::connected)
                        .map(EnterpriseApplication::id)
                        .distinct()
                        .collect(Collectors.toMap(Function.identity(), ApplicationReader::jobsOf)))
                .forEach((id, answer) -> {
                    if (ReadingBuilder.notFound(answer)) {
                        jobs.used(); // has none, and never had
                    } else {
                        jobs.collection(
                                answer,
                                "provisioning jobs",
                                item -> new ProvisioningJob(
                                        id,
                                        item.firstText("id").orElse(""),
                                        state(item),
                                        item.firstText("templateId").orElse("")),
                                PROVISIONING_JOBS.permissions());
                    }
                });
        return jobs.build();
    }

    private static GraphRequest jobsOf(String servicePrincipalId) {
        return GraphRequest.of(V1.servicePrincipals()
                .byServicePrincipalId(servicePrincipalId)
                .synchronization()
                .jobs()
                .toGetRequestInformation());
    }

    private static ProvisioningJob.State state(Item job) {
        Item status = job.requiredItem("status");
        return switch (status.requiredText("code")) {
            case "Active" -> ProvisioningJob.State.ACTIVE;
            case "Paused" -> ProvisioningJob.State.PAUSED;
            case "Quarantine" -> ProvisioningJob.State.QUARANTINED;
            case "NotConfigured", "NotRun" -> ProvisioningJob.State.NOT_RUNNING;
            default -> throw status.malformed("code");
        };
    }
}
