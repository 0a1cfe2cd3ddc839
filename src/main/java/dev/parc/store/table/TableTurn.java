package dev.parc.store.table;

import com.azure.data.tables.models.TableEntity;
import dev.parc.assessment.ledger.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A turn that one run at a time has: a row that says whose it is and until when, changed only as it was read. A holder that
 * was cut off leaves it behind; the same run takes it again at once, another when its time is over.
 */
final class TableTurn {

    /** Longer than what is done in a turn takes, and short enough to wait for after a crash. */
    static final Duration TERM = Duration.ofMinutes(5);

    private static final Duration PATIENCE = TERM.plusMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final String ROW = "turn";
    private static final String HOLDER = "Holder";
    private static final String UNTIL = "Until";

    private final Tables tables;
    private final String table;
    private final String partition;
    private final String holder;
    private final InstantSource clock;

    TableTurn(Tables tables, String table, String partition, String holder, InstantSource clock) {
        this.tables = tables;
        this.table = table;
        this.partition = partition;
        this.holder = holder;
        this.clock = clock;
    }

    <T> T take(Supplier<T> work) {
        Instant patience = clock.instant().plus(PATIENCE);
        while (!isMine()) {
            if (clock.instant().isAfter(patience)) {
                throw new StoreException("Other runs of the tenant are taking too long to be stored: try again");
            }
            rest();
        }
        try {
            return work.get();
        } finally {
            giveBack();
        }
    }

    /** Whether the holder has it, now or since it broke off. */
    boolean isHeld() {
        return tables.get(table, partition, ROW)
                .filter(row -> holder.equals(row.getProperty(HOLDER)))
                .filter(row -> until(row).isAfter(clock.instant()))
                .isPresent();
    }

    private static Instant until(TableEntity row) {
        return Instant.parse(String.valueOf(row.getProperty(UNTIL)));
    }

    private boolean isMine() {
        Optional<TableEntity> known = tables.get(table, partition, ROW);
        if (known.isEmpty()) {
            return tables.insert(table, row(clock.instant().plus(TERM)));
        }
        boolean free = holder.equals(known.get().getProperty(HOLDER))
                || !until(known.get()).isAfter(clock.instant());
        return free && tables.replace(table, known.get(), row(clock.instant().plus(TERM)));
    }

    private void giveBack() {
        tables.get(table, partition, ROW)
                .filter(row -> holder.equals(row.getProperty(HOLDER)))
                .ifPresent(row -> tables.replace(table, row, row(Instant.EPOCH)));
    }

    private TableEntity row(Instant until) {
        return new TableEntity(partition, ROW).addProperty(HOLDER, holder).addProperty(UNTIL, until.toString());
    }

    private static void rest() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while other runs of the tenant were being stored", e);
        }
    }
}
