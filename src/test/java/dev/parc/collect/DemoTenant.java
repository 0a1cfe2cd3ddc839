package dev.parc.collect;

import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.ExplicitNulls;
import dev.parc.collect.recording.RecordingWire;
import dev.parc.collect.recording.SnapshotHeading;
import dev.parc.collect.tenant.FactsReading;
import dev.parc.facts.AppRole;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.roles.DirectoryRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Contoso Pharma, the tenant of {@code parc demo}: about sixty users, administrators of every kind, and the mistakes
 * that tenants make. It has one planted hole: MFA for all users leaves out trusted locations.
 */
public final class DemoTenant {

    public static final Instant TAKEN_AT = Instant.parse("2026-09-01T08:00:00Z");

    static final String NAME = "Contoso Pharma";

    static final String INITIAL_DOMAIN = "contosopharma.onmicrosoft.com";

    static final String DOMAIN = "contosopharma.com";

    static final String USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1";

    static final String SECURITY_ADMINISTRATOR = "194ae4cb-b126-40b2-bd5b-6091b380977d";

    static final String HELPDESK_ADMINISTRATOR = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

    /** All that PARC uses but two, which the tenant refuses. */
    private static final Set<String> PERMITTED = Stream.of(AppRole.values())
            .filter(role -> role != AppRole.USER_AUTHENTICATION_METHOD_READ_ALL
                    && role != AppRole.ON_PREM_DIRECTORY_SYNCHRONIZATION_READ_ALL)
            .map(AppRole::value)
            .collect(Collectors.toSet());

    private final FakeTenant tenant = FakeTenant.named(NAME, INITIAL_DOMAIN);

    private DemoTenant() {
        DemoPeople people = new DemoPeople(tenant);
        DemoPolicies policies = new DemoPolicies(tenant);
        DemoEstate estate = new DemoEstate(tenant);
        people.organisation();
        String breakGlass = people.breakGlass();
        people.administrators();
        people.waysIn();
        policies.governance();
        estate.azure();
        estate.onPremises();
        estate.secureScore();
        policies.conditionalAccess(breakGlass);
        policies.applications(breakGlass);
        policies.protection();
        Stream.of(DirectoryRole.values()).forEach(role -> policies.pimPolicy(role.templateId()));
        Stream.of(USER_ADMINISTRATOR, SECURITY_ADMINISTRATOR, HELPDESK_ADMINISTRATOR)
                .forEach(policies::pimPolicy);
        Stream.of("sg-role-privileged-role-administrators", "sg-role-sharepoint-administrators")
                .forEach(policies::pimGroupPolicies);
        people.mailAndUse();
        Stream.of("adm.vance", "adm.costa", "adm.weber")
                .map(FakeTenant::id)
                .forEach(tenant::unreported); // the report marks active administrators only
        tenant.refuse("/users/{id}/authentication/methods", 403, "Authorization_RequestDenied");
    }

    public static FakeTenant tenant() {
        return new DemoTenant().tenant;
    }

    /** The break-glass pair and the subscription for production, as an operator would designate them. */
    public static Designations designations() {
        return new Designations(Set.of("bg-one@" + INITIAL_DOMAIN, "bg-two@" + INITIAL_DOMAIN), Map.of())
                .withProductionSubscriptions(Set.of(FakeTenant.id("subscription Production")));
    }

    /** Writes the tenant as a snapshot, the way a live one is recorded. */
    static void write(Path folder) {
        write(folder, TAKEN_AT, planted -> {});
    }

    /**
     * Writes another state of the tenant as a snapshot.
     *
     * @param planted what is different
     */
    public static void write(Path folder, Instant takenAt, Consumer<FakeTenant> planted) {
        write(folder, takenAt, planted, designations());
    }

    private static void write(Path folder, Instant takenAt, Consumer<FakeTenant> planted, Designations designations) {
        FakeTenant tenant = tenant();
        planted.accept(tenant);
        RecordingWire recording = new RecordingWire(new ExplicitNulls(tenant));
        try (BatchingGraph graph = BatchingGraph.replaying(recording);
                Arm arm = Arm.replaying(recording)) {
            Set<FactKind> kinds = EnumSet.allOf(FactKind.class);
            new FactsReading(graph, arm, takenAt, NAME)
                    .collect(
                            kinds,
                            designations,
                            phrase -> {},
                            new Estate.Whole(),
                            first -> SecondQuestions.of(first, kinds));
        }
        recording.write(
                folder,
                new SnapshotHeading(FakeTenant.TENANT_ID, NAME, "demo", takenAt, designations, Optional.of(PERMITTED)));
    }

    /** Writes the tenant as it was so many weeks before, all of its dates included. */
    public static void writeEarlier(Path folder, int weeks) throws IOException {
        Set<String> emergency = designations().emergencyAccounts();
        Designations designations = designations();
        if (weeks > 3) {
            designations = new Designations(Set.of("bg-one@" + INITIAL_DOMAIN), Map.of());
        } else if (weeks > 2) {
            designations = new Designations(emergency, Map.of());
        }
        write(folder, TAKEN_AT, tenant -> DemoHistory.earlier(tenant, weeks), designations);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, DemoHistory.earlier(Files.readString(file), weeks));
            }
        }
    }
}
