package dev.parc.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is written from the cards and the fact kinds is on disk as they give it. */
class CatalogueTest {

    @Test
    void theCatalogueIsTheOneTheCardsGive() throws IOException {
        same(Path.of("docs/catalogue.md"), Catalogue.markdown(Roadmap.checks()));
    }

    @Test
    void thePermissionsAreThoseOfTheFactKinds() throws IOException {
        same(Path.of("docs/permissions.md"), Permissions.markdown(Roadmap.checks()));
    }

    @Test
    void theAppRolesToGrantAreThoseOfTheFactKinds() throws IOException {
        same(Path.of("infra/graph-app-roles.json"), Permissions.appRoles());
    }

    @Test
    void theCompliancePageIsTheOneOfTheTable() throws IOException {
        same(Path.of("docs/compliance.md"), CompliancePage.markdown(Roadmap.checks()));
    }

    private static void same(Path file, String expected) throws IOException {
        if ("write".equals(System.getProperty("generated"))) {
            Files.writeString(file, expected);
        }
        assertThat(file).hasContent(expected);
    }
}
