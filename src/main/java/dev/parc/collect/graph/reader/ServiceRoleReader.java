package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.DEFENDER_ROLES;
import static dev.parc.facts.FactKind.ENTITLEMENT_ROLES;
import static dev.parc.facts.FactKind.EXCHANGE_ROLES;
import static dev.parc.facts.FactKind.INTUNE_ROLES;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.collect.graph.BetaOnly;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.Principals;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.roles.ServiceRole;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads who holds roles of services that keep roles of their own. Exchange and Defender are in Graph's beta version only. */
public final class ServiceRoleReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(EXCHANGE_ROLES, context -> new ServiceRoleReader(context).exchange(), SERVICE_PLANS),
            ReadingTask.of(INTUNE_ROLES, context -> new ServiceRoleReader(context).intune(), SERVICE_PLANS),
            ReadingTask.of(DEFENDER_ROLES, context -> new ServiceRoleReader(context).defender(), SERVICE_PLANS),
            ReadingTask.of(
                    ENTITLEMENT_ROLES,
                    context -> new ServiceRoleReader(context).entitlementManagement(),
                    SERVICE_PLANS));

    private final ReadingContext context;

    public ServiceRoleReader(ReadingContext context) {
        this.context = context;
    }

    /** By role group or user, as Exchange names them; it knows no object ids. */
    public Reading exchange() {
        return read(
                EXCHANGE_ROLES,
                GraphRequest.of(BetaOnly.EXCHANGE_ROLE_ASSIGNMENTS.toGetRequestInformation(
                        Map.of("$expand", "roleDefinition"))),
                item -> List.of(new ServiceRole(
                        item.requiredText("principalId"),
                        item.requiredText("principalId").replaceAll("^.*/", ""),
                        roleName(item))));
    }

    /** The members of an assignment are groups. */
    public Reading intune() {
        return read(
                INTUNE_ROLES,
                GraphRequest.of(V1.deviceManagement()
                        .roleAssignments()
                        .toGetRequestInformation(it -> it.queryParameters.expand = new String[] {"roleDefinition"})),
                item -> item.texts("members").stream()
                        .map(id -> new ServiceRole(id, id, roleName(item)))
                        .toList());
    }

    public Reading defender() {
        return read(
                DEFENDER_ROLES,
                GraphRequest.of(BetaOnly.DEFENDER_ROLE_ASSIGNMENTS.toGetRequestInformation()),
                item -> item.texts("principalIds").stream()
                        .map(id -> new ServiceRole(
                                id, id, item.firstText("displayName").orElse("an unnamed role")))
                        .toList());
    }

    public Reading entitlementManagement() {
        return read(
                ENTITLEMENT_ROLES,
                GraphRequest.of(V1.roleManagement()
                        .entitlementManagement()
                        .roleAssignments()
                        .toGetRequestInformation(it ->
                                it.queryParameters.expand = new String[] {Principals.expanded()[0], "roleDefinition"})),
                item -> {
                    String id = item.id("principalId");
                    return List.of(
                            new ServiceRole(id, Principals.name(item.optional("principal"), id), roleName(item)));
                });
    }

    private static String roleName(Item item) {
        return item.optional("roleDefinition")
                .flatMap(role -> role.firstText("displayName"))
                .orElse("an unnamed role");
    }

    private Reading read(FactKind kind, GraphRequest request, Function<Item, List<ServiceRole>> roles) {
        Answer answer = context.graph().ask(request);
        Optional<Reading> unlicensed = answer instanceof Answer.Refused ? context.unlicensed(kind) : Optional.empty();
        if (unlicensed.isPresent()) {
            return unlicensed.get();
        }
        ReadingBuilder reading = new ReadingBuilder(kind);
        Set<ServiceRole> all = new LinkedHashSet<>();
        reading.each(answer, kind.title(), item -> all.addAll(roles.apply(item)));
        all.forEach(reading::value);
        return reading.build();
    }
}
