package dev.parc.change.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.change.fix.items.Fixes;
import dev.parc.check.Check;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whoever reads an item's page learns whether PARC has a fix for it. */
class FixesTest {

    @Test
    void thePageOfAnItemNamesItsFix() throws IOException {
        String table = Files.readString(Path.of("docs/change.md"));
        for (Check check : Roadmap.checks()) {
            String id = Check.card(check).id();
            boolean fixed = Fixes.of(id).isPresent();
            assertThat(Files.readString(Path.of("docs/checks/" + id + ".md")).contains("`parc fix " + id + "`"))
                    .as("the page of " + id)
                    .isEqualTo(fixed);
            assertThat(table.contains("\n| " + id + " | "))
                    .as("the table of fixes has " + id)
                    .isEqualTo(fixed);
        }
        assertThat(Roadmap.checks()).extracting(check -> Check.card(check).id()).containsAll(Fixes.items());
    }
}
