package dev.parc.assessment.register;

import static dev.parc.assessment.json.Json.children;
import static dev.parc.assessment.json.Json.number;
import static dev.parc.assessment.json.Json.runId;
import static dev.parc.assessment.json.Json.text;
import static dev.parc.assessment.json.Json.texts;
import static dev.parc.assessment.json.Json.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.administrators.NewAdministrator;
import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.assessment.json.Json;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.roles.RelevantRoles;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who the administrators were, run after run: PARC's own history. Only complete lists are kept, and only by runs that
 * compared with the one before: a run that asks who is new sees everybody who came since the last one that asked, however
 * many other runs there were in between. A list is kept before its run is finished, and until then it does not count, so that no
 * run that breaks off takes a new administrator from the sight of the next.
 */
public final class AdministratorLists {

    /** Attempts at one run leave a list each, and a run must never be compared with itself. */
    static final int KEPT = 10;

    /** More than runs that break off, one after the other, leave on top of the last list that counts. */
    static final int LOOKED_AT = 60;

    private final String key;
    private final Ledger ledger;
    private final RevisionedStore<ListOfRun> register;
    private final Predicate<String> counts;

    /**
     * One list.
     *
     * @param tooLong how many holdings there were, if they were too many to be kept; else 0
     */
    private record ListOfRun(String runId, Instant takenAt, int tooLong, List<EarlierAdministrator> holdings) {}

    private AdministratorLists(Ledger ledger, String key, Predicate<String> counts) {
        this.key = key;
        this.counts = counts;
        this.ledger = ledger;
        this.register = new RevisionedStore<>(
                ledger,
                Ledger.Book.ADMINISTRATORS,
                "parc-administrators/1",
                AdministratorLists::write,
                AdministratorLists::read);
    }

    /**
     * The lists that checks compare with.
     *
     * @param counts tells by its id whether a run's list counts
     */
    public static AdministratorLists compared(Ledger ledger, Predicate<String> counts) {
        return new AdministratorLists(ledger, "list", counts);
    }

    /**
     * The lists that alerts compare with: apart, so that no run takes a new administrator from the other's sight.
     *
     * @param counts tells by its id whether a run's list counts
     */
    public static AdministratorLists watched(Ledger ledger, Predicate<String> counts) {
        return new AdministratorLists(ledger, "watch", counts);
    }

    /**
     * Keeps who holds a role by these facts, for when the run is finished; nothing if they have a gap, because who is not seen is
     * not gone.
     */
    public void keep(String runId, Facts facts) {
        Facts read = facts.only(FactKind.ADMINISTRATORS);
        if (!UnseenHolders.gaps(read).isEmpty()
                || UnseenHolders.of(read, RelevantRoles.ALL).stream().anyMatch(holder -> !holder.unresolved())) {
            return;
        }
        List<EarlierAdministrator> holdings = NewAdministrator.forTheNextRun(facts);
        ListOfRun list = new ListOfRun(runId, facts.takenAt(), 0, holdings);
        boolean fits = Json.write(write(list)).length() < Ledger.LONGEST - 1000;
        register.put(
                key,
                fits ? list : new ListOfRun(runId, facts.takenAt(), holdings.size(), List.of()),
                Precondition.NONE);
        ledger.trim(Ledger.Book.ADMINISTRATORS, key, LOOKED_AT);
    }

    /** Deletes old lists. Only for who has just finished a run that kept one: what lies above the last one that counts must stay. */
    public void trim() {
        ledger.trim(Ledger.Book.ADMINISTRATORS, key, KEPT);
    }

    /** The lists that count, the one that was kept last first. */
    private Stream<ListOfRun> counting() {
        return register.history(key, LOOKED_AT).stream().map(Revision::value).filter(list -> counts.test(list.runId()));
    }

    /**
     * The list of another run whose facts are older, of these the newest however late it was kept, as what became of reading
     * {@link FactKind#EARLIER_ADMINISTRATORS}.
     *
     * @throws StoreException if it cannot be read
     */
    public Reading before(String runId, Instant takenAt) {
        Optional<ListOfRun> last = counting()
                .filter(list -> !list.runId().equals(runId) && list.takenAt().isBefore(takenAt))
                .max(Comparator.comparing(ListOfRun::takenAt));
        if (last.isEmpty()) {
            return new Reading.Unread(
                    "no earlier list of administrators is stored; the next run compares with this one");
        }
        return last.get().tooLong() > 0
                ? new Reading.Unread("the last run's list was too long to store, with "
                        + last.get().tooLong() + " holdings of roles")
                : new Reading.Read(last.get().holdings(), List.of());
    }

    /**
     * Who got a role since PARC looked first and still held it in the newest list, whether it was acknowledged or not.
     *
     * @throws StoreException if it cannot be read
     */
    public List<EarlierAdministrator> newAdministrators() {
        return counting()
                .max(Comparator.comparing(ListOfRun::takenAt))
                .map(ListOfRun::holdings)
                .orElse(List.of())
                .stream()
                .filter(one -> one.since().isPresent())
                .toList();
    }

    /** Roles and scopes are named once and pointed to, since most administrators share them. */
    private static ObjectNode write(ListOfRun list) {
        Map<String, Integer> roles = new LinkedHashMap<>();
        Map<String, Integer> scopes = new LinkedHashMap<>();
        Map<String, ObjectNode> administrators = new LinkedHashMap<>();
        list.holdings().forEach(holding -> {
            ArrayNode held = administrators
                    .computeIfAbsent(
                            holding.principalId(),
                            id -> Json.object().put("id", id).put("name", holding.name()))
                    .withArray("holds")
                    .addArray()
                    .add(place(roles, holding.roleId()))
                    .add(place(scopes, holding.scope()));
            holding.since().ifPresent(since -> held.add(since.toString()));
        });
        ObjectNode node = Json.object()
                .put("runId", list.runId())
                .put("takenAt", list.takenAt().toString())
                .put("tooLong", list.tooLong());
        ArrayNode roleIds = node.putArray("roles");
        roles.keySet().forEach(roleIds::add);
        ArrayNode scopeIds = node.putArray("scopes");
        scopes.keySet().forEach(scopeIds::add);
        node.putArray("administrators").addAll(administrators.values());
        return node;
    }

    private static int place(Map<String, Integer> places, String text) {
        return places.computeIfAbsent(text, it -> places.size());
    }

    private static ListOfRun read(JsonNode node) {
        List<String> roles = texts(node, "roles");
        List<String> scopes = texts(node, "scopes");
        List<EarlierAdministrator> holdings = new ArrayList<>();
        for (JsonNode one : children(node, "administrators")) {
            for (JsonNode held : one.path("holds")) {
                holdings.add(new EarlierAdministrator(
                        text(one, "id"),
                        text(one, "name"),
                        at(roles, held.path(0)),
                        at(scopes, held.path(1)),
                        since(held)));
            }
        }
        return new ListOfRun(runId(node), time(node, "takenAt"), number(node, "tooLong"), holdings);
    }

    /** Lists of earlier releases do not tell. */
    private static Optional<Instant> since(JsonNode held) {
        try {
            return held.size() > 2 ? Optional.of(Instant.parse(held.path(2).asText())) : Optional.empty();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a holding since no time", e);
        }
    }

    private static String at(List<String> texts, JsonNode place) {
        if (!place.canConvertToInt() || place.intValue() < 0 || place.intValue() >= texts.size()) {
            throw new IllegalArgumentException("a holding points to no role or scope");
        }
        return texts.get(place.intValue());
    }
}
