package dev.parc.assessment.register;

import static dev.parc.assessment.Assessments.HOSTILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.HeldLedger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.Revision;
import dev.parc.check.Asking;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaiversTest {

    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static final LocalDate UNTIL = LocalDate.of(2026, 12, 31);
    private static final String RESOURCE =
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Compute/x";

    private final Waivers waivers = new Waivers(
            new HeldLedger(),
            List.of(new Asking.TwoStatements(), new Asking.OneStatement()),
            Clock.fixed(NOW, ZoneOffset.UTC));

    private Revision<Waiver> waive(String check, String subject, String owner, String reason) {
        return waivers.waive(
                check,
                Optional.of(subject).filter(one -> !one.isEmpty()),
                owner,
                reason,
                "Ben",
                UNTIL,
                Precondition.NONE);
    }

    @Test
    void whatIsWaivedStandsUnderAnIdOfItsOwn() {
        Revision<Waiver> whole = waive("s2-90", "", "Ann", "is replaced");
        Revision<Waiver> one = waive("S2-90", "AAAAAAAA-0000-0000-0000-000000000001", "Ann", "is replaced");
        Revision<Waiver> resource = waive("S2-93", RESOURCE, "Ann", "is replaced");

        assertThat(whole.key()).isEqualTo("S2-90");
        assertThat(one.key()).isEqualTo("S2-90.aaaaaaaa-0000-0000-0000-000000000001");
        assertThat(resource.key()).matches("S2-93\\.[0-9a-f-]{36}");
        assertThat(waivers.inForce())
                .containsExactlyInAnyOrder(whole.value(), one.value(), resource.value())
                .contains(new Waiver("S2-90", Optional.empty(), "Ann", "is replaced", "Ben", NOW, UNTIL));
        assertThat(waivers.find(resource.key())).contains(resource);
    }

    @Test
    void theSameSubjectIsWaivedAnewUnderTheSameId() {
        waive("S2-90", RESOURCE, "Ann", "is replaced");
        waive("S2-90", RESOURCE.toUpperCase(Locale.ROOT), "Cid", "is replaced later");

        assertThat(waivers.inForce()).extracting(Waiver::owner).containsExactly("Cid");
        assertThat(waivers.history(Waivers.id("S2-90", Optional.of(RESOURCE)), 10))
                .hasSize(2);
    }

    @Test
    void whatIsWithdrawnDoesNotStand() {
        String id = waive("S2-90", "tenant", "Ann", "is replaced").key();

        assertThat(waivers.withdraw(id, "Ben", Precondition.revision(1))).isPresent();

        assertThat(waivers.inForce()).isEmpty();
        assertThat(waivers.newest()).hasSize(1);
        assertThat(waivers.withdraw(id, "Ben", Precondition.NONE)).isEmpty();
        assertThat(waivers.withdraw("../" + id, "Ben", Precondition.NONE)).isEmpty();
        assertThatExceptionOfType(ChangedException.class)
                .isThrownBy(() -> waivers.withdraw(id, "Ben", Precondition.revision(1)))
                .withMessage("the record S2-90.tenant is at revision 2, which withdrew it");
    }

    @Test
    void anItemThatDoesNotExistIsRefused() {
        for (String item : List.of("S9-99", "", HOSTILE, "S2-90.tenant")) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> waive(item, "", "Ann", "is replaced"))
                    .withMessage("unknown item; the items are S2-90, S2-93");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "\u202e"})
    void ownerAndReasonAreWordsInOneLine(String text) {
        assertThatThrownBy(() -> waive("S2-90", "", text, "is replaced")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> waive("S2-90", "", "Ann", text)).isInstanceOf(RefusedException.class);
        assertThat(waivers.newest()).isEmpty();
    }

    @Test
    void lengthsAndDaysAreBounded() {
        assertThatThrownBy(() -> waive("S2-90", "n".repeat(1001), "Ann", "is replaced"))
                .hasMessage("the subject can have at most 1,000 characters");
        assertThatThrownBy(() -> waive("S2-90", "", "Ann", "n".repeat(2001)))
                .hasMessage("the reason can have at most 2,000 characters");
        assertThatThrownBy(() -> waivers.waive(
                        "S2-90",
                        Optional.empty(),
                        "Ann",
                        "is replaced",
                        "Ben",
                        LocalDate.of(2026, 9, 1),
                        Precondition.NONE))
                .hasMessageStartingWith("the last day must be from 2026-09-02");
    }
}
