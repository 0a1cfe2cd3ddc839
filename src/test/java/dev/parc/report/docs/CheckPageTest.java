package dev.parc.report.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckPageTest {

    private static final CheckPage PAGE = new CheckPage(
            "# S1-04 Title\n\n## Why\nBecause.\n\n## How to fix it\n1. Do.\n\n### In the portal\nClick.\n\n## Source\n<https://learn.microsoft.com>\n");

    @Test
    void aSectionGoesToTheNextHeadingOfItsLevel() {
        assertThat(PAGE.section("How to fix it")).contains("1. Do.\n\n### In the portal\nClick.");
    }

    @Test
    void theLastSectionGoesToTheEnd() {
        assertThat(PAGE.section("Source")).contains("<https://learn.microsoft.com>");
    }

    @Test
    void aSectionThatIsNotThereIsEmpty() {
        assertThat(PAGE.section("Wh")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../S1-04", "S1-04.md", "/etc/passwd", "ZZ-99"})
    void whatIsNoCheckHasNoPage(String id) {
        assertThat(CheckPage.of(id)).isEmpty();
    }
}
