package dev.parc.store;

import static dev.parc.assessment.Assessments.HOSTILE;
import static dev.parc.assessment.Assessments.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Ledger.Book;
import dev.parc.assessment.ledger.Ledger.Entry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every ledger does. */
public abstract class LedgerContract {

    private static final String OTHER = "99999999-2222-3333-4444-555555555555";

    /** The ledger of a tenant, opened anew over what this test has kept so far. */
    protected abstract Ledger open(String tenantId);

    private Ledger open() {
        return open(TENANT);
    }

    private static Entry entry(String key, int revision) {
        return new Entry(key, revision, "{\"revision\":" + revision + "}");
    }

    private static void append(Ledger ledger, Book book, Entry... entries) {
        Stream.of(entries)
                .forEach(entry -> assertThat(ledger.append(book, entry)).isTrue());
    }

    @ParameterizedTest
    @EnumSource(Book.class)
    void theNewestOfEveryKeyIsReadAndTheEarlierOnesStay(Book book) {
        append(open(), book, entry("S2-15.1", 1), entry("S2-15.1", 2), entry("BG-02.8", 1));

        assertThat(open().newest(book)).containsExactly(entry("BG-02.8", 1), entry("S2-15.1", 2));
        assertThat(open().history(book, "S2-15.1", 10)).containsExactly(entry("S2-15.1", 2), entry("S2-15.1", 1));
        assertThat(open().history(book, "S2-15.1", 1)).containsExactly(entry("S2-15.1", 2));
    }

    @Test
    void keysThatBeginAlikeAreDifferent() {
        append(open(), Book.WAIVERS, entry("S2-15.1", 1), entry("S2-15.10", 1), entry("S2-15", 1));

        assertThat(open().history(Book.WAIVERS, "S2-15", 10)).containsExactly(entry("S2-15", 1));
        assertThat(open().history(Book.WAIVERS, "S2-15.1", 10)).containsExactly(entry("S2-15.1", 1));
        assertThat(open().newest(Book.WAIVERS)).hasSize(3);
    }

    @Test
    void revisionsSortByNumber() {
        IntStream.rangeClosed(1, 12).forEach(revision -> append(open(), Book.WAIVERS, entry("a", revision)));

        assertThat(open().newest(Book.WAIVERS)).containsExactly(entry("a", 12));
        assertThat(open().history(Book.WAIVERS, "a", 4))
                .extracting(Entry::revision)
                .containsExactly(12, 11, 10, 9);
    }

    @Test
    void aRevisionIsWrittenOnce() {
        append(open(), Book.WAIVERS, entry("a", 1));

        assertThat(open().append(Book.WAIVERS, new Entry("a", 1, "{}"))).isFalse();
        assertThat(open().newest(Book.WAIVERS)).containsExactly(entry("a", 1));
    }

    @Test
    void ofManyThatAddTheSameRevisionOneSucceeds() {
        List<CompletableFuture<Boolean>> attempts = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> open().append(Book.ATTESTATIONS, new Entry("a", 1, "{\"by\":" + number + "}"))))
                .toList();

        assertThat(attempts.stream().map(CompletableFuture::join)).containsOnlyOnce(true);
        assertThat(open().newest(Book.ATTESTATIONS)).hasSize(1);
    }

    @Test
    void booksAndTenantsDoNotMix() {
        append(open(), Book.CATEGORIES, entry("a", 1));
        append(open(), Book.ADMINISTRATORS, entry("b", 1));
        append(open(OTHER), Book.CATEGORIES, entry("c", 1));

        assertThat(open().newest(Book.CATEGORIES)).containsExactly(entry("a", 1));
        assertThat(open().newest(Book.ADMINISTRATORS)).containsExactly(entry("b", 1));
        assertThat(open().newest(Book.WAIVERS)).isEmpty();
        assertThat(open(OTHER).newest(Book.CATEGORIES)).containsExactly(entry("c", 1));
    }

    @Test
    void theLongestDocumentComesBackWhole() throws JsonProcessingException {
        Entry longest = new Entry("list", 1, "\"" + "漢".repeat(Ledger.LONGEST - 2) + "\"");
        append(open(), Book.ADMINISTRATORS, longest, entry("list", 2));

        assertThat(open().newest(Book.ADMINISTRATORS)).containsExactly(entry("list", 2));
        Entry kept = open().history(Book.ADMINISTRATORS, "list", 10).get(1);
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(kept.document())).isEqualTo(json.readTree(longest.document()));
    }

    @Test
    void hostileTextComesBackAsItWas() throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        String document = json.createObjectNode()
                .put("note", HOSTILE.replace("\ud83d lone \ude80", ""))
                .toString();
        append(open(), Book.WAIVERS, new Entry("a", 1, document));

        assertThat(json.readTree(open().newest(Book.WAIVERS).get(0).document())).isEqualTo(json.readTree(document));
    }

    @Test
    void trimmingLeavesTheNewestAndOtherKeys() {
        append(open(), Book.ADMINISTRATORS, entry("a", 1), entry("a", 2), entry("a", 3), entry("a.b", 1));

        open().trim(Book.ADMINISTRATORS, "a", 2);
        open().trim(Book.ADMINISTRATORS, "nothing", 2);

        assertThat(open().history(Book.ADMINISTRATORS, "a", 10)).containsExactly(entry("a", 3), entry("a", 2));
        assertThat(open().newest(Book.ADMINISTRATORS)).containsExactly(entry("a", 3), entry("a.b", 1));
        append(open(), Book.ADMINISTRATORS, entry("a", 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "../a", "a/b", "a\\b", "a|b", "a'b", "a b", "a.b.c", "-a", "é", "a\u0000", "a%2f"
            })
    void whatIsNoKeyIsNeitherKeptNorFound(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> entry(key, 1));
        assertThat(open().history(Book.WAIVERS, key, 10)).isEmpty();
        open().trim(Book.WAIVERS, key, 0);
    }
}
