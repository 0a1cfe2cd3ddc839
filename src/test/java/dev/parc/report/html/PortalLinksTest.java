package dev.parc.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.explain.ExplainedAdministrators;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.NamedObject;
import dev.parc.check.SubjectType;
import dev.parc.report.portal.Cloud;
import dev.parc.report.portal.Portals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class PortalLinksTest {

    private static final String POLICY = "0a000000-0000-4000-8000-000000000001";
    private static final String GROUP = "0a000000-0000-4000-8000-000000000002";
    private static final String OTHER = "0a000000-0000-4000-8000-000000000003";
    private static final String TENANT = "0a000000-0000-4000-8000-0000000000ff";

    private static Element told(String sentence, NamedObject... named) {
        PortalLinks places = new PortalLinks(
                Portals.of(Cloud.PUBLIC, TENANT),
                Optional.of(new AdministratorInventory(
                        "run", Instant.EPOCH, new ExplainedAdministrators(List.of(), List.of()), List.of(named))));
        return Jsoup.parseBodyFragment(places.in(sentence).markup()).body();
    }

    private static NamedObject policy(String id, String name) {
        return new NamedObject(SubjectType.POLICY, id, name);
    }

    @Test
    void aNameInQuotesLeadsToItsPlaceAndTheSentenceStaysAsItIs() {
        String sentence = "'MFA' leaves out group 'Tier 0' and 'MFA'; MFA is not asked for";
        Element told = told(sentence, policy(POLICY, "MFA"), new NamedObject(SubjectType.GROUP, GROUP, "Tier 0"));

        assertThat(told.text()).isEqualTo(sentence);
        assertThat(told.select("a.portal").eachText()).containsExactly("MFA", "Tier 0", "MFA");
        assertThat(told.select("a.portal").eachAttr("href"))
                .allMatch(address -> address.startsWith("https://entra.microsoft.com/" + TENANT))
                .satisfiesExactly(
                        first -> assertThat(first).endsWith(POLICY),
                        group -> assertThat(group).endsWith(GROUP),
                        again -> assertThat(again).endsWith(POLICY));
    }

    @Test
    void aSignInNameNeedsNoQuotes() {
        Element told = told(
                "is owned by ada@contoso.com, by bob@contoso.com.",
                new NamedObject(SubjectType.USER, OTHER, "bob@contoso.com"));

        assertThat(told.text()).isEqualTo("is owned by ada@contoso.com, by bob@contoso.com.");
        assertThat(told.select("a.portal").eachText()).containsExactly("bob@contoso.com");
    }

    @Test
    void anApplicationIsLinkedWhereTheSentenceCallsItSo() {
        String sentence = "Windows, browser, to application Lab Notebook; Lab Notebook 2 is none, application Lab is";
        Element told = told(
                sentence,
                new NamedObject(SubjectType.SERVICE_PRINCIPAL, GROUP, "Lab"),
                new NamedObject(SubjectType.SERVICE_PRINCIPAL, OTHER, "Lab Notebook"));

        assertThat(told.text()).isEqualTo(sentence);
        assertThat(told.select("a.portal").eachText()).containsExactly("Lab Notebook", "Lab");
        assertThat(told.select("a.portal").eachAttr("href")).first().asString().contains(OTHER);
    }

    @Test
    void whatTwoThingsAreCalledLeadsToNeither() {
        assertThat(told("'MFA' is on", policy(POLICY, "MFA"), policy(OTHER, "MFA"))
                        .select("a"))
                .isEmpty();
        assertThat(told("'MFA' is on", policy(POLICY, "MFA"), policy(POLICY, "MFA"))
                        .select("a"))
                .hasSize(1);
    }

    /** Whose quote is whose cannot be told then; a link may be missing, and none is wrong. */
    @Test
    void apostrophesDoNotHideWhatFollows() {
        assertThat(told("PARC's identity is not in 'MFA'", policy(POLICY, "MFA"))
                        .select("a")
                        .eachText())
                .containsExactly("MFA");
        assertThat(told("'Ann's MFA' is on", policy(POLICY, "Ann's MFA")).select("a"))
                .isEmpty();
    }

    @Test
    void aHostileNameIsTextAndAnOddIdHasNoPlace() {
        String hostile = "<img src=x onerror=alert(1)>\"&amp;";
        Element told = told("'" + hostile + "' is on, 'x' too", policy(POLICY, hostile), policy("../../x", "x"));

        assertThat(told.select("a.portal").eachText()).containsExactly(hostile);
        assertThat(told.select("img")).isEmpty();
        assertThat(told.text()).isEqualTo("'" + hostile + "' is on, 'x' too");
    }
}
