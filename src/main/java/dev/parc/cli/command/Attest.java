package dev.parc.cli.command;

import dev.parc.assessment.decision.Question;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Attestations;
import dev.parc.assessment.statements.StatementBatch;
import dev.parc.assessment.statements.StatementEntry;
import dev.parc.assessment.statements.StatementsDocument;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Stage;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.OutputFile;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.DecisionOptions;
import dev.parc.cli.option.InputFile;
import dev.parc.facts.Attestation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc attest}: a person attests what no interface can tell. */
@Command(
        name = "attest",
        description = {
            "Attest a statement of an item until a date, or many statements from a file.",
            "--list shows the statements and who attested them; --withdraw takes an attestation back."
        })
public final class Attest implements Callable<Integer> {

    /** What stands in the place of bytes that are no character. */
    private static final char NO_CHARACTER = '\uFFFD';

    /** What it uses of a tenant. */
    public record Parts(Supplier<Attestations> attestations, Supplier<Clock> clock, Supplier<List<Check>> checks) {}

    private final Console console;
    private final Source<Parts> source;

    @Parameters(arity = "0..1", paramLabel = "ITEM", description = "The item, for example S2-15.")
    @Nullable String item;

    @Option(
            names = "--statement",
            paramLabel = "N",
            description = "The number of the statement. Needed only if the item has several.")
    @Nullable Integer statement;

    @Option(names = "--until", paramLabel = "DATE", description = "The last day it is valid, for example 2026-12-31.")
    @Nullable LocalDate until;

    @Option(names = "--evidence", paramLabel = "URL", description = "An https link to the evidence.")
    @Nullable String evidence;

