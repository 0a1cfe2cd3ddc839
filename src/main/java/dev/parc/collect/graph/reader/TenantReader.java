package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.FEDERATIONS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.GapException;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.Principals;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.ServicePlan;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.Federation;
import dev.parc.facts.directory.Organization;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what the tenant as a whole is: organisation, licences, domains and their federation. */
public final class TenantReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(ORGANIZATION, context -> new TenantReader(context).organization()),
            ReadingTask.of(SERVICE_PLANS, context -> new TenantReader(context).servicePlans()),
            ReadingTask.of(DOMAINS, context -> new TenantReader(context).domains()),
            ReadingTask.of(FEDERATIONS, context -> new TenantReader(context).federations(), DOMAINS));

    /** Those that decide no answer: they only tell why a service has no roles of its own. */
    private static final Set<Licence> SHOWN = Set.of(Licence.EXCHANGE_ONLINE, Licence.INTUNE, Licence.DEFENDER_XDR);

    private static final Pattern DNS_NAME = Pattern.compile("[\\p{Alnum}_-]+(\\.[\\p{Alnum}_-]+)+");
    private static final Set<String> USABLE_SUBSCRIPTION = Set.of("Enabled", "Warning");
    private static final Set<String> PROVISIONED = Set.of("Success", "PendingActivation");

    private final ReadingContext context;

    public TenantReader(ReadingContext context) {
        this.context = context;
    }

    public Reading organization() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.organization()
                        .toGetRequestInformation(it -> it.queryParameters.select = new String[] {
                            "id",
                            "displayName",
                            "onPremisesSyncEnabled",
                            "technicalNotificationMails",
                            "securityComplianceNotificationMails"
                        })));
        Reading reading = ReadingBuilder.ofCollection(
                ORGANIZATION,
                answer,
                "organisations",
                item -> new Organization(
                        item.id("id"),
                        item.requiredText("displayName"),
                        Principals.sync(item),
                        item.texts("technicalNotificationMails"),
                        item.texts("securityComplianceNotificationMails")));
        return reading instanceof Reading.Read read && read.values().isEmpty()
                ? new Reading.Unread("Graph returned no organisation")
                : reading;
    }

    public Reading servicePlans() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.subscribedSkus()
                        .toGetRequestInformation(it -> it.queryParameters.select =
                                new String[] {"skuId", "skuPartNumber", "capabilityStatus", "servicePlans"})));
        List<ServicePlan> plans = new ArrayList<>();
        Reading reading = ReadingBuilder.ofCollection(SERVICE_PLANS, answer, "subscriptions", sku -> {
            List<ServicePlan> these = plansOf(sku);
            plans.addAll(these);
            return these;
        });
        if (!(reading instanceof Reading.Read read)) {
            return reading;
        }
        boolean gapMatters = !Stream.of(Licence.values())
                        .filter(licence -> !SHOWN.contains(licence))
                        .allMatch(licence -> licence.isIn(plans))
                || plans.stream().noneMatch(ServicePlan::ofMicrosoft365);
        return new Reading.Read(plans, gapMatters ? read.gaps() : List.of());
    }

    public Reading domains() {
        Answer answer = context.graph().ask(GraphRequest.of(V1.domains().toGetRequestInformation()));
        return ReadingBuilder.ofCollection(DOMAINS, answer, "domains", TenantReader::domain);
    }

    public Reading federations() {
        Optional<Reading> unread = context.unreadFor(DOMAINS);
        if (unread.isPresent()) {
            return unread.get();
        }
        Map<String, GraphRequest> requests = context.values(DOMAINS, Domain.class).stream()
                .filter(Domain::federated)
                .map(Domain::name)
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> GraphRequest.of(V1.domains()
                                .byDomainId(name)
                                .federationConfiguration()
                                .toGetRequestInformation())));
        ReadingBuilder federations = new ReadingBuilder(FEDERATIONS);
        if (context.partial(DOMAINS)) {
            federations.gap("domains were read in part");
        }
        context.graph()
                .ask(requests)
                .forEach((name, answer) -> federations.collection(
                        answer, "federation settings", item -> federation(name, item), FEDERATIONS.permissions()));
        return federations.build();
    }

    private static List<ServicePlan> plansOf(Item sku) {
        try {
            boolean usable = USABLE_SUBSCRIPTION.contains(sku.requiredText("capabilityStatus"));
            return sku.items("servicePlans").stream()
                    .map(plan -> servicePlan(plan, usable))
                    .toList();
        } catch (GapException e) {
            String name =
                    sku.firstText("skuPartNumber").map(ReadingBuilder::oneLine).orElse("without a name");
            throw new GapException("subscription " + name + ", which may hold a missing licence: " + e.gap());
        }
    }

    private static ServicePlan servicePlan(Item plan, boolean usable) {
        return new ServicePlan(
                plan.id("servicePlanId"),
                plan.firstText("servicePlanName").orElse(""),
                usable && PROVISIONED.contains(plan.requiredText("provisioningStatus")));
    }

    private static Domain domain(Item item) {
        String name = item.requiredText("id").toLowerCase(Locale.ROOT);
        if (!DNS_NAME.matcher(name).matches()) {
            throw item.malformed("id");
        }
        boolean federated = switch (item.requiredText("authenticationType").toLowerCase(Locale.ROOT)) {
            case "federated" -> true;
            case "managed" -> false;
            default -> throw item.malformed("authenticationType");
        };
        return new Domain(name, federated, item.requiredFlag("isInitial"), item.requiredFlag("isVerified"));
    }

    private static Federation federation(String domain, Item item) {
        return new Federation(
                domain,
                item.firstText("displayName").orElse(domain),
                item.text("federatedIdpMfaBehavior").orElse(""));
    }
}
