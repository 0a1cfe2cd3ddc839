package dev.parc.query;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row that an event may have at some point of a query.
 *
 * @param there whether it is there
 * @param ofEvent whether it comes from a log; else the query or a watchlist has it
 * @param regardless whether it is there though nothing happened
 * @param columns what is known of them, in their order
 * @param whole whether there is no other column
 */
record Row(Truth there, boolean ofEvent, boolean regardless, Map<String, Value> columns, boolean whole) {

    /** For what stands outside of any table. */
    static final Row NOWHERE = new Row(Truth.ALWAYS, false, false, Map.of(), false);

    /** Of a table that PARC knows nothing of. */
    static final Row UNKNOWN = new Row(Truth.UNKNOWN, true, false, Map.of(), false);

    static Row fixed(Map<String, Value> columns, boolean whole) {
        return new Row(Truth.ALWAYS, false, true, columns, whole);
    }

    Row there(Truth truth) {
        return new Row(truth, ofEvent, regardless, columns, whole);
    }

    Row columns(Map<String, Value> changed, boolean all) {
        return new Row(there, ofEvent, regardless, changed, all);
    }

    Row brought() {
        return new Row(there, ofEvent, false, columns, whole);
    }

    /** Perhaps with further columns. */
    Row open() {
        return columns(columns, false);
    }

    /** With these columns as they may be in any other row. */
    Row without(Collection<String> names) {
        Map<String, Value> changed = new LinkedHashMap<>(columns);
        names.forEach(name -> changed.put(name, Value.unknown()));
        return columns(changed, whole);
    }

    /** Another of the rows. */
    Row another() {
        return without(columns.keySet());
    }
}
