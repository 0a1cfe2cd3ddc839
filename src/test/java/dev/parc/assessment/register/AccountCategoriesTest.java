package dev.parc.assessment.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.assessment.decision.AccountCategory;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.HeldLedger;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.facts.Category;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountCategoriesTest {

    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static final String DESK = "aaaaaaaa-0000-0000-0000-000000000001";

    private final HeldLedger ledger = new HeldLedger();
    private final AccountCategories categories = new AccountCategories(ledger, Clock.fixed(NOW, ZoneOffset.UTC));

    private Revision<AccountCategory> shared() {
        return categories.categorise(
                DESK.toUpperCase(Locale.ROOT), Category.SHARED, "the service desk's", "Ann", Precondition.NONE);
    }

    @Test
    void theLastWordOnAnAccountStands() {
        shared();
        Revision<AccountCategory> second =
                categories.categorise(DESK, Category.DEDICATED, "", "Ben", Precondition.revision(1));

        assertThat(second.value()).isEqualTo(new AccountCategory(DESK, Category.DEDICATED, "", "Ben", NOW));
        assertThat(second.revision()).isEqualTo(2);
        assertThat(categories.inForce()).isEqualTo(Map.of(DESK, Category.DEDICATED));
        assertThat(categories.find(DESK.toUpperCase(Locale.ROOT))).contains(second);
        assertThat(categories.history(DESK, 10)).extracting(Revision::revision).containsExactly(2, 1);
    }

    @Test
    void whatIsWithdrawnDoesNotStand() {
        shared();

        assertThat(categories.withdraw(DESK, "Ben", Precondition.revision(1))).isPresent();

        assertThat(categories.inForce()).isEmpty();
        assertThat(categories.newest()).extracting(Revision::stands).containsExactly(false);
        assertThat(categories.withdraw(DESK, "Ben", Precondition.NONE)).isEmpty();
    }

    @Test
    void whoHasNotSeenTheLastWordIsRefused() {
        shared();

        assertThatThrownBy(() -> categories.categorise(DESK, Category.DEDICATED, "", "Ben", Precondition.ABSENT))
                .isInstanceOf(ChangedException.class);
        assertThatThrownBy(() -> categories.withdraw(DESK, "Ben", Precondition.revision(2)))
                .isInstanceOf(ChangedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann@contoso.com", "../x", "aaaaaaaa-0000-0000-0000-00000000000g", "a' or '1'='1"})
    void onlyAnObjectIdNamesAnAccount(String id) {
        assertThatThrownBy(() -> categories.categorise(id, Category.SHARED, "", "Ann", Precondition.NONE))
                .isInstanceOf(RefusedException.class);
        assertThat(categories.find(id)).isEmpty();
        assertThat(categories.withdraw(id, "Ann", Precondition.NONE)).isEmpty();
    }

    @Test
    void whatIsBrokenIsNotTakenForNothing() {
        ledger.append(Ledger.Book.CATEGORIES, new Ledger.Entry(DESK, 1, "{\"schema\":\"parc-category/2\"}"));

        assertThatThrownBy(categories::inForce).isInstanceOf(StoreException.class);
    }
}
