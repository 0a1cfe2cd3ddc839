package dev.parc.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextStyleTest {

    private static final String LONG = "    - user ada: " + "word ".repeat(30).strip();

    @Test
    void linesThatAreTooLongAreBrokenAtBlanksAndSetIn() {
        String fitted = new TextStyle(false, 60).fit("short\n" + LONG + "\n");

        assertThat(fitted).startsWith("short\n    - user ada: word").endsWith("word\n");
        assertThat(fitted.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
        assertThat(fitted.lines().skip(2))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("      word"));
        assertThat(fitted.replaceAll("\\s+", " ")).isEqualTo(("short " + LONG + " ").replaceAll("\\s+", " "));
    }

    @Test
    void aWordIsNeverBrokenAndColoursAreLeftAlone() {
        String word = "x".repeat(200);
        TextStyle style = new TextStyle(true, 60);

        assertThat(style.fit("    " + word)).isEqualTo("    " + word);
        String coloured = style.of("1", LONG);
        assertThat(style.fit(coloured)).isEqualTo(coloured);
    }

    @ParameterizedTest
    @CsvSource({"0", "20", "1000"})
    void linesStayWholeWhereThereIsNoWidthOrEnoughOfIt(int width) {
        assertThat(new TextStyle(false, width).fit(LONG)).isEqualTo(LONG);
    }

    @ParameterizedTest
    @CsvSource({"true, 100, 100", "true, '', 0", "true, -5, 0", "true, 99999999999, 0", "false, 100, 0"})
    void onlyATerminalHasAWidth(boolean terminal, String columns, int width) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());

        assertThat(new Console(nowhere, nowhere, terminal, terminal, Map.of("COLUMNS", columns)).width())
                .isEqualTo(width);
    }
}
