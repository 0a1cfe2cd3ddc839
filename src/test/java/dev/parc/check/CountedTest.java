package dev.parc.check;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parc.assessment.Assessor;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.roadmap.Roadmap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CountedTest {

    private static final String TEMPLATE = "%d of %d [account|accounts] [1:looks|look] unneeded";

    /** One of something, with no other number that the noun could follow. */
    private static final Pattern ONE_OF_MANY = Pattern.compile(
            "(?<![\\d.,])1 (?!of )(?:(?!of |and |that |who |are |is |in |holds )[\\w'-]+ ){0,4}?(accounts|administrators"
                    + "|applications|assignments|categories|days|devices|findings|groups|holders|hours|machines|members|policies"
                    + "|reviews|roles|statements|subscriptions|users)\\b");

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1 of 1 account looks unneeded",
        "1, 5, 1 of 5 accounts looks unneeded",
        "5, 5, 5 of 5 accounts look unneeded",
        "0, 5, 0 of 5 accounts look unneeded"
    })
    void theNounGoesByTheNumberBeforeItAndTheVerbByTheOneThatIsNamed(int some, int all, String said) {
        assertThat(Counted.say(TEMPLATE, some, all)).isEqualTo(said);
    }

    @Test
    void allOfOneIsTheOnlyOne() {
        assertThat(Counted.say("all %d [account|accounts] [is|are] enabled", 1))
                .isEqualTo("the only account is enabled");
        assertThat(Counted.say("all %d [account|accounts] [is|are] enabled", 2))
                .isEqualTo("all 2 accounts are enabled");
        assertThat(Counted.say("all %d of them", 1)).isEqualTo("all 1 of them");
    }

    @Test
    void whatStandsInTheTextsIsNoTemplate() {
        assertThat(Counted.say("by %s, of %d [account|accounts]", "[a|b] %d $1", 1L))
                .isEqualTo("by [a|b] %d $1, of 1 account");
    }

    @Test
    void aFormWithoutANumberIsAFault() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Counted.say("[account|accounts] %d", 1));
    }

    /** One administrator, one group, one policy, one of all else. */
    private static Facts ofOnes() {
        Account ann = account("ann@contoso.com");
        return tenant().holder(ann, dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .inGroups(ann)
                .signedIn(ann, 200)
                .registered(ann, false)
                .usedNoMicrosoft365(ann)
                .policy(policy("MFA").notForGroup("exempt").build())
                .excludedGroup("exempt", account("kim@contoso.com"))
                .application("Lab")
                .microsoft365()
                .nothingAttested()
                .facts();
    }

    static Stream<Facts> tenants() {
        SnapshotTenant demo = SnapshotTenant.demo();
        return Stream.of(
                demo.collect(FactKind.OF_TENANT, demo.designations(), phrase -> {})
                        .facts()
                        .with(Map.of(FactKind.ATTESTATIONS, new Reading.Read(List.of(), List.of()))),
                GoodTenant.build().facts(),
                GoodTenant.asMicrosoftSays().nothingAttested().facts(),
                ofOnes());
    }

    @ParameterizedTest
    @MethodSource("tenants")
    void nothingThatIsSaidHasOneOfMany(Facts facts) {
        for (Check check : Roadmap.checks()) {
            Verdict verdict = Assessor.assess(check, facts);
            Stream.concat(
                            Stream.of(verdict.summary()),
                            verdict.findings().stream().map(Finding::message))
                    .forEach(said -> assertThat(ONE_OF_MANY.matcher(said).find())
                            .as(Check.card(check).id() + ": " + said)
                            .isFalse());
        }
    }
}
