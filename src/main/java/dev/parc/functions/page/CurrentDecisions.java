package dev.parc.functions.page;

import dev.parc.app.Runs;
import dev.parc.assessment.decision.AccountCategory;
import dev.parc.assessment.decision.Question;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.ledger.Sha256;
import dev.parc.assessment.run.RunRecord;
import dev.parc.check.Stage;
import dev.parc.facts.Acknowledgement;
import dev.parc.facts.Attestation;
import dev.parc.facts.EarlierAdministrator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What people have decided by now, and what is left to decide.
 *
 * @param statements what each stage's items want attested, by stage
 * @param waivers the newest revision of each, withdrawn ones too, by id
 * @param categories what stands of accounts, by object id in lower case
 * @param acknowledgements what stands, by key
 * @param open who is new and not acknowledged
 * @param working the runs that have not ended, newest first
 */
record CurrentDecisions(
        Instant now,
        Map<Stage, List<Statement>> statements,
        Map<String, Revision<Waiver>> waivers,
        Map<String, Revision<AccountCategory>> categories,
        Map<String, Revision<Acknowledgement>> acknowledgements,
        List<EarlierAdministrator> open,
        List<RunRecord> working) {

    private static final int RUNS_LOOKED_AT = 20;

    /**
     * A statement that is to be attested.
     *
     * @param newest the last word on it, which may take it back
     */
    record Statement(Question question, Optional<Revision<SignedStatement>> newest) {

        /** What it is kept under. */
        String key() {
            return Question.key(question.item(), question.statement());
        }

        int revision() {
            return newest.map(Revision::revision).orElse(0);
        }

        /** What was said last, taken back or not. */
        Optional<Attestation> last() {
            return question.said().or(() -> newest.map(stored -> stored.value().attestation()));
        }
    }

    /** What marks the words that somebody has read. */
    static String mark(String words) {
        return HexFormat.of().formatHex(Sha256.of(words)).substring(0, 16);
    }

    /** That of this moment. */
    static CurrentDecisions of(Registers registers, Runs runs, Instant now) {
        Map<String, Revision<SignedStatement>> newest = registers.attestations().get().newest().stream()
                .collect(Collectors.toMap(Revision::key, stored -> stored));
        Map<Stage, List<Statement>> statements = new EnumMap<>(Stage.class);
        registers.attestations().get().questions().stream()
                .map(question -> new Statement(
                        question, Optional.ofNullable(newest.get(Question.key(question.item(), question.statement())))))
                .sorted(Comparator.comparing((Statement one) -> one.question().item())
                        .thenComparing(one -> one.question().statement()))
                .forEach(one -> statements
                        .computeIfAbsent(Stage.ofItem(one.question().item()), stage -> new ArrayList<>())
                        .add(one));
        return new CurrentDecisions(
                now,
                statements,
                byKey(registers.waivers().get().newest()),
                byKey(registers.categories().get().newest().stream()
                        .filter(Revision::stands)
                        .toList()),
                byKey(registers.acknowledgements().get().newest().stream()
                        .filter(Revision::stands)
                        .toList()),
                registers.acknowledgements().get().open(),
                runs.newest(RUNS_LOOKED_AT).stream()
                        .filter(run -> run.state() == RunRecord.State.QUEUED || run.state() == RunRecord.State.RUNNING)
                        .toList());
    }

    private static <T> Map<String, Revision<T>> byKey(List<Revision<T>> all) {
        return all.stream().collect(Collectors.toMap(Revision::key, stored -> stored, (a, b) -> b, LinkedHashMap::new));
    }

    /** Whether somebody attests it now. */
    boolean isAttested(Statement one) {
        return one.question().isAnsweredAt(now);
    }
}
