package dev.parc.report.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.recording.PublishedWords;
import dev.parc.report.CostPage;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    @Test
    void theWordsThatRedactionKeepsAreThoseOfTheSdkAndOfPARC() throws IOException {
        same(PublishedWords.FILE, PublishedWords.text());
    }

    /** The bounds that a unit keeps, whatever is read for it; users cost nothing. */
    @Test
    void theCostIsTheOneMeasuredAndWithinItsBounds() throws IOException {
        Map<String, CostPage.Cost> costs = CostPage.costs();
        same(Path.of("docs/cost.md"), CostPage.markdown(costs));
        assertThat(costs.get("subscription that runs")).satisfies(cost -> {
            assertThat(cost.azure()).isLessThanOrEqualTo(4);
            assertThat(cost.graph()).isZero();
        });
        assertThat(costs.get("workspace that receives logs")).satisfies(cost -> {
            assertThat(cost.azure()).isLessThanOrEqualTo(6);
            assertThat(cost.graph()).isZero();
        });
        assertThat(costs.get("management group")).satisfies(cost -> {
            assertThat(cost.azure()).isLessThanOrEqualTo(2);
            assertThat(cost.graph()).isZero();
        });
        assertThat(costs.get("management group on which somebody holds a role"))
                .satisfies(cost -> assertThat(cost.azure()).isLessThanOrEqualTo(2));
        assertThat(costs.get("hundred users, each with Reader in Azure")).isEqualTo(new CostPage.Cost(0, 0));
    }

    private static void same(Path file, String expected) throws IOException {
        if ("write".equals(System.getProperty("generated"))) {
            Files.writeString(file, expected);
        }
        assertThat(file).hasContent(expected);
    }
}
