package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.ACCESS_REVIEWS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Licence;
import dev.parc.facts.roles.AccessReview;
import dev.parc.facts.roles.AccessReview.Assignments;
import dev.parc.facts.roles.AccessReview.Decisions;
import dev.parc.facts.roles.AccessReview.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessReviewReaderTest {

    private static final String ROLE = GLOBAL_ADMINISTRATOR.templateId();
    private static final String DEFINITIONS = "/identityGovernance/accessReviews/definitions";

    private final FakeTenant tenant = FakeTenant.licensed();

    private AccessReview only() {
        return Readings.of(tenant, ACCESS_REVIEWS).only(ACCESS_REVIEWS, AccessReview.class);
    }

    private static ObjectNode query(String query) {
        return FakeTenant.json("{'@odata.type':'#microsoft.graph.accessReviewQueryScope', queryType:'MicrosoftGraph'}")
                .put("query", query);
    }

    @Test
    void aReviewOfARoleIsReadWithWhatBecameOfIt() {
        ObjectNode review = tenant.review("GA quarterly", ROLE, 3);
        tenant.reviewed(review, "Applied", "2026-01-01T00:00:00Z", "2026-01-15T00:00:00Z");
        String last = tenant.reviewed(review, "Completed", "2026-04-01T00:00:00Z", "2026-04-15T00:00:00Z");
        tenant.reviewed(review, "InProgress", "2026-07-01T00:00:00Z", "2026-07-15T00:00:00Z");
        tenant.decision(review, last, "Approve", FakeTenant.id("owner"));
        tenant.decision(review, last, "Deny", FakeTenant.id("owner")).putNull("justification");
        tenant.decision(review, last, "Approve", "");
        tenant.decision(review, last, "NotReviewed", "");
        assertThat(only())
                .isEqualTo(new AccessReview(
                        FakeTenant.id("review GA quarterly"),
                        "GA quarterly",
                        ROLE,
                        true,
                        Assignments.ALL,
                        true,
                        true,
                        Optional.of(Duration.ofDays(93)),
                        Optional.empty(),
                        List.of(
                                new Instance(
                                        Instant.parse("2026-01-01T00:00:00Z"),
                                        Instant.parse("2026-01-15T00:00:00Z"),
                                        true,
                                        Optional.empty()),
                                new Instance(
                                        Instant.parse("2026-04-01T00:00:00Z"),
                                        Instant.parse("2026-04-15T00:00:00Z"),
                                        true,
                                        Optional.of(new Decisions(2, 2, 1))),
                                new Instance(
                                        Instant.parse("2026-07-01T00:00:00Z"),
                                        Instant.parse("2026-07-15T00:00:00Z"),
                                        false,
                                        Optional.empty()))));
        assertThat(tenant.requests())
                .containsEntry("GET " + DEFINITIONS + "/{id}/instances", 1L)
                .containsEntry("GET " + DEFINITIONS + "/{id}/instances/{id}/decisions", 1L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/roleManagement/directory/roleDefinitions/ROLE | ALL | true",
                "/beta/roleManagement/directory/roleAssignmentScheduleInstances?$expand=principal&$filter=(isof(principal,'microsoft.graph.user')"
                        + " and roleDefinitionId eq 'ROLE') | ACTIVE | true",
                "/roleManagement/directory/roleEligibilityScheduleInstances?$filter=roleDefinitionId eq 'ROLE' |"
                        + " ELIGIBLE | true",
                "/roleManagement/directory/roleAssignmentScheduleInstances?$filter=(isof(principal,'microsoft.graph.servicePrincipal')"
                        + " and roleDefinitionId eq 'ROLE') | ACTIVE | false",
                "/roleManagement/directory/roleAssignmentScheduleInstances?$filter=roleDefinitionId eq 'ROLE' and"
                        + " principal/userType eq 'Guest' | ACTIVE | false",
            })
    void aRoleIsFoundInEveryShapeOfQuery(String query, Assignments assignments, boolean everybody) {
        tenant.review("r", ROLE, 1).set("scope", query(query.replace("ROLE", ROLE)));
        assertThat(only().subjectId()).isEqualTo(ROLE);
        assertThat(only().assignments()).isEqualTo(assignments);
        assertThat(only().everybody()).isEqualTo(everybody);
    }

    @ParameterizedTest
    @CsvSource({
        "/users, true",
        "/v1.0/users/, true",
        "/users?$filter=(userType eq 'Guest'), false",
        "/servicePrincipals, false"
    })
    void onlyAllUsersAreEverybody(String principals, boolean everybody) {
        ObjectNode review = tenant.review("r", ROLE, 1);
        ((ObjectNode) review.at("/scope/principalScopes/0")).put("query", principals);
        assertThat(only().everybody()).isEqualTo(everybody);
    }

    @Test
    void inactiveUsersAreNotEverybody() {
        ObjectNode review = tenant.review("r", ROLE, 1);
        ((ObjectNode) review.at("/scope/principalScopes/0"))
                .put("@odata.type", "#microsoft.graph.accessReviewInactiveUsersQueryScope");
        assertThat(only().everybody()).isFalse();
    }

    @Test
    void severalRolesOfOneReviewHaveInstancesOfTheirOwn() {
        ObjectNode review = tenant.review("r", ROLE, 1);
        String other = PRIVILEGED_ROLE_ADMINISTRATOR.templateId();
        review.withArray("/scope/resourceScopes").add(query("/roleManagement/directory/roleDefinitions/" + other));
        tenant.reviewed(review, "Applied", "2026-04-01T00:00:00Z", "2026-04-15T00:00:00Z");
        tenant.collection(DEFINITIONS + "/" + review.path("id").asText() + "/instances")
                .get(0)
                .set("scope", query("/roleManagement/directory/roleDefinitions/" + other));
        assertThat(Readings.of(tenant, ACCESS_REVIEWS).values(ACCESS_REVIEWS, AccessReview.class))
                .extracting(AccessReview::subjectId, it -> it.instances().size())
                .containsExactly(tuple(ROLE, 0), tuple(other, 1));
    }

    @Test
    void aReviewOfAGroupMattersIfTheGroupLeadsToARole() {
        String admins = tenant.group("admins", tenant.user("kim"));
        tenant.permanent(admins, ROLE);
        tenant.review("admins", ROLE, 1).set("scope", query("/v1.0/groups/" + admins + "/transitiveMembers"));
        tenant.review("others", ROLE, 1)
                .set("scope", query("/groups/" + FakeTenant.id("others") + "/transitiveMembers"));
        assertThat(only().subjectId()).isEqualTo(admins);
        assertThat(only().ofRole()).isFalse();
        assertThat(only().everybody()).isTrue();
    }

    @Test
    void aReviewThatIsAboutNeitherCostsNothing() {
        tenant.review("package", ROLE, 1).putNull("scope");
        tenant.review("other", ROLE, 1).set("scope", FakeTenant.json("{}"));
        assertThat(Readings.of(tenant, ACCESS_REVIEWS).values(ACCESS_REVIEWS, AccessReview.class))
                .isEmpty();
        assertThat(tenant.requests()).doesNotContainKey("GET " + DEFINITIONS + "/{id}/instances");
    }

    @ParameterizedTest
    @CsvSource({
        "daily, 2, 2",
        "weekly, 1, 7",
        "absoluteMonthly, 6, 186",
        "relativeMonthly, 1, 31",
        "absoluteYearly, 1, 366"
    })
    void thePeriodIsTheLongestThatThePatternAllows(String type, int interval, int days) {
        tenant.review("r", ROLE, interval)
                .withObject("/settings/recurrence/pattern")
                .put("type", type);
        assertThat(only().period()).contains(Duration.ofDays(days));
    }

    @Test
    void aReviewWithoutRecurrenceOrReviewersSaysSo() {
        ObjectNode review = tenant.review("once", ROLE, 1);
        review.withObject("/settings").putNull("recurrence");
        review.putArray("reviewers");
        assertThat(only().period()).isEmpty();
        assertThat(only().independent()).isFalse();
        review.withArray("stageSettings").addObject();
        assertThat(only().independent()).isTrue();
    }

    @Test
    void aRangeEndsAfterItsLastDay() {
        tenant.review("r", ROLE, 1)
                .withObject("/settings/recurrence/range")
                .put("type", "endDate")
                .put("endDate", "2026-08-31");
        assertThat(only().lastsUntil()).contains(Instant.parse("2026-09-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sleeping", ""})
    void aStatusThatIsNotKnownIsAGap(String status) {
        ObjectNode review = tenant.review("r", ROLE, 1);
        tenant.reviewed(review, status, "2026-04-01T00:00:00Z", "2026-04-15T00:00:00Z");
        assertThat(Readings.of(tenant, ACCESS_REVIEWS).gaps(ACCESS_REVIEWS))
                .containsExactly("access review instances came with an unusable status");
    }

    @Test
    void aDecisionThatIsNotKnownIsAGap() {
        ObjectNode review = tenant.review("r", ROLE, 1);
        String instance = tenant.reviewed(review, "Applied", "2026-04-01T00:00:00Z", "2026-04-15T00:00:00Z");
        tenant.decision(review, instance, "Maybe", "");
        Readings readings = Readings.of(tenant, ACCESS_REVIEWS);
        assertThat(readings.gaps(ACCESS_REVIEWS))
                .containsExactly("access review decisions came with an unusable decision");
        assertThat(readings.values(ACCESS_REVIEWS, AccessReview.class))
                .allSatisfy(it ->
                        assertThat(it.lastFinished().orElseThrow().decisions()).isEmpty());
    }

    @Test
    void aPatternThatIsNotKnownIsAGap() {
        tenant.review("r", ROLE, 1).withObject("/settings/recurrence/pattern").put("type", "lunar");
        assertThat(Readings.of(tenant, ACCESS_REVIEWS).unread(ACCESS_REVIEWS))
                .isEqualTo("access reviews came with an unusable type");
    }

    @Test
    void allPagesAreRead() {
        for (int i = 0; i < 5; i++) {
            tenant.review("r" + i, ROLE, 1);
        }
        tenant.pageSize(2);
        assertThat(Readings.of(tenant, ACCESS_REVIEWS).values(ACCESS_REVIEWS, AccessReview.class))
                .hasSize(5);
    }

    @Test
    void aRefusalIsAMissingPermissionOrAMissingLicence() {
        tenant.refuse(DEFINITIONS, 403, "AccessDenied");
        assertThat(Readings.of(tenant, ACCESS_REVIEWS).unread(ACCESS_REVIEWS))
                .isEqualTo(
                        "permission AccessReview.Read.All may be missing (Graph answered 403 AccessDenied): if it is, grant it to"
                                + " PARC's identity");
        Readings.of(FakeTenant.unlicensed(), ACCESS_REVIEWS)
                .isUnlicensed(ACCESS_REVIEWS, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
    }

    @Test
    void instancesThatWereRefusedAreAGap() {
        tenant.review("r", ROLE, 1);
        tenant.refuse(DEFINITIONS + "/{id}/instances", 404, "NotFound");
        assertThat(Readings.of(tenant, ACCESS_REVIEWS).gaps(ACCESS_REVIEWS))
                .containsExactly("Graph answered 404 NotFound: refused on demand");
    }
}
