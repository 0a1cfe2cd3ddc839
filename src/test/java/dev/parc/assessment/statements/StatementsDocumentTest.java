package dev.parc.assessment.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.assessment.decision.Question;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.facts.Attestation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsDocumentTest {

    private static final String HEAD = "schema: parc-attestations/1\nstatements:\n";
    private static final String ONE = HEAD + "- item: s2-15\n  statement: 1\n  words: Was reviewed.\n";

    @Test
    void everyKeyOfAStatementIsRead() {
        assertThat(StatementsDocument.of(ONE
                        + "  by: Ann Lee\n  validUntil: 2027-01-31\n  evidence: https://contoso.com/1\n  note: no\n"))
                .containsExactly(new StatementEntry(
                        3,
                        "S2-15",
                        1,
                        "Was reviewed.",
                        Optional.of("Ann Lee"),
                        Optional.of("2027-01-31"),
                        Optional.of("https://contoso.com/1"),
                        "no"));
    }

    @Test
    void whatIsBlankOrNullIsNotThere() {
        assertThat(StatementsDocument.of(ONE + "  by: \"  \"\n  validUntil:\n  evidence: ~\n  note: \"\"\n"))
                .containsExactly(new StatementEntry(
                        3, "S2-15", 1, "Was reviewed.", Optional.empty(), Optional.empty(), Optional.empty(), ""));
    }

    @Test
    void jsonIsReadToo() {
        String json = """
                {"schema": "parc-attestations/1",
                 "statements": [
                  {"item": "BG-02", "statement": 9, "words": "a\\/b", "validUntil": "2027-01-31"}]}
                """;

        assertThat(StatementsDocument.of(json))
                .containsExactly(new StatementEntry(
                        3, "BG-02", 9, "a/b", Optional.empty(), Optional.of("2027-01-31"), Optional.empty(), ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour: red|line 6: there is no key \"colour\"",
                "by: [Ann]|line 6: by must be a string",
                "by: {a: b}|line 6: by must be a string",
                "words: again|line 6: the key words is listed twice",
                "by: *a|line 6: YAML anchors, aliases and tags",
                "by: !!javax.script.ScriptEngineManager [x]|line 6: YAML anchors, aliases and tags",
                "by: \"|line 6: this is not YAML"
            })
    void whatIsWrongInAStatementIsToldWithItsLine(String line, String told) {
        assertThatThrownBy(() -> StatementsDocument.of(ONE + "  " + line + "\n"))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|line 1: the document must have",
                "x|line 1: the document must have",
                "'[]'|line 1: the document must have",
                "schema: parc-attestations/2|line 1: schema must be parc-attestations/1",
                "schema: parc-attestations/1|line 1: the document must have the keys",
                "more: 1|line 1: there is no key \"more\"",
                "statements: 1|line 1: statements must be a list",
                "statements: [1]|line 1: a statement must have",
                "statements: [{item: S2-15, words: x}]|line 1: the statement has no statement",
                "statements: [{item: S2-15, words: x, statement: 0}]|line 1: statement must be a number",
                "statements: [{item: S2-15, words: x, statement: 99999999999}]|line 1: statement must be a number",
                "'{\"schema\":'|line 1: this is not JSON"
            })
    void whatIsNoDocumentIsRefused(String text, String told) {
        assertThatThrownBy(() -> StatementsDocument.of(text))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(told);
    }

    /** Nothing in a document costs more than its length. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n",
                "- - - - - - - - - -",
                "schema: parc-attestations/1\nstatements: []\n---\nschema: parc-attestations/1\n"
            })
    void whatWouldGrowIsRefused(String text) {
        assertThatThrownBy(() -> StatementsDocument.of(text)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> StatementsDocument.of("[".repeat(20_000))).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> StatementsDocument.of("{\"a\":".repeat(20_000)))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> StatementsDocument.of("x".repeat(StatementsDocument.LONGEST + 1)))
                .hasMessageContaining("at most");
        assertThatThrownBy(() -> StatementsDocument.of(HEAD + "- {item: S2-15, statement: 1, words: x}\n".repeat(501)))
                .hasMessageContaining("at most 500");
    }

    @Test
    void aTemplateIsReadAsItWasWrittenAndLeavesEverythingOpen() {
        Attestation said = new Attestation(
                "S2-15",
                1,
                "Zoë \"Z\" Müller: yes, recorded by Ann",
                Instant.EPOCH,
                LocalDate.EPOCH,
                Optional.of("https://contoso.com/#1"),
                "- no: *x # {}");
        List<StatementEntry> entries = StatementsDocument.of(StatementsDocument.template(List.of(
                new Question("S2-15", 1, "Words: 'of' the \"statement\" # 1", Optional.of(said)),
                new Question("BG-02", 9, "Others.", Optional.empty()))));

        assertThat(entries)
                .extracting(
                        StatementEntry::key,
                        StatementEntry::words,
                        StatementEntry::by,
                        StatementEntry::validUntil,
                        StatementEntry::evidence,
                        StatementEntry::note)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "S2-15.1",
                                "Words: 'of' the \"statement\" # 1",
                                Optional.of("Zoë \"Z\" Müller: yes"),
                                Optional.empty(),
                                Optional.of("https://contoso.com/#1"),
                                "- no: *x # {}"),
                        org.assertj.core.groups.Tuple.tuple(
                                "BG-02.9", "Others.", Optional.empty(), Optional.empty(), Optional.empty(), ""));
    }
}
