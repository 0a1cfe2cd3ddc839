package dev.parc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code parc attest} by a file that is kept beside the code. */
class AttestByFileTest {

    private final String until = LocalDate.now(ZoneOffset.UTC).plusDays(90).toString();

    @TempDir
    private Path folder = Path.of("");

    private Path file = folder;

    @BeforeEach
    void writeTemplate() throws IOException {
        file = Files.createDirectory(folder.resolve("Prüfung 漢 ä")).resolve("statements.yaml");
        Shell shell = shell();
        assertThat(shell.run("attest", "--template", file.toString(), "--stage", "s2"))
                .isZero();
        assertThat(shell.out()).contains("statements to attest");
    }

    private Shell shell() {
        return new Shell(folder.resolve("data"));
    }

    private String ran(int exitCode, String... arguments) {
        Shell shell = shell();
        assertThat(shell.run(arguments)).as(shell.err()).isEqualTo(exitCode);
        return shell.out() + shell.err();
    }

    /** Fills the first statement in. */
    private String filled() throws IOException {
        return Files.readString(file)
                .replaceFirst("by: \"\"", "by: \"Zoë Müller\"")
                .replaceFirst("validUntil: \"\"", "validUntil: " + until);
    }

    /** How people's editors and shells write text. */
    enum Writing {
        PLAIN(new byte[0], StandardCharsets.UTF_8, "\n"),
        NOTEPAD(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, StandardCharsets.UTF_8, "\r\n"),
        POWERSHELL_5(new byte[] {(byte) 0xFF, (byte) 0xFE}, StandardCharsets.UTF_16LE, "\r\n"),
        BIG_ENDIAN(new byte[] {(byte) 0xFE, (byte) 0xFF}, StandardCharsets.UTF_16BE, "\n");

        private final byte[] mark;
        private final java.nio.charset.Charset charset;
        private final String end;

        Writing(byte[] mark, java.nio.charset.Charset charset, String end) {
            this.mark = mark;
            this.charset = charset;
            this.end = end;
        }

        byte[] of(String text) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(mark);
            bytes.writeBytes(text.replace("\n", end).getBytes(charset));
            return bytes.toByteArray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsReadAsPeopleHaveIt(Writing writing) throws IOException {
        Files.write(file, writing.of(filled()));

        assertThat(ran(0, "attest", "--file", file.toString(), "--dry-run"))
                .contains(
                        "would be attested by Zoë Müller until " + until,
                        "1 attested, 0 replaced",
                        "nothing was stored");
        assertThat(ran(0, "attest", "--list")).doesNotContain("Zoë");
        assertThat(ran(0, "attest", "--file", file.toString(), "--by", "Ann"))
                .contains("is attested by Zoë Müller, recorded by Ann until " + until);
        assertThat(ran(0, "attest", "--list")).contains("attested: by Zoë Müller, recorded by Ann");
    }

    @Test
    void theSameFileAgainChangesNothingAndAnotherDayReplaces() throws IOException {
        Files.writeString(file, filled());
        ran(0, "attest", "--file", file.toString());

        assertThat(ran(0, "attest", "--file", file.toString(), "--by", "Ben"))
                .contains("is attested already, unchanged", "0 attested, 0 replaced, 1 unchanged");
        Files.writeString(
                file, filled().replace(until, LocalDate.parse(until).plusDays(1).toString()));
        assertThat(ran(0, "attest", "--file", file.toString()))
                .contains("is attested again by Zoë Müller", "instead of by Zoë Müller until " + until);
        assertThat(ran(0, "attest", "--template", "-", "--stage", "S2")).doesNotContain("Zoë");
    }

    @Test
    void oneThatCannotBeKeptKeepsTheOthersFromBeingKept() throws IOException {
        String good = filled();
        String[][] wrongs = {
            {good.replace(until, "2020-01-01"), "the last day must be from"},
            {good.replace(until, "soon"), "validUntil must be a date"},
            {
                good.replaceFirst("(?s)(.*)validUntil: \"\"", "$1validUntil: " + until),
                "the person who attests it is missing"
            },
            {good.replaceFirst("words: \"[^\"]*\"", "words: \"Others.\""), "the statement has changed"},
            {good.replaceFirst("item: \"S2-\\d+\"", "item: \"S9-01\""), "this item has no statements"},
            {good.replaceFirst("statement: \\d", "statement: 99"), "has no statement with this number"},
            {good + good.substring(good.indexOf("- item")), "listed twice"},
            {good.replaceFirst("evidence: \"\"", "evidence: \"http://contoso.com\""), "the evidence must be a link"}
        };
        for (String[] wrong : wrongs) {
            Files.writeString(file, wrong[0]);
            assertThat(ran(2, "attest", "--file", file.toString()))
                    .startsWith("parc: line ")
                    .contains(wrong[1]);
        }
        assertThat(ran(0, "attest", "--list")).doesNotContain("Zoë");
    }

    @Test
    void whatIsNoTextOrNotThereIsToldInOneLine() throws IOException {
        Files.write(file, new byte[] {'a', (byte) 0xE9, 'b'});
        assertThat(ran(2, "attest", "--file", file.toString())).contains("save it as UTF-8");
        Files.writeString(file, "x".repeat(600_000));
        assertThat(ran(2, "attest", "--file", file.toString())).contains("can have at most 524,288 characters");
        assertThat(ran(2, "attest", "--file", folder.resolve("none").toString()))
                .contains("cannot read");
        assertThat(ran(2, "attest", "--template", folder.toString())).contains("cannot write");
        assertThat(ran(2, "attest", "--template", "-", "--stage", "S9")).contains("unknown stage S9");
    }

    @ParameterizedTest
    @CsvSource({
        "--file x --template y",
        "--file x S2-15",
        "--file x --list",
        "--file x --stage S2",
        "--template - --dry-run",
        "--dry-run",
        "--stage S2"
    })
    void whatDoesNotGoTogetherIsRefused(String arguments) {
        assertThat(ran(2, ("attest " + arguments).split(" "))).startsWith("parc: ");
    }
}
