package dev.parc.functions.page;

import dev.parc.app.Runs;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Attestations;
import dev.parc.assessment.register.Waivers;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.assessment.statements.StatementBatch;
import dev.parc.assessment.statements.StatementEntry;
import dev.parc.facts.Category;
import dev.parc.functions.http.Caller;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Does what an operator sends by a form of the page. */
final class DecisionHandler {

    private static final Pattern STATEMENT = Pattern.compile("([A-Z]{1,2}\\d?-\\d{2})\\.([1-9]\\d{0,2})");
    private static final Pattern REVISION = Pattern.compile("(.{1,220}):(\\d{1,9})");

    private final Registers registers;
    private final Runs runs;
    private final Supplier<RunStore> store;
    private final boolean desk;
    private final Caller caller;
    private final Form form;
    private final Logger log;

    DecisionHandler(
            Registers registers,
            Runs runs,
            Supplier<RunStore> store,
            boolean desk,
            Caller caller,
            Form form,
            Logger log) {
        this.registers = registers;
        this.runs = runs;
        this.store = store;
        this.desk = desk;
        this.caller = caller;
        this.form = form;
        this.log = log;
    }

    /** What was done, and how many times. */
    record Done(FormOutcome outcome, int count) {}

    /**
     * Does it.
     *
     * @throws ProblemException if it cannot be done, saying why
     * @throws ChangedException if something is not as the page showed it
     */
    Done decide() {
        Done done = switch (form.required("do")) {
            case "attest" -> attest();
            case "accept" -> accept();
            case "acknowledge" -> acknowledge();
            case "categorise" -> categorise();
            case "take-back" -> takeBack();
            default -> throw Form.invalid("This page has no such form.");
        };
        log.info(caller.id() + ": " + done.outcome().written() + " " + done.count() + " by the page");
        return done;
    }

    /** The run that is asked for. */
    RunRequest run() {
        return runs.request(List.of(form.required("stage")), List.of(), Trigger.HTTP)
                .by(caller.name());
    }

    private Done attest() {
        List<String> keys = form.all("attest").stream().distinct().toList();
        if (keys.isEmpty()) {
            throw Form.invalid("Select the statements that you attest.");
        }
        Attestations attestations = registers.attestations().get();
        StatementBatch batch = StatementBatch.of(
                attestations,
                keys.stream().map(key -> entry(attestations, key)).toList(),
                Optional.empty(),
                by -> Attestations.recorded(by, caller.name()));
        batch.steps()
                .forEach(step -> requireSeen(
                        step.entry().key(),
                        step.now(),
                        form.required(step.entry().key() + ".revision")));
        return new Done(FormOutcome.ATTESTED, batch.keep().size());
    }

    private StatementEntry entry(Attestations attestations, String key) {
        Matcher parts = STATEMENT.matcher(key);
        if (!parts.matches()) {
            throw Form.invalid("This statement does not exist.");
        }
        String item = parts.group(1);
        int statement = Integer.parseInt(parts.group(2));
        String words = attestations
                .words(item, statement)
                .orElseThrow(() -> new ProblemException(
                        Problem.UNKNOWN_STATEMENT.reply("There is no statement " + statement + " of " + item + ".")));
        if (!CurrentDecisions.mark(words).equals(form.required(key + ".read"))) {
            throw new ChangedException(item + ", statement " + statement + " has changed");
        }
        return new StatementEntry(
                0,
                item,
                statement,
                words,
                Optional.of(form.text(key + ".by")
                        .or(() -> form.text("all.by"))
                        // on a desk nobody is signed in
                        .or(() -> desk ? Optional.empty() : Optional.of(caller.name()))
                        .orElseThrow(() -> Form.invalid(key + ": the person who attests it is missing."))),
                Optional.of(form.text(key + ".until")
                        .or(() -> form.text("all.until"))
                        .orElseThrow(() -> Form.invalid(key + ": the last day is missing."))),
                form.text(key + ".evidence"),
                form.text(key + ".note").orElse(""));
    }

    private static void requireSeen(String key, Optional<? extends Revision<?>> now, String seen) {
        String revision = now.map(Revision::revision).map(String::valueOf).orElse("0");
        if (!revision.equals(seen)) {
            throw new ChangedException(key + " has changed since the page was opened");
        }
    }

