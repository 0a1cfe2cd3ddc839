package dev.parc.assessment.register;

import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.InputText;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.Revision;
import dev.parc.check.Check;
import dev.parc.check.RoadmapItem;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is waived, kept in a ledger. A waiver's id is that of its item, with its subject if it has one. */
public final class Waivers {

    private static final int LONGEST_SUBJECT = 1000;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9-]{1,100}");

    private final RevisionedStore<Waiver> register;
    private final Set<String> checkIds;
    private final Clock clock;

    /** @param checks all checks of this version */
    public Waivers(Ledger ledger, List<Check> checks, Clock clock) {
        this.register = RevisionedStore.of(ledger, Ledger.Book.WAIVERS, "parc-waiver/1", Waiver.class);
        this.checkIds =
                checks.stream().map(Check::card).map(RoadmapItem::id).collect(Collectors.toCollection(TreeSet::new));
        this.clock = clock;
    }

    /** Those that were not withdrawn, whether they still count or not. */
    public List<Waiver> inForce() {
        return register.inForce().stream().map(Revision::value).toList();
    }

    /** The newest revision of each, withdrawn ones too, in the order of their ids. */
    public List<Revision<Waiver>> newest() {
        return register.newest();
    }

    /** The revisions of one, newest first. */
    public List<Revision<Waiver>> history(String id, int limit) {
        return register.history(id, limit);
    }

    /** The newest revision of one. */
    public Optional<Revision<Waiver>> find(String id) {
        return register.find(id);
    }

    /**
     * Keeps a waiver, in the place of an earlier one of the same item and subject.
     *
     * @param checkId the id of an item, in upper or lower case
     * @param subject the id of a finding's subject; empty for the whole item
     * @throws RefusedException if it cannot be kept, saying why
     * @throws ChangedException if the precondition does not hold
     */
    public Revision<Waiver> waive(
            String checkId,
            Optional<String> subject,
            String owner,
            String reason,
            String by,
            LocalDate until,
            Precondition precondition) {
        Instant now = now();
        Waiver waiver = new Waiver(
                item(checkId),
                subject.map(one -> InputText.required("the subject", one, LONGEST_SUBJECT)),
                InputText.required("the owner", owner, InputText.LONGEST_NAME),
                InputText.required("the reason", reason, InputText.LONGEST_TEXT),
                InputText.required("who waives", by, InputText.LONGEST_NAME),
                now,
                InputText.until("the last day", until, now));
        return register.put(id(waiver.checkId(), waiver.subject()), waiver, precondition);
    }

    /**
     * Takes a waiver back.
     *
     * @return empty if none stands under this id
     * @throws ChangedException if the precondition does not hold
     */
    public Optional<Revision<Waiver>> withdraw(String id, String by, Precondition precondition) {
        Revision.Withdrawal withdrawal = new Revision.Withdrawal(
                InputText.required("the person who withdraws", by, InputText.LONGEST_NAME), now());
        return register.withdraw(id, withdrawal, precondition);
    }

    /**
     * The id of the item that a person means.
     *
     * @throws RefusedException if there is none, naming those there are
     */
    public String item(String checkId) {
        String id = checkId.strip().toUpperCase(Locale.ROOT);
        if (!checkIds.contains(id)) {
            throw new RefusedException("unknown item; the items are " + String.join(", ", checkIds));
        }
        return id;
    }

    /** The id under which a waiver of this item and subject is kept. */
    public static String id(String checkId, Optional<String> subject) {
        return subject.map(one -> one.toLowerCase(Locale.ROOT))
                .map(one -> checkId + "." + (PLAIN.matcher(one).matches() ? one : digest(one)))
                .orElse(checkId);
    }

    private static String digest(String subject) {
        return UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
