package dev.parc.cli;

import dev.parc.app.Parc;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.Attestations;
import dev.parc.assessment.Kept;
import dev.parc.assessment.Precondition;
import dev.parc.assessment.Question;
import dev.parc.assessment.Vouched;
import dev.parc.check.RoadmapItem;
import dev.parc.facts.Attestation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc attest}: a person vouches for what no interface can tell. */
@Command(
        name = "attest",
        description =
                "Vouch for a statement of an item, until a day; list what is attested; take it back. The statements are"
                        + " listed with --list.")
final class Attest implements Callable<Integer> {

    private final Console console;
    private final Wiring wiring;

    @Parameters(arity = "0..1", paramLabel = "ITEM", description = "The item, for example S2-15.")
    @Nullable String item;

    @Option(
            names = "--statement",
            paramLabel = "N",
            description = "Which of the item's statements; may be left out where it has one.")
    @Nullable Integer statement;

    @Option(names = "--until", paramLabel = "DATE", description = "The last day on which it counts, like 2026-12-31.")
    @Nullable LocalDate until;

    @Option(names = "--evidence", paramLabel = "URL", description = "An https link to what shows it.")
    @Nullable String evidence;

    @Option(names = "--note", paramLabel = "TEXT", description = "Anything else, in one line.")
    String note = "";

    @Mixin
    DecisionOptions options = new DecisionOptions();

    Attest(Console console, Wiring wiring) {
        this.console = console;
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        if (options.list ? options.withdraw || options.by != null || until != null : item == null) {
            throw new UsageException(
                    "parc attest ITEM --by WHO --until DATE, parc attest --list [ITEM], or parc attest ITEM --withdraw"
                            + " --by WHO");
        }
        return options.with(console, wiring, parc -> {
            if (options.list) {
                list(parc);
            } else if (options.withdraw) {
                withdraw(parc.attestations(), String.valueOf(item));
            } else {
                attest(parc.attestations(), String.valueOf(item));
            }
        });
    }

    private void attest(Attestations attestations, String wanted) {
        RoadmapItem card = attestations.card(wanted);
        Kept<Vouched> kept = attestations.attest(
                card.id(),
                statement(card),
                options.by(),
                DecisionOptions.until(until),
                Optional.ofNullable(evidence),
                note,
                Precondition.NONE);
        console.say("%s, statement %d is attested: %s"
                .formatted(card.id(), kept.value().attestation().statement(), inWords(kept)));
        console.say(DecisionOptions.INDENT + "\"" + kept.value().words() + "\"");
    }

    private void withdraw(Attestations attestations, String wanted) {
        RoadmapItem card = attestations.card(wanted);
        int place = statement(card);
        Kept<Vouched> gone = attestations
                .withdraw(card.id(), place, options.by(), Precondition.NONE)
                .orElseThrow(
                        () -> new UsageException("%s, statement %d is not attested, so there is nothing to withdraw"
                                .formatted(card.id(), place)));
        console.say("%s, statement %d is no longer attested: %s".formatted(card.id(), place, inWords(gone)));
    }

    private int statement(RoadmapItem card) {
        if (statement != null) {
            return statement;
        }
        List<Question> asked = Question.unsaid(card).stream()
                .filter(question -> question.item().equals(card.id()))
                .toList();
        if (card.attests().length > 1 && asked.size() != 1) {
            throw new UsageException("%s asks for %d statements; name one with --statement, see parc attest --list %s"
                    .formatted(card.id(), card.attests().length, card.id()));
        }
        return card.attests().length == 1 ? 1 : asked.get(0).statement();
    }

    private void list(Parc parc) {
        Attestations attestations = parc.attestations();
        Instant now = parc.clock().instant();
        List<RoadmapItem> cards = item == null
                ? parc.checks().stream()
                        .map(Assessor::card)
                        .filter(card -> card.attests().length > 0)
                        .toList()
                : List.of(attestations.card(item));
        for (RoadmapItem card : cards) {
            console.say("%-10s%s".formatted(card.id(), card.title()));
            for (Question question : attestations.questions(card)) {
                list(attestations, card, question, now);
            }
        }
    }

    private void list(Attestations attestations, RoadmapItem card, Question question, Instant now) {
        boolean elsewhere = !question.item().equals(card.id());
        console.say("%9d. \"%s\"%s"
                .formatted(
                        question.statement(),
                        question.words(),
                        elsewhere ? " (statement %d of %s)".formatted(question.statement(), question.item()) : ""));
        List<Kept<Vouched>> said =
                attestations.history(question.item(), question.statement(), item == null ? 1 : DecisionOptions.EARLIER);
        if (said.isEmpty()) {
            console.say(DecisionOptions.INDENT + "  not attested");
        }
        for (Kept<Vouched> one : said) {
            console.say(DecisionOptions.INDENT + "  "
                    + state(attestations, one, one.revision() == said.get(0).revision(), now)
                    + inWords(one));
        }
    }

    private static String state(Attestations attestations, Kept<Vouched> kept, boolean newest, Instant now) {
        if (!newest) {
            return "earlier: ";
        }
        if (!kept.stands()) {
            return "not attested: ";
        }
        if (!attestations.isStillAsked(kept.value())) {
            return "not attested, for it was said of other words (\""
                    + kept.value().words() + "\"): ";
        }
        return kept.value().attestation().isValidAt(now) ? "attested: " : "not attested any more: ";
    }

    private static String inWords(Kept<Vouched> kept) {
        Attestation said = kept.value().attestation();
        return "by %s on %s, until %s%s%s%s"
                .formatted(
                        said.by(),
                        TextStyle.TIME.format(said.at()),
                        said.validUntil(),
                        said.evidence().map(link -> ", " + link).orElse(""),
                        said.note().isEmpty() ? "" : ", \"" + said.note() + "\"",
                        DecisionOptions.withdrawal(kept));
    }
}
