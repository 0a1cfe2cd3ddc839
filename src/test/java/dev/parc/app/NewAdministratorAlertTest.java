package dev.parc.app;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessments;
import dev.parc.assessment.json.EventJson;
import dev.parc.assessment.ledger.HeldLedger;
import dev.parc.assessment.register.AdministratorLists;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class NewAdministratorAlertTest {

    private static final String ONE = "20260901T120000Z-00000001";
    private static final String TWO = "20260902T120000Z-00000002";
    private static final String THREE = "20260903T120000Z-00000003";

    private final HeldLedger ledger = new HeldLedger();
    private final NewAdministratorAlert newAdministrators =
            new NewAdministratorAlert(() -> AdministratorLists.watched(ledger, run -> true));
    private final List<String> lines = new ArrayList<>();

    @Test
    void theFirstRunTellsNobody() {
        tell(ONE, 1, tenant().globalAdmin("ann"));

        assertThat(lines).isEmpty();
    }

    @Test
    void whoIsNewIsToldOnce() {
        tell(ONE, 1, tenant().globalAdmin("ann"));
        tell(TWO, 2, tenant().globalAdmin("ann").globalAdmin("ben"));
        tell(THREE, 3, tenant().globalAdmin("ann").globalAdmin("ben"));

        assertThat(lines).containsExactly(EventJson.newGlobalAdministrator(TWO, id("ben")));
    }

    @Test
    void whoHeldAnotherRoleIsNew() {
        tell(
                ONE,
                1,
                tenant().globalAdmin("ann")
                        .holder(account("ben"), DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT));
        tell(
                TWO,
                2,
                tenant().globalAdmin("ann")
                        .holder(account("ben"), DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE));

        assertThat(lines).containsExactly(EventJson.newGlobalAdministrator(TWO, id("ben")));
    }

    @Test
    void aRunWithAGapTellsWhomItSeesAndIsNotComparedWith() {
        tell(ONE, 1, tenant().globalAdmin("ann"));
        tell(TWO, 2, tenant().globalAdmin("ben").unread(FactKind.GROUP_MEMBERS, "throttled"));
        tell(THREE, 3, tenant().globalAdmin("ann").globalAdmin("ben"));

        assertThat(lines)
                .containsExactly(
                        EventJson.newGlobalAdministrator(TWO, id("ben")),
                        EventJson.newGlobalAdministrator(THREE, id("ben")));
    }

    @Test
    void theSameRunAgainTellsAgain() {
        tell(ONE, 1, tenant().globalAdmin("ann"));
        tell(TWO, 2, tenant().globalAdmin("ann").globalAdmin("ben"));
        tell(TWO, 3, tenant().globalAdmin("ann").globalAdmin("ben"));

        assertThat(lines).hasSize(2);
    }

    @Test
    void aRunThatDidNotLookForAdministratorsIsNotComparedWith() {
        tell(ONE, 1, tenant().globalAdmin("ann"));
        newAdministrators.tell(
                answers(TWO, 2, tenant().globalAdmin("ann").globalAdmin("ben"), Set.of(FactKind.ORGANIZATION)), log());

        assertThat(lines).isEmpty();
    }

    @Test
    void whatChecksCompareWithIsNotTouched() {
        tell(ONE, 1, tenant().globalAdmin("ann"));

        assertThat(AdministratorLists.compared(ledger, run -> true)
                        .before(TWO, TenantBuilder.NOW.plus(Duration.ofDays(9))))
                .isInstanceOf(Reading.Unread.class);
    }

    private void tell(String runId, int day, TenantBuilder tenant) {
        newAdministrators.tell(answers(runId, day, tenant, FactKind.ADMINISTRATORS), log());
    }

    private Logger log() {
        Logger log = Logger.getAnonymousLogger();
        log.setUseParentHandlers(false);
        log.setFilter(line -> lines.add(line.getMessage()));
        return log;
    }

    private static RunResult answers(String runId, int day, TenantBuilder tenant, Set<FactKind> asked) {
        Facts facts = tenant.facts();
        Map<FactKind, Reading> readings = new EnumMap<>(FactKind.class);
        FactKind.ADMINISTRATORS.forEach(kind -> readings.put(kind, facts.reading(kind)));
        return new RunResult(
                Assessments.assessment(runId),
                new Facts(facts.takenAt().plus(Duration.ofDays(day)), facts.designations(), readings),
                asked);
    }
}
