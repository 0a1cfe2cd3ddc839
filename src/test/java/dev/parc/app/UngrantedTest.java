package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.check.Verdict;
import dev.parc.collect.Collected;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.tenant.LiveTenant;
import dev.parc.collect.tenant.LiveTenants;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.roadmap.Roadmap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A run before PARC's identity is granted anything of Microsoft Graph: it asks Azure alone, and no token is fetched. */
class UngrantedTest {

    private final LiveTenant tenant = LiveTenants.ungranted(FakeTenant.ofSize(3, 5), GraphTokens.WITHHELD);

    private Collected collected() {
        return tenant.collect(FactKind.OF_TENANT, Designations.NONE, phrase -> {});
    }

    @Test
    void azureIsReadAndNothingOfMicrosoftGraph() {
        Collected collected = collected();

        assertThat(collected.graph()).isZero();
        assertThat(collected.arm()).isPositive();
        Facts facts = collected.facts();
        assertThat(facts.reading(FactKind.AZURE_SUBSCRIPTIONS)).isInstanceOf(Reading.Read.class);
        // nobody names a group of exposed users here, and of groups nothing is asked as long as no holder of a role is
        // known
        assertThat(FactKind.OF_TENANT.stream()
                        .filter(kind -> kind.azureRole().isEmpty()
                                && facts.gapsOf(kind).findAny().isEmpty())
                        .map(FactKind::name))
                .containsExactlyInAnyOrder(
                        "EXPOSED_GROUP",
                        "GROUP_MEMBERS",
                        "PIM_GROUP_ASSIGNMENTS",
                        "PIM_GROUP_ELIGIBILITIES",
                        "PIM_GROUP_POLICIES");
    }

    @Test
    void itemsThatNeedNoMicrosoftGraphAreAnsweredAndTheOthersSayWhy() {
        Facts facts = collected()
                .facts()
                .with(FactKind.OWN.stream()
                        .collect(Collectors.toMap(kind -> kind, kind -> new Reading.Read(List.of(), List.of()))));

        Set<String> answered = new TreeSet<>();
        for (Check check : Roadmap.checks()) {
            String id = Check.card(check).id();
            Verdict verdict = Assessor.assess(check, facts);
            if (verdict.outcome() != Outcome.NOT_ASSESSED) {
                answered.add(id);
            } else {
                assertThat(String.join(" ", verdict.reasons())).as(id).contains(GraphTokens.WITHHELD);
            }
            if (Assessor.decidedBy(check).stream()
                    .anyMatch(kind -> kind.azureRole().isEmpty() && FactKind.OF_TENANT.contains(kind))) {
                assertThat(verdict.outcome()).as(id).isNotIn(Outcome.PASS, Outcome.NOT_APPLICABLE);
            }
        }
        assertThat(answered).contains("S2-19", "S2-21", "S3-05", "S3-11");
    }

    @Test
    void whatIsHeldIsKnownToBeNothing() {
        assertThat(tenant.permissions()).contains(Set.of());
        assertThat(tenant.awaited()).isEmpty();
        assertThat(tenant.id()).isEqualTo(FakeTenant.TENANT_ID);
    }
}
