package dev.parc.report.html;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.explain.Explainer;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.NamedObject;
import dev.parc.check.AzureBuilder;
import dev.parc.check.Outcome;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.report.SampleRun;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdministratorsSectionTest {

    private static final Account ADA = account("ada@contoso.com");
    private static final Account BOB = account("bob@contoso.com");

    @Test
    void eachAdministratorHasItsRolesItsWayPastMfaAndItsLastSignIn() {
        Document page = page(tenant().globalAdmin(ADA)
                .group("exchange", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .member("exchange", ADA)
                .group("owned", DirectoryRole.SHAREPOINT_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("owned", ADA, GroupGrant.Access.OWNER, AssignmentKind.PERMANENT)
                .signedIn(ADA, 3)
                .policy(policy("MFA").notForUser(ADA.id()).build()));

        Element row = page.expectFirst(".roster tbody tr");
        assertThat(row.expectFirst("th").text()).contains("ada@contoso.com", ADA.id());
        assertThat(row.select("td").get(0).text()).contains("used for administration only", "(to be confirmed)");
        assertThat(row.select("td").get(3).text())
                .contains("without a phone: it may be locked out: what it has registered was not read");
        assertThat(row.select("td").get(1).select("li").eachText())
                .containsExactly(
                        "Global Administrator: permanent, directly",
                        "Exchange Administrator: eligible, through group 'exchange'",
                        "could become SharePoint Administrator: as owner of group 'owned'");
        assertThat(row.expectFirst(".badge").text()).isEqualTo("✕ Uncovered");
        assertThat(row.select("td").get(2).text()).contains("Windows, browser", "because 'MFA' excludes the account");
        assertThat(row.expectFirst("time").text()).isEqualTo("29 Aug 2026");
    }

    @Test
    void whatWouldLockAnAdministratorOutIsTold() {
        Document page = page(tenant().globalAdmin(ADA)
                .globalAdmin(BOB)
                .inGroups(ADA)
                .inGroups(BOB)
                .registered(ADA, "microsoftAuthenticatorPush")
                .registered(BOB, "fido2SecurityKey")
                .authenticationMethods("Fido2", "MicrosoftAuthenticator"));
        assertThat(page.select(".roster tr:has(bdi:containsOwn(ada)) td:nth-child(5)")
                        .text())
                .startsWith(
                        "without a phone: it is locked out: Microsoft's mandatory MFA for admin portals asks for MFA");
        assertThat(page.select(".roster tr:has(bdi:containsOwn(bob)) td:nth-child(5)")
                        .text())
                .isEqualTo("not locked out: without a managed device, without a phone");
    }

    @Test
    void rolesInAzureStandBesideTheOthersAndWhatIsMissingOfThemIsSaidOnce() {
        TenantBuilder tenant = tenant().globalAdmin(ADA).globalAdmin(BOB);
        Document page = page(AzureBuilder.in(tenant)
                .subscription("Production")
                .holder(
                        ADA,
                        AzureRole.OWNER,
                        "/subscriptions/" + AzureBuilder.named("Production").id(),
                        AssignmentKind.ELIGIBLE)
                .build());
        assertThat(page.select(".roster tr:has(bdi:containsOwn(ada)) td:nth-child(3) li")
                        .eachText())
                .containsExactly(
                        "Global Administrator: permanent, directly",
                        "Owner in Azure: eligible, directly, on subscription 'Production'");
        assertThat(page.select(".roster > p").eachText()).noneMatch(text -> text.contains("Azure"));

        Document unread = page(
                tenant().globalAdmin(ADA).globalAdmin(BOB).unread(FactKind.AZURE_ROLE_ASSIGNMENTS, "403 from Azure"));
        assertThat(unread.select(".roster > p").eachText())
                .contains("Roles in Azure are incomplete: " + FactKind.AZURE_ROLE_ASSIGNMENTS.title()
                        + ": 403 from Azure");
    }

    @Test
    void theUncoveredComeFirstAndAreCounted() {
        Account spare = account("a-spare@contoso.onmicrosoft.com");
        Document page = page(tenant().globalAdmin(ADA)
                .globalAdmin(BOB)
                .globalAdmin(spare)
                .emergency(spare.signInName())
                .policy(policy("MFA")
                        .notForUser(BOB.id())
                        .notForUser(spare.id())
                        .build()));

        assertThat(page.select(".roster .badge").eachText())
                .containsExactly("✕ Uncovered", "! Uncovered, emergency account", "✓ Covered");
        assertThat(page.select(".roster tbody tr th bdi").eachText())
                .containsExactly("bob@contoso.com", "a-spare@contoso.onmicrosoft.com", "ada@contoso.com");
        assertThat(page.select(".roster > p").text())
                .isEqualTo("1 of 3 can sign in without MFA, not counting designated emergency accounts."
                        + " 3 hold a highly privileged role or can activate one.");
        assertThat(page.select(".roster td").text()).contains("by MFA");
    }

    @Test
    void theSectionStandsBelowTheItems() {
        Document page = page(tenant().globalAdmin(ADA));

        assertThat(page.select("main > section").eachAttr("aria-labelledby"))
                .containsSubsequence("standing", "answers", "administrators", "requests");
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    }

    @Test
    void withoutFactsTheSectionIsLeftOut() {
        Document page = Jsoup.parse(
                new HtmlReport(id -> Optional.empty()).html(ReportInput.of(SampleRun.of("live", "x", List.of()))));

        assertThat(page.select("#administrators, .roster")).isEmpty();
    }

    @Test
    void whatCouldNotBeReadIsSaidOnceAndNeverTakenForCovered() {
        Document page = page(tenant().globalAdmin(ADA)
                .globalAdmin(BOB)
                .policy(policy("MFA").build())
                .unread(FactKind.GROUP_MEMBERSHIPS, "grant GroupMember.Read.All")
                .unread(FactKind.SIGN_INS, "grant AuditLog.Read.All"));

        assertThat(page.select(".roster .reasons li").eachText())
                .containsExactly(
                        "administrators' last sign-ins: grant AuditLog.Read.All",
                        "administrators' membership of groups that Conditional Access names: grant"
                                + " GroupMember.Read.All");
        assertThat(page.select(".roster .badge").eachText()).containsExactly("○ Not assessed", "○ Not assessed");
        assertThat(page.select(".roster tbody").text())
                .contains("unknown see \"What could not be read\" above")
                .doesNotContain("grant");
    }

    @Test
    void thousandsStayUsable() {
        TenantBuilder many = tenant();
        for (int number = 0; number < 2_345; number++) {
            many.globalAdmin("admin" + number + "@contoso.com");
        }
        Document page = page(many);

        assertThat(page.select(".roster tbody tr")).hasSize(2_345);
        assertThat(page.select(".roster tbody tr:not(.later)")).hasSize(DataTable.SHOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'</li></table><b onclick=x>"})
    void aNameFromTheTenantStaysText(String name) {
        Document page = page(tenant().group(name, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .member(name, account(name))
                .policy(policy(name).notForUser(account(name).id()).build())
                .gap(FactKind.PIM_POLICIES, name)
                .unread(FactKind.SIGN_INS, name));

        assertThat(page.select("script:not(body > script), img, [onclick], [onerror]"))
                .isEmpty();
        assertThat(page.expectFirst(".roster th > bdi").text()).isEqualTo(name);
        assertThat(page.expectFirst(".roster td li").text()).contains("through group '" + name + "'");
        assertThat(page.select(".roster td p").text()).contains("'" + name + "' excludes the account");
        assertThat(page.select(".roster .reasons").text()).contains(name);
    }

    @Test
    void aNameThatReordersTheLineIsSpeltOut() {
        assertThat(page(tenant().globalAdmin("a\u202Eb\u0000"))
                        .expectFirst(".roster th > bdi")
                        .text())
                .isEqualTo("a[U+202E]b[U+0000]");
    }

    private static Document page(TenantBuilder tenant) {
        Assessment run = SampleRun.of("live", "Contoso", List.of(SampleRun.result("S1-04", Outcome.FAIL)));
        AdministratorInventory inventory = new AdministratorInventory(
                run.runId(),
                run.takenAt(),
                new Explainer(tenant.facts()).administrators(),
                NamedObject.of(tenant.facts()));
        return Jsoup.parse(
                new HtmlReport(id -> Optional.empty()).html(ReportInput.of(run).with(inventory)));
    }
}
