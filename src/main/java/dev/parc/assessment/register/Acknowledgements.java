package dev.parc.assessment.register;

import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.InputText;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.Revision;
import dev.parc.facts.Acknowledgement;
import dev.parc.facts.EarlierAdministrator;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which new administrators people know of, kept in a ledger under the keys that findings of S3-19 give. */
public final class Acknowledgements {

    private final RevisionedStore<Acknowledgement> register;
    private final AdministratorLists lists;
    private final Clock clock;

    /** @param counts tells by its id whether a run's list of administrators counts */
    public Acknowledgements(Ledger ledger, Clock clock, Predicate<String> counts) {
        this.register = RevisionedStore.of(
                ledger, Ledger.Book.ACKNOWLEDGEMENTS, "parc-acknowledgement/1", Acknowledgement.class);
        this.lists = AdministratorLists.compared(ledger, counts);
        this.clock = clock;
    }

    /** Those that were not taken back. */
    public List<Acknowledgement> inForce() {
        return register.inForce().stream().map(Revision::value).toList();
    }

    /** The newest revision of each, those that take it back too, in the order of their keys. */
    public List<Revision<Acknowledgement>> newest() {
        return register.newest();
    }

    /** The revisions of one, newest first. */
    public List<Revision<Acknowledgement>> history(String key, int limit) {
        return isKey(key) ? register.history(plain(key), limit) : List.of();
    }

    /** The newest revision of one. */
    public Optional<Revision<Acknowledgement>> find(String key) {
        return history(key, 1).stream().findFirst();
    }

    /** Who was new at the last run that looked, and is not acknowledged. */
    public List<EarlierAdministrator> open() {
        Set<String> acknowledged =
                register.inForce().stream().map(Revision::key).collect(Collectors.toSet());
        return lists.newAdministrators().stream()
                .filter(one ->
                        one.key().filter(Predicate.not(acknowledged::contains)).isPresent())
                .toList();
    }

    /**
     * Keeps that somebody knows of a new administrator.
     *
     * @param key as the finding gives it
     * @throws RefusedException if it cannot be kept, saying why
     * @throws ChangedException if the precondition does not hold
     */
    public Revision<Acknowledgement> acknowledge(String key, String reason, String by, Precondition precondition) {
        EarlierAdministrator who = lists.newAdministrators().stream()
                .filter(one -> one.key().filter(plain(key)::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        "no new administrator in the latest run has this key; the findings of S3-19 show their keys"));
        return register.put(
                plain(key),
                new Acknowledgement(
                        who.principalId(),
                        who.name(),
                        who.roleId(),
                        who.scope(),
                        who.since().orElseThrow(),
                        InputText.required("the person who acknowledges", by, InputText.LONGEST_NAME),
                        now(),
                        InputText.required("the reason", reason, InputText.LONGEST_TEXT)),
                precondition);
    }

    /**
     * Takes an acknowledgement back, so that the administrator is open again.
     *
     * @return empty if none stands under this key
     * @throws ChangedException if the precondition does not hold
     */
    public Optional<Revision<Acknowledgement>> withdraw(String key, String by, Precondition precondition) {
        return isKey(key)
                ? register.withdraw(
                        plain(key),
                        new Revision.Withdrawal(
                                InputText.required("the person who withdraws", by, InputText.LONGEST_NAME), now()),
                        precondition)
                : Optional.empty();
    }

    private static boolean isKey(String key) {
        return Ledger.KEY.matcher(plain(key)).matches();
    }

    private static String plain(String key) {
        return key.strip().toLowerCase(Locale.ROOT);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
