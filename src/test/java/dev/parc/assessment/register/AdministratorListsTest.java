package dev.parc.assessment.register;

import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.assessment.ledger.HeldLedger;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Ledger.Book;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdministratorListsTest {

    private static final String ONE = "20260901T120000Z-00000001";
    private static final String TWO = "20260902T120000Z-00000002";
    private static final Reading NONE =
            new Reading.Unread("no earlier list of administrators is stored; the next run compares with this one");

    private final HeldLedger ledger = new HeldLedger();
    private final AdministratorLists lists = AdministratorLists.compared(ledger, run -> true);
    private final Facts facts = tenant().globalAdmin("ann").globalAdmin("ben").facts();
    private final Instant later = facts.takenAt().plus(Duration.ofDays(1));

    private static List<String> names(Reading reading) {
        return ((Reading.Read) reading)
                .values().stream()
                        .map(EarlierAdministrator.class::cast)
                        .map(EarlierAdministrator::principalId)
                        .toList();
    }

    @Test
    void theFirstRunHasNothingToCompareWith() {
        assertThat(lists.before(ONE, later)).isEqualTo(NONE);
    }

    @Test
    void theNextRunGetsEveryHolding() {
        lists.keep(ONE, facts);

        Reading.Read read = (Reading.Read) lists.before(TWO, later);

        assertThat(read.gaps()).isEmpty();
        assertThat(List.<Object>copyOf(read.values()))
                .containsExactlyElementsOf(Administrators.of(facts).all().stream()
                        .flatMap(one -> one.holdings().stream()
                                .<Object>map(holding -> new EarlierAdministrator(
                                        one.id(), one.name(), holding.roleId(), holding.scope())))
                        .toList())
                .hasSize(2);
    }

    @Test
    void anotherAttemptAtTheSameRunIsNotComparedWithTheFirst() {
        lists.keep(ONE, facts);
        lists.keep(TWO, tenant().globalAdmin("cid").facts());

        assertThat(names(lists.before(TWO, later))).hasSize(2);
        assertThat(names(lists.before("20260903T120000Z-00000003", later))).hasSize(1);
    }

    @Test
    void whatWasReadAtTheSameTimeOrLaterIsNoEarlierList() {
        lists.keep(ONE, facts);

        assertThat(lists.before(TWO, facts.takenAt())).isEqualTo(NONE);
        assertThat(lists.before(TWO, facts.takenAt().minusSeconds(1))).isEqualTo(NONE);
        assertThat(lists.before(TWO, facts.takenAt().plusSeconds(1))).isInstanceOf(Reading.Read.class);
    }

    @Test
    void aListWithAGapIsNotKept() {
        for (FactKind kind : FactKind.ADMINISTRATORS) {
            lists.keep(
                    ONE,
                    tenant().globalAdmin("ann").unread(kind, "403 from Graph").facts());
        }
        lists.keep(ONE, tenant().facts());

        assertThat(lists.before(TWO, later)).isEqualTo(NONE);
    }

    @Test
    void onlySoManyListsAreKept() {
        for (int run = 0; run < 15; run++) {
            lists.keep("20260901T1200%02dZ-00000001".formatted(run), facts);
        }

        lists.trim();
        assertThat(ledger.history(Book.ADMINISTRATORS, "list", 100)).hasSize(AdministratorLists.KEPT);
    }

    @Test
    void aListThatIsTooLongIsSaidToBe() {
        TenantBuilder many = tenant();
        for (int number = 0; number < 4500; number++) {
            many.globalAdmin("admin" + number + "n".repeat(60));
        }
        lists.keep(ONE, many.facts());

        assertThat(lists.before(TWO, later))
                .isEqualTo(
                        new Reading.Unread("the last run's list was too long to store, with 4500 holdings of roles"));
    }

    @Test
    void aBrokenListIsNamed() {
        lists.keep(ONE, facts);
        Ledger.Entry entry = ledger.newest(Book.ADMINISTRATORS).get(0);
        ledger.append(
                Book.ADMINISTRATORS,
                new Ledger.Entry("list", 2, entry.document().replace("[0,0]", "[0,7]")));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> lists.before(TWO, later))
                .withMessageContaining("Revision 2 of list in the stored administrators is damaged");
    }
}
