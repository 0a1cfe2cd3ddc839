package dev.parc.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.data.tables.models.TableEntity;
import dev.parc.assessment.ledger.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whose turn it is when the one who had it never gave it back. */
class TableTurnTest {

    private final Tables tables = new Tables(Tables.client(Azurite.connectionString()));
    private final String partition = UUID.randomUUID() + "|turn";
    private Instant now = Instant.parse("2026-01-31T08:00:00Z");

    private TableTurn turn(String holder) {
        return new TableTurn(tables, "ParcSeries", partition, holder, () -> now);
    }

    /** Time that passes whenever somebody looks at it. */
    private TableTurn impatient(String holder, Duration step) {
        return new TableTurn(tables, "ParcSeries", partition, holder, () -> {
            now = now.plus(step);
            return now;
        });
    }

    /** What a holder leaves behind whose process ends in its turn. */
    private void cutOff(String holder) {
        tables.put(
                "ParcSeries",
                new TableEntity(partition, "turn")
                        .addProperty("Holder", holder)
                        .addProperty("Until", now.plus(TableTurn.TERM).toString()));
    }

    @Test
    void theSameRunComesAgainAtOnce() {
        cutOff("a");

        assertThat(turn("a").take(() -> "again")).isEqualTo("again");
    }

    @Test
    void aTurnThatWasNotGivenBackIsItsHoldersUntilTheEndOfTheTerm() {
        assertThat(turn("a").isHeld()).isFalse();
        cutOff("a");

        assertThat(turn("a").isHeld()).isTrue();
        assertThat(turn("b").isHeld()).isFalse();
        now = now.plus(TableTurn.TERM);
        assertThat(turn("a").isHeld()).isFalse();
        cutOff("a");
        turn("a").take(() -> "again");
        assertThat(turn("a").isHeld()).isFalse();
    }

    @Test
    void anotherRunWaitsForTheEndOfTheTerm() {
        cutOff("a");
        Instant before = now;

        assertThat(impatient("b", Duration.ofMinutes(2)).take(() -> "mine")).isEqualTo("mine");

        assertThat(now).isAfterOrEqualTo(before.plus(TableTurn.TERM));
    }

    @Test
    void whoWaitsInVainSaysSo() {
        TableTurn late = impatient("b", Duration.ofMinutes(7));

        turn("a").take(() -> {
            now = now.minus(Duration.ofHours(1));
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> late.take(() -> "never"))
                    .withMessageContaining("try again");
            return "done";
        });
    }

    @Test
    void aTurnIsGivenBack() {
        turn("a").take(() -> "done");

        Instant before = now;
        assertThat(turn("b").take(() -> "mine")).isEqualTo("mine");
        assertThat(now).isEqualTo(before);
    }
}
