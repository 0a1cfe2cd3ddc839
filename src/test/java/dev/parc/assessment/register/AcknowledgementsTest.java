package dev.parc.assessment.register;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.analysis.administrators.NewAdministrator;
import dev.parc.assessment.ledger.HeldLedger;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.Revision;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Acknowledgement;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.roles.DirectoryRole;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A new administrator stays new from run to run until somebody acknowledges it. */
class AcknowledgementsTest {

    private static final Instant NOW = TenantBuilder.NOW;

    private final HeldLedger ledger = new HeldLedger();
    private final AdministratorLists lists = AdministratorLists.compared(ledger, run -> true);
    private final Acknowledgements acknowledgements =
            new Acknowledgements(ledger, Clock.fixed(NOW, ZoneOffset.UTC), run -> true);

    private Instant takenAt = NOW;
    private int runs;

    /** A run a day later, as the app does it: compare with what is kept, then keep the list. Returns who is open. */
    private List<String> run(String... globalAdministrators) {
        takenAt = takenAt.plus(Duration.ofDays(1));
        TenantBuilder tenant = tenant();
        for (String name : globalAdministrators) {
            tenant.globalAdmin(account(name));
        }
        Facts read = tenant.facts();
        String runId = "20260901T120000Z-0000000" + ++runs;
        Facts facts = new Facts(
                takenAt,
                read.designations(),
                Map.of(
                        FactKind.ROLE_DEFINITIONS, read.reading(FactKind.ROLE_DEFINITIONS),
                        FactKind.ROLE_ASSIGNMENTS, read.reading(FactKind.ROLE_ASSIGNMENTS),
                        FactKind.PIM_ASSIGNMENTS, read.reading(FactKind.PIM_ASSIGNMENTS),
                        FactKind.PIM_ELIGIBILITIES, read.reading(FactKind.PIM_ELIGIBILITIES),
                        FactKind.GROUP_MEMBERS, read.reading(FactKind.GROUP_MEMBERS),
                        FactKind.PIM_GROUP_ASSIGNMENTS, read.reading(FactKind.PIM_GROUP_ASSIGNMENTS),
                        FactKind.PIM_GROUP_ELIGIBILITIES, read.reading(FactKind.PIM_GROUP_ELIGIBILITIES),
                        FactKind.EARLIER_ADMINISTRATORS, lists.before(runId, takenAt),
                        FactKind.ACKNOWLEDGEMENTS,
                                new Reading.Read(List.<Object>copyOf(acknowledgements.inForce()), List.of()),
                        FactKind.ROLE_CHANGES, read.reading(FactKind.ROLE_CHANGES)));
        lists.keep(runId, facts);
        return NewAdministrator.of(facts).stream()
                .map(one -> one.roles().name())
                .toList();
    }

    private Revision<Acknowledgement> acknowledge() {
        EarlierAdministrator who = acknowledgements.open().get(0);
        return acknowledgements.acknowledge(
                who.key().orElseThrow().toUpperCase(java.util.Locale.ROOT), "takes over", "Ann", Precondition.NONE);
    }

    @Test
    void whoIsNewStaysNewUntilItIsAcknowledgedOrGone() {
        assertThat(run("ann")).isEmpty();
        assertThat(run("ann", "kim")).containsExactly("kim");
        assertThat(run("ann", "kim")).containsExactly("kim");

        Revision<Acknowledgement> kept = acknowledge();

        assertThat(kept.value())
                .isEqualTo(new Acknowledgement(
                        TenantBuilder.id("kim"),
                        "kim",
                        DirectoryRole.GLOBAL_ADMINISTRATOR.templateId(),
                        "/",
                        NOW.plus(Duration.ofDays(2)),
                        "Ann",
                        NOW,
                        "takes over"));
        assertThat(acknowledgements.open()).isEmpty();
        assertThat(run("ann", "kim")).isEmpty();
        assertThat(run("ann", "kim")).isEmpty();
        assertThat(run("ann", "ben")).containsExactly("ben");
        assertThat(run("ann")).isEmpty();
    }

    @Test
    void whoIsGivenTheRoleAgainIsNewAgain() {
        run("ann");
        run("ann", "kim");
        acknowledge();
        run("ann");

        assertThat(run("ann", "kim")).containsExactly("kim");
        assertThat(acknowledgements.open()).hasSize(1);
        acknowledge();
        assertThat(run("ann", "kim")).isEmpty();
        assertThat(acknowledgements.newest()).hasSize(2);
    }

    @Test
    void whatIsTakenBackIsOpenAgain() {
        run("ann");
        run("ann", "kim");
        String key = acknowledge().key();

        assertThat(acknowledgements.withdraw(key, "Ben", Precondition.NONE)).isPresent();

        assertThat(acknowledgements.open()).hasSize(1);
        assertThat(run("ann", "kim")).containsExactly("kim");
        assertThat(acknowledgements.history(key, 9)).hasSize(2);
        assertThat(acknowledgements.withdraw(key, "Ben", Precondition.NONE)).isEmpty();
    }

    @Test
    void onlyWhoIsNewCanBeAcknowledgedAndWithAReason() {
        run("ann");
        run("ann", "kim");
        String key = acknowledgements.open().get(0).key().orElseThrow();

        assertThatThrownBy(() -> acknowledgements.acknowledge("a.b", "x", "Ann", Precondition.NONE))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("no new administrator in the latest run has this key");
        assertThatThrownBy(() -> acknowledgements.acknowledge(key, " ", "Ann", Precondition.NONE))
                .isInstanceOf(RefusedException.class)
                .hasMessage("the reason is missing");
        assertThatThrownBy(() -> acknowledgements.acknowledge(key, "x", "", Precondition.NONE))
                .isInstanceOf(RefusedException.class);
        assertThat(acknowledgements.find("../x")).isEmpty();
        assertThat(acknowledgements.withdraw("../x", "Ann", Precondition.NONE)).isEmpty();
    }

    /** A list as the release before kept it: two places a holding, and no start. */
    @Test
    void aListOfAnEarlierReleaseIsComparedWith() {
        ledger.append(Ledger.Book.ADMINISTRATORS, new Ledger.Entry("list", 1, """
                        {"schema":"parc-administrators/1","runId":"20260801T120000Z-00000001",
                         "takenAt":"2026-08-01T12:00:00Z","tooLong":0,"roles":["%s"],"scopes":["/"],
                         "administrators":[{"id":"%s","name":"ann","holds":[[0,0]]}]}""".formatted(
                        DirectoryRole.GLOBAL_ADMINISTRATOR.templateId(), TenantBuilder.id("ann"))));

        assertThat(run("ann", "kim")).containsExactly("kim");
        assertThat(run("ann", "kim")).containsExactly("kim");
    }
}
