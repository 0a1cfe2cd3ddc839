package dev.parc.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parc.check.Check;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ComplianceTest {

    private static final Map<String, Pattern> SHAPES = Map.of(
            "cis", Pattern.compile("\\d+(\\.\\d+){2,3}"),
            "scuba", Pattern.compile("MS\\.AAD\\.\\d\\.\\dv\\d"),
            "attack", Pattern.compile("T1\\d{3}(\\.0\\d{2})?|M10\\d{2}"),
            "csf", Pattern.compile("(GV|ID|PR|DE|RS|RC)\\.[A-Z]{2}-\\d{2}"));

    private static JsonNode table() throws IOException {
        try (InputStream resource = Compliance.class.getResourceAsStream("compliance.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(resource));
        }
    }

    @Test
    void everyFrameworkIsNamedWithItsVersion() {
        assertThat(Compliance.frameworks())
                .extracting(Compliance.Framework::inWords)
                .containsExactly(
                        "CIS Microsoft 365 Foundations Benchmark 6.0.0",
                        "CISA SCuBA baseline for Microsoft Entra ID ScubaGear 1.8.0",
                        "MITRE ATT&CK, Enterprise 18",
                        "NIST Cybersecurity Framework 2.0");
        assertThat(Compliance.frameworks())
                .allSatisfy(framework -> assertThat(framework.url()).startsWith("https://"));
    }

    @Test
    void everyIdHasTheShapeOfItsFramework() throws IOException {
        for (JsonNode framework : table().path("frameworks")) {
            Pattern shape =
                    Objects.requireNonNull(SHAPES.get(framework.path("id").textValue()));
            framework
                    .path("references")
                    .properties()
                    .forEach(reference -> assertThat(reference.getKey()).matches(shape));
        }
    }

    @Test
    void itemsNameListedReferencesOfKnownFrameworksOnceEach() throws IOException {
        Set<String> ids =
                Roadmap.checks().stream().map(check -> Check.card(check).id()).collect(Collectors.toSet());
        table().path("items").properties().forEach(item -> {
            assertThat(ids).contains(item.getKey());
            item.getValue().properties().forEach(framework -> {
                assertThat(SHAPES).containsKey(framework.getKey());
                List<String> named = StreamSupport.stream(framework.getValue().spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList();
                assertThat(named).isNotEmpty().doesNotHaveDuplicates();
                assertThat(Compliance.of(item.getKey()).stream()
                                .filter(it -> it.framework().id().equals(framework.getKey()))
                                .map(Compliance.Reference::id))
                        .isEqualTo(named);
            });
        });
    }

    @Test
    void everyListedReferenceIsUsed() throws IOException {
        for (JsonNode framework : table().path("frameworks")) {
            framework
                    .path("references")
                    .properties()
                    .forEach(reference ->
                            assertThat(usedOf(framework)).as(reference.getKey()).contains(reference.getKey()));
        }
    }

    private static Set<String> usedOf(JsonNode framework) {
        return Compliance.frameworks().stream()
                .filter(it -> it.id().equals(framework.path("id").textValue()))
                .flatMap(it -> Compliance.references(it).stream())
                .map(Compliance.Reference::id)
                .collect(Collectors.toSet());
    }

    @Test
    void linksLeadToWhatIsMeant() {
        assertThat(Compliance.of("S1-06"))
                .extracting(Compliance.Reference::id, Compliance.Reference::link)
                .contains(
                        tuple("T1078.004", "https://attack.mitre.org/techniques/T1078/004/"),
                        tuple("M1032", "https://attack.mitre.org/mitigations/M1032/"),
                        tuple(
                                "MS.AAD.3.2v1",
                                "https://github.com/cisagov/ScubaGear/blob/main/PowerShell/ScubaGear/baselines/aad.md#msaad32v1"));
    }

    @Test
    void whatHasNoClearCorrespondenceHasNone() {
        assertThat(Compliance.of("S2-02")).isEmpty();
        assertThat(Compliance.of("S9-99")).isEmpty();
    }
}