    @Option(names = "--note", paramLabel = "TEXT", description = "A note, in one line.")
    String note = "";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "Attest the statements listed in a file, all or none: YAML, as --template writes it, or JSON; -"
                            + " for standard input. --by applies to statements that name nobody, and is recorded as who"
                            + " submitted the file.")
    @Nullable String file;

    @Option(names = "--dry-run", description = "With --file: show what would change and store nothing.")
    boolean dryRun;

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description = "Write the statements that are not attested now to a file to fill in; - for standard output.")
    @Nullable Path template;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "With --template: only the statements of this stage, for example S2.")
    @Nullable String stage;

    @Mixin
    DecisionOptions options = new DecisionOptions();

    public Attest(Console console, Source<Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        if (file != null || template != null) {
            return byFile();
        }
        if (dryRun || stage != null) {
            throw new UsageException("--dry-run needs --file, and --stage needs --template");
        }
        if (options.list ? options.withdraw || options.by != null || until != null : item == null) {
            throw new UsageException(
                    "parc attest ITEM --by WHO --until DATE, parc attest --list [ITEM], parc attest ITEM --withdraw"
                            + " --by WHO, parc attest --template FILE, or parc attest --file FILE");
        }
        return options.with(console, source, parts -> {
            if (options.list) {
                list(parts);
            } else if (options.withdraw) {
                withdraw(parts.attestations().get(), String.valueOf(item));
            } else {
                attest(parts.attestations().get(), String.valueOf(item));
            }
        });
    }

    private int byFile() {
        boolean single = item != null
                || statement != null
                || until != null
                || evidence != null
                || !note.isEmpty()
                || options.list
                || options.withdraw;
        if (single
                || (file == null) == (template == null)
                || (file != null ? stage != null : dryRun || options.by != null)) {
            throw new UsageException(
                    "parc attest --template FILE [--stage STAGE], or parc attest --file FILE [--by WHO] [--dry-run]");
        }
        if (file == null) {
            Path written = Objects.requireNonNull(template);
            boolean out = written.toString().equals(OutputFile.STANDARD_OUTPUT);
            OutputFile.requireWritable(out ? null : written);
            return options.with(console, source, parts -> writeTemplate(parts, written, out));
        }
        // before the tenant is asked for anything
        List<StatementEntry> entries = StatementsDocument.of(text(file));
        return options.with(
                console, source, parts -> attest(parts.attestations().get(), entries));
    }

    /** What is kept must be what was written. */
    private static String text(String file) {
        String text = InputFile.read(file);
        if (text.indexOf(NO_CHARACTER) >= 0) {
            throw new UsageException(file + " is not text in UTF-8 or UTF-16: save it as UTF-8");
        }
        return text;
    }

    private void writeTemplate(Parts parts, Path written, boolean out) {
        Optional<Stage> wanted = Optional.ofNullable(stage)
                .map(name -> Stage.of(name)
                        .orElseThrow(() ->
                                new UsageException("unknown stage " + name + "; the stages are S1, S2, S3, S4, BG")));
        Instant now = parts.clock().get().instant();
        List<Question> open = parts.attestations().get().questions().stream()
                .filter(question -> !question.isAnsweredAt(now))
                .filter(question ->
                        wanted.map(Stage.ofItem(question.item())::equals).orElse(true))
                .sorted(Comparator.comparing(Question::item).thenComparing(Question::statement))
                .toList();
        String text = StatementsDocument.template(open);
        if (out) {
            console.out().print(text);
        } else {
            OutputFile.write(written, text);
            console.say(Counted.say("%s has %d [statement|statements] to attest", written, open.size()));
        }
    }

    private void attest(Attestations attestations, List<StatementEntry> entries) {
        Optional<String> by = Optional.ofNullable(options.by);
        StatementBatch batch = StatementBatch.of(
                attestations,
                entries,
                by,
                speaker ->
                        by.map(writer -> Attestations.recorded(speaker, writer)).orElse(speaker));
        if (!dryRun) {
            batch.keep();
        }
        batch.steps()
                .forEach(step -> console.say("%s, statement %d %s"
                        .formatted(step.entry().item(), step.entry().statement(), inWords(step))));
        console.say("%d attested, %d replaced, %d unchanged, %d left open%s"
                .formatted(
                        batch.count(StatementBatch.Effect.ATTESTED),
                        batch.count(StatementBatch.Effect.REPLACED),
                        batch.count(StatementBatch.Effect.UNCHANGED),
                        batch.count(StatementBatch.Effect.LEFT_OPEN),
                        dryRun ? "; dry run, nothing was stored" : ""));
    }

    private String inWords(StatementBatch.Step step) {
        String said = step.next()
                .map(next -> " by %s until %s"
                        .formatted(next.attestation().by(), next.attestation().validUntil()))
                .orElse("");
        return switch (step.effect()) {
            case ATTESTED -> (dryRun ? "would be attested" : "is attested") + said;
            case REPLACED ->
                (dryRun ? "would be attested again" : "is attested again")
                        + said
                        + step.now()
                                .map(Revision::value)
                                .map(SignedStatement::attestation)
                                .map(now -> ", instead of by %s until %s".formatted(now.by(), now.validUntil()))
                                .orElse("");
            case UNCHANGED -> "is attested already, unchanged";
            case LEFT_OPEN -> "is left open, without validUntil";
        };
    }

    private void attest(Attestations attestations, String wanted) {
        RoadmapItem card = attestations.card(wanted);
        Revision<SignedStatement> stored = attestations.attest(
                card.id(),
                statement(card),
                options.by(),
                DecisionOptions.until(until),
                Optional.ofNullable(evidence),
                note,
                Precondition.NONE);
        console.say("%s, statement %d is attested: %s"
                .formatted(card.id(), stored.value().attestation().statement(), inWords(stored)));
        console.say(DecisionOptions.INDENT + "\"" + stored.value().words() + "\"");
    }

    private void withdraw(Attestations attestations, String wanted) {
        RoadmapItem card = attestations.card(wanted);
        int place = statement(card);
        Revision<SignedStatement> gone = attestations
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
            throw new UsageException("%s has %d statements; choose one with --statement, see 'parc attest --list %s'"
                    .formatted(card.id(), card.attests().length, card.id()));
        }
        return card.attests().length == 1 ? 1 : asked.get(0).statement();
    }

    private void list(Parts parts) {
        Attestations attestations = parts.attestations().get();
        Instant now = parts.clock().get().instant();
        List<RoadmapItem> cards = item == null
                ? parts.checks().get().stream()
                        .map(Check::card)
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
        List<Revision<SignedStatement>> said =
                attestations.history(question.item(), question.statement(), item == null ? 1 : DecisionOptions.EARLIER);
        if (said.isEmpty()) {
            console.say(DecisionOptions.INDENT + "  not attested");
        }
        for (Revision<SignedStatement> one : said) {
            console.say(DecisionOptions.INDENT + "  "
                    + state(attestations, one, one.revision() == said.get(0).revision(), now)
                    + inWords(one));
        }
    }

    private static String state(
            Attestations attestations, Revision<SignedStatement> stored, boolean newest, Instant now) {
        if (!newest) {
            return "earlier: ";
        }
        if (!stored.stands()) {
            return "not attested: ";
        }
        if (!attestations.isStillAsked(stored.value())) {
            return "not attested, because the statement has changed since (\""
                    + stored.value().words() + "\"): ";
        }
        return stored.value().attestation().isValidAt(now) ? "attested: " : "no longer attested: ";
    }

    private static String inWords(Revision<SignedStatement> stored) {
        Attestation said = stored.value().attestation();
        return "by %s on %s, until %s%s%s%s"
                .formatted(
                        said.by(),
                        TextStyle.TIME.format(said.at()),
                        said.validUntil(),
                        said.evidence().map(link -> ", " + link).orElse(""),
                        said.note().isEmpty() ? "" : ", \"" + said.note() + "\"",
                        DecisionOptions.withdrawal(stored));
    }
}
