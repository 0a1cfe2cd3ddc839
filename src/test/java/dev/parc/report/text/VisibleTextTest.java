package dev.parc.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTextTest {

    @ParameterizedTest
    @CsvSource({
        "1B, 001B",
        "9B, 009B",
        "A, 000A",
        "D, 000D",
        "7F, 007F",
        "202E, 202E",
        "2069, 2069",
        "200B, 200B",
        "2028, 2028",
        "D800, D800",
        "E0041, E0041"
    })
    void whatWouldMoveOrReorderTheLineIsSpeltOut(String hex, String shown) {
        String hostile = "a" + Character.toString(Integer.parseInt(hex, 16)) + "b";

        assertThat(VisibleText.of(hostile)).isEqualTo("a[U+" + shown + "]b");
    }

    @ParameterizedTest
    @CsvSource({"Zoë Müller", "יעל", "👩‍💻", "李雷", "<b>&amp;"})
    void whatPeopleAreCalledStaysAsItIs(String name) {
        assertThat(VisibleText.of(name)).isEqualTo(name);
    }

    @Test
    void anEmptyTextStaysEmpty() {
        assertThat(VisibleText.of("")).isEmpty();
    }
}