    private Done accept() {
        Waivers waivers = registers.waivers().get();
        String item = waivers.item(form.required("item"));
        String owner = form.required("owner");
        String reason = form.required("reason");
        LocalDate until = day("until");
        List<Optional<String>> subjects = Stream.concat(
                        form.text("whole").map(yes -> Optional.<String>empty()).stream(),
                        form.all("subject").stream().distinct().map(Optional::of))
                .toList();
        if (subjects.isEmpty()) {
            throw Form.invalid("Select the findings that you accept, or the whole item.");
        }
        Map<String, String> seen = new HashMap<>();
        form.all("revision").forEach(text -> {
            Matcher parts = REVISION.matcher(text);
            if (parts.matches()) {
                seen.put(parts.group(1), parts.group(2));
            }
        });
        Map<String, Revision<Waiver>> now =
                waivers.newest().stream().collect(Collectors.toMap(Revision::key, stored -> stored));
        subjects.forEach(subject -> {
            String id = Waivers.id(item, subject);
            requireSeen(id, Optional.ofNullable(now.get(id)), seen.getOrDefault(id, "0"));
        });
        subjects.forEach(subject -> waivers.waive(
                item,
                subject,
                owner,
                reason,
                caller.name(),
                until,
                Optional.ofNullable(now.get(Waivers.id(item, subject)))
                        .map(stored -> Precondition.revision(stored.revision()))
                        .orElse(Precondition.ABSENT)));
        return new Done(FormOutcome.ACCEPTED, subjects.size());
    }

    private LocalDate day(String field) {
        try {
            return LocalDate.parse(form.required(field));
        } catch (DateTimeException e) {
            throw Form.invalid("The last day must be a date like 2026-12-31.");
        }
    }

    private Done acknowledge() {
        List<String> keys = form.all("key").stream().distinct().toList();
        if (keys.isEmpty()) {
            throw Form.invalid("Select the new administrators that you acknowledge.");
        }
        String reason = form.required("reason");
        keys.forEach(
                key -> registers.acknowledgements().get().acknowledge(key, reason, caller.name(), Precondition.ABSENT));
        return new Done(FormOutcome.ACKNOWLEDGED, keys.size());
    }

    private Done categorise() {
        String account = form.required("account").toLowerCase(Locale.ROOT);
        Category category = Category.of(form.required("category"))
                .orElseThrow(() -> Form.invalid("The category must be one of " + Category.namesInWords() + "."));
        boolean known = store.get().latestInventory().stream()
                .flatMap(inventory -> inventory.explained().administrators().stream())
                .anyMatch(one -> one.id().equalsIgnoreCase(account));
        if (!known) {
            throw new ProblemException(Problem.UNKNOWN_ACCOUNT.reply(
                    "The latest run that lists administrators has none with this object id."));
        }
        registers
                .categories()
                .get()
                .categorise(
                        account,
                        category,
                        form.text("reason").orElse(""),
                        caller.name(),
                        seen(form.required("revision")));
        return new Done(FormOutcome.CATEGORISED, 1);
    }

    private static Precondition seen(String revision) {
        if (!revision.matches("\\d{1,9}")) {
            throw Form.invalid("The field revision must be a number.");
        }
        int number = Integer.parseInt(revision);
        return number == 0 ? Precondition.ABSENT : Precondition.revision(number);
    }

    private Done takeBack() {
        String[] what = form.required("what").split(":", 3);
        if (what.length != 3) {
            throw Form.invalid("This decision does not exist.");
        }
        Precondition precondition = seen(what[2]);
        String by = caller.name();
        Optional<? extends Revision<?>> gone = switch (what[0]) {
            case "attestation" -> {
                Matcher parts = STATEMENT.matcher(what[1]);
                if (!parts.matches()) {
                    throw Form.invalid("This statement does not exist.");
                }
                yield registers
                        .attestations()
                        .get()
                        .withdraw(parts.group(1), Integer.parseInt(parts.group(2)), by, precondition);
            }
            case "waiver" ->
                Ledger.KEY.matcher(what[1]).matches()
                        ? registers.waivers().get().withdraw(what[1], by, precondition)
                        : Optional.empty();
            case "category" -> registers.categories().get().withdraw(what[1], by, precondition);
            case "acknowledgement" -> registers.acknowledgements().get().withdraw(what[1], by, precondition);
            default -> throw Form.invalid("This decision does not exist.");
        };
        if (gone.isEmpty()) {
            throw Form.invalid("This decision is not in force, so there is nothing to take back.");
        }
        return new Done(FormOutcome.TAKEN_BACK, 1);
    }
}
