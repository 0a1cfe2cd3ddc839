package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.REGISTRATIONS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.Registration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationReaderTest {

    private static final String ROLE = GLOBAL_ADMINISTRATOR.templateId();
    private static final String REPORT = "/reports/authenticationMethods/userRegistrationDetails";
    private static final String METHODS = "/users/{id}/authentication/methods";
    private static final String DENIED = "Authorization_RequestDenied";

    private final FakeTenant tenant = FakeTenant.licensed();

    private String administrator(String name) {
        String id = tenant.user(name);
        tenant.permanent(id, ROLE);
        return id;
    }

    private Registration only() {
        return Readings.of(tenant, REGISTRATIONS).only(REGISTRATIONS, Registration.class);
    }

    @Test
    void theReportAnswersForEveryAdministratorAndNobodyElse() {
        tenant.registration(administrator("kim"), true, "fido2", "mobilePhone");
        tenant.user("not an administrator");
        assertThat(only())
                .isEqualTo(new Registration(
                        FakeTenant.id("kim"), true, List.of("fido2", "mobilePhone"), Registration.Source.REPORT));
        assertThat(tenant.requests()).containsEntry("GET " + REPORT, 1L).doesNotContainKey("GET " + METHODS);
    }

    @Test
    void registeredButNotCapableIsNotCapable() {
        tenant.registration(administrator("kim"), false, "mobilePhone");
        assertThat(only().mfaCapable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "fido2, true, passKeyDeviceBound",
        "microsoftAuthenticator, true, microsoftAuthenticatorPush",
        "windowsHelloForBusiness, true, windowsHelloForBusiness",
        "softwareOath, true, softwareOneTimePasscode",
        "phone, true, mobilePhone",
        "email, false, email",
        "temporaryAccessPass, false, temporaryAccessPass",
        "brandNew, false, brandNew",
    })
    void whoIsMissingFromTheReportIsReadFromTheirMethods(String type, boolean capable, String method) {
        String kim = administrator("kim");
        tenant.unreported(kim);
        tenant.methods(kim, "password", type);
        assertThat(only()).isEqualTo(new Registration(kim, capable, List.of(method), Registration.Source.METHODS));
    }

    @ParameterizedTest
    @CsvSource({
        "CB69481E-8FF7-4039-93EC-0A2729A154A8, passKeyDeviceBound",
        "90a3ccdf-635c-4729-a248-9b709135078f, passKeyDeviceBoundAuthenticator",
    })
    void thePasskeysThatAreListedAreToldByTheirModel(String model, String method) {
        String kim = administrator("kim");
        tenant.unreported(kim);
        tenant.passkey(kim, model);
        assertThat(only())
                .isEqualTo(new Registration(
                        kim,
                        true,
                        List.of(method),
                        Registration.Source.METHODS,
                        Optional.of(Set.of(model.toLowerCase(Locale.ROOT)))));
    }

    @Test
    void aPasswordAloneIsNoMfa() {
        String kim = administrator("kim");
        tenant.unreported(kim);
        tenant.methods(kim, "password");
        assertThat(only()).isEqualTo(new Registration(kim, false, List.of(), Registration.Source.METHODS));
    }

    @Test
    void aRowWithoutItsAnswerIsAGap() {
        administrator("lee");
        String kim = administrator("kim");
        tenant.registration(kim, true);
        tenant.reportRow(kim).remove("isMfaCapable");
        assertThat(Readings.of(tenant, REGISTRATIONS).gaps(REGISTRATIONS))
                .containsExactly("rows came without isMfaCapable");
    }

    @Test
    void aRefusedFilterLeadsToTheRowsOneByOne() {
        administrator("kim");
        tenant.refuse(REPORT, 400, "BadRequest");
        assertThat(only().source()).isEqualTo(Registration.Source.REPORT);
        assertThat(tenant.requests())
                .containsEntry("GET " + REPORT + "/{id}", 1L)
                .doesNotContainKey("GET " + METHODS);
    }

    @Test
    void withoutP1TheMethodsAnswer() {
        FakeTenant small = FakeTenant.unlicensed();
        small.permanent(small.user("kim"), ROLE);
        assertThat(Readings.of(small, REGISTRATIONS)
                        .only(REGISTRATIONS, Registration.class)
                        .methods())
                .containsExactly("microsoftAuthenticatorPush");
    }

    @Test
    void withoutP1AndThePermissionBothAreNamed() {
        FakeTenant small = FakeTenant.unlicensed();
        small.permanent(small.user("kim"), ROLE);
        small.refuse(METHODS, 403, DENIED);
        assertThat(Readings.of(small, REGISTRATIONS).unread(REGISTRATIONS))
                .isEqualTo(
                        "the registration report needs a Microsoft Entra ID P1 licence, which the tenant does not have;"
                                + " without it, permission UserAuthenticationMethod.Read.All may be missing (Graph answered 403"
                                + " Authorization_RequestDenied): if it is, grant it to PARC's identity");
    }

    @Test
    void refusedReportAndMethodsNameBothPermissions() {
        administrator("kim");
        tenant.refuse(REPORT, 403, DENIED).refuse(METHODS, 403, DENIED);
        assertThat(Readings.of(tenant, REGISTRATIONS).unread(REGISTRATIONS))
                .contains("permission AuditLog.Read.All may be missing")
                .contains("permission UserAuthenticationMethod.Read.All may be missing");
        assertThat(tenant.requests()).doesNotContainKey("GET " + REPORT + "/{id}");
    }

    @Test
    void whoIsNoAdministratorToTheReportIsReadByBlocksOfIds() {
        for (int i = 0; i < 31; i++) {
            String id = administrator("adm" + i);
            tenant.registration(id, i % 2 == 0, "fido2");
            tenant.notAdministrator(id);
        }
        assertThat(Readings.of(tenant, REGISTRATIONS).values(REGISTRATIONS, Registration.class))
                .hasSize(31)
                .allMatch(row -> row.source() == Registration.Source.REPORT)
                .filteredOn(Registration::mfaCapable)
                .hasSize(16);
        assertThat(tenant.requests())
                .containsEntry("GET " + REPORT, 1L + 3L)
                .doesNotContainKey("GET " + REPORT + "/{id}")
                .doesNotContainKey("GET " + METHODS);
    }

    @Test
    void whoIsInNoBlockHasNoRowAndIsAskedForMethods() {
        for (int i = 0; i < 45; i++) {
            tenant.unreported(administrator("adm" + i));
        }
        tenant.registration(administrator("kim"), true);
        tenant.refuse(METHODS, 403, DENIED);
        Readings readings = Readings.of(tenant, REGISTRATIONS);
        assertThat(readings.values(REGISTRATIONS, Registration.class)).hasSize(1);
        assertThat(readings.gaps(REGISTRATIONS))
                .containsExactly(
                        "permission UserAuthenticationMethod.Read.All may be missing (Graph answered 403 Authorization_RequestDenied): if it is, grant it to PARC's identity; it is needed for accounts that the registration report does not list (45 accounts)");
        assertThat(tenant.requests())
                .containsEntry("GET " + REPORT, 1L + 3L)
                .doesNotContainKey("GET " + REPORT + "/{id}")
                .containsEntry("GET " + METHODS, 45L);
    }

    /** As in a snapshot of an earlier release, which has the list and the rows one by one and no blocks. */
    @Test
    void aBlockThatWasNotAnsweredLeadsToTheRowsOneByOne() {
        String kim = administrator("kim");
        tenant.registration(kim, true, "fido2");
        tenant.notAdministrator(kim);
        tenant.withoutBlocksOfRegistrations();
        assertThat(only().methods()).containsExactly("fido2");
        assertThat(tenant.requests()).containsEntry("GET " + REPORT + "/{id}", 1L);
    }

    @Test
    void whereTheReportTakesNoFilterRowsAreReadOneByOneUpToABound() {
        for (int i = 0; i < 45; i++) {
            administrator("adm" + i);
        }
        tenant.refuse(REPORT, 400, "BadRequest");
        assertThat(Readings.of(tenant, REGISTRATIONS).values(REGISTRATIONS, Registration.class))
                .hasSize(45);
        assertThat(tenant.requests())
                .containsEntry("GET " + REPORT + "/{id}", 40L)
                .containsEntry("GET " + METHODS, 5L);
    }

    private Registration withAKeyUnder(String limits, FactKind... kinds) {
        String kim = administrator("kim");
        tenant.registration(kim, true, "passKeyDeviceBound", "mobilePhone");
        tenant.passkey(kim, "AAAAAAAA-1111-4222-8333-444444444444");
        String lee = administrator("lee");
        tenant.registration(lee, true, "microsoftAuthenticatorPush");
        tenant.add("/policies/authenticationStrengthPolicies", FakeTenant.json("""
                {id:'11111111-2222-4333-8444-555555555555', displayName:'Our keys', allowedCombinations:['fido2'],
                 combinationConfigurations:[LIMITS]}\
                """.replace("LIMITS", limits)));
        Readings readings = Readings.of(tenant, kinds);
        assertThat(readings.gaps(REGISTRATIONS)).isEmpty();
        return readings.values(REGISTRATIONS, Registration.class).stream()
                .filter(one -> one.accountId().equals(kim))
                .findFirst()
                .orElseThrow();
    }

    private static final String OUR_KEYS =
            "{'@odata.type':'#microsoft.graph.fido2CombinationConfiguration', id:'1', appliesToCombinations:['fido2'],"
                    + " allowedAAGUIDs:['aaaaaaaa-1111-4222-8333-444444444444']}";

    @Test
    void modelsOfPasskeysAreReadOfThoseWhoHaveOneWhereAStrengthTakesSomeModelsOnly() {
        assertThat(withAKeyUnder(OUR_KEYS, REGISTRATIONS, FactKind.AUTHENTICATION_STRENGTHS))
                .isEqualTo(new Registration(
                        FakeTenant.id("kim"),
                        true,
                        List.of("passKeyDeviceBound", "mobilePhone"),
                        Registration.Source.REPORT,
                        Optional.of(Set.of("aaaaaaaa-1111-4222-8333-444444444444"))));
        assertThat(tenant.requests()).containsEntry("GET /users/{id}/authentication/methods", 1L);
    }

    @Test
    void noModelIsReadWhereNoStrengthAsksForOne() {
        assertThat(withAKeyUnder("", REGISTRATIONS, FactKind.AUTHENTICATION_STRENGTHS)
                        .keys())
                .isEmpty();
        assertThat(tenant.requests()).doesNotContainKey("GET /users/{id}/authentication/methods");
    }

    @Test
    void modelsThatMayNotBeReadTakeNothingFromTheReport() {
        tenant.refuse("/users/{id}/authentication/methods", 403, "Forbidden");
        Registration kim = withAKeyUnder(OUR_KEYS, REGISTRATIONS, FactKind.AUTHENTICATION_STRENGTHS);
        assertThat(kim.keys()).isEmpty();
        assertThat(kim.mfaCapable()).isTrue();
    }

    @Test
    void aRowThatTheListLacksIsFoundByItself() {
        String kim = administrator("kim");
        tenant.registration(kim, true, "fido2");
        tenant.refuse(REPORT, 400, "BadRequest").refuse(METHODS, 403, DENIED);
        assertThat(only()).isEqualTo(new Registration(kim, true, List.of("fido2"), Registration.Source.REPORT));
    }
}
