package dev.parc.desk;

import static dev.parc.browser.ServedPage.DONE;
import static dev.parc.browser.ServedPage.field;
import static dev.parc.browser.ServedPage.statement;
import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.parc.browser.Chromium;
import dev.parc.browser.ServedPage;
import dev.parc.browser.Tab;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deciding on the page that {@code parc serve} serves, in a browser. */
class DecideInBrowserTest {

    private static final String HOSTILE =
            "\"'><script>document.title='run'</script><img src=x onerror=alert(1)>&amp;{{7*7}}";

    private static DemoServing demo;
    private Tab tab;
    private ServedPage page;

    @BeforeAll
    static void start() throws Exception {
        demo = new DemoServing();
    }

    @AfterAll
    static void stop() throws Exception {
        demo.close();
    }

    @BeforeEach
    void openTab() {
        tab = Chromium.tab().screen(1280, 800).media("light", "screen");
        page = new ServedPage(tab, demo.address());
    }

    @AfterEach
    void closeTab() {
        tab.close();
    }

    private JsonNode kept(String path, String list) throws Exception {
        return json(demo.client().get("/api/" + path)).path(list);
    }

    private JsonNode attestation(String key) throws Exception {
        return StreamSupport.stream(kept("attestations", "statements").spliterator(), false)
                .filter(one -> (one.path("checkId").asText() + "."
                                + one.path("statement").asInt())
                        .equals(key))
                .map(one -> one.path("attestation"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anAttestationIsMadeSeenAndTakenBack(boolean script) throws Exception {
        if (!script) {
            tab.withoutScript();
        }
        page.open();
        String key = page.unattested();
        tab.value(statement(key) + ".closest('details').open = true");
        if (!script) {
            tab.value(statement(key) + ".querySelector('[name=attest]').click()");
        }
        page.fill(field(key + ".by"), "Ann Lee");
        page.fill(field(key + ".evidence"), "https://wiki.contoso.com/1");
        page.fill(field(key + ".note"), HOSTILE);
        page.fillDay(field(key + ".until"));
        tab.leading(() -> tab.press("Enter"));

        assertThat(tab.text(DONE)).startsWith("1 statement attested.");
        assertThat(tab.text(statement(key) + ".textContent"))
                .contains("Attested by Ann Lee, recorded by this machine", HOSTILE);
        assertThat(tab.text("document.title")).startsWith("Demo: PARC report");
        assertThat(attestation(key).path("by").asText()).isEqualTo("Ann Lee, recorded by this machine");
        assertThat(attestation(key).path("note").asText()).isEqualTo(HOSTILE);

        tab.leading(() -> tab.value(statement(key) + ".querySelector('button.back').click()"));
        assertThat(tab.text(DONE)).startsWith("1 decision taken back.");
        assertThat(tab.text(statement(key) + ".textContent"))
                .contains("Not attested any more", "taken back by this machine");
        assertThat(tab.text(field(key + ".by") + ".value"))
                .as("prefilled from last time")
                .isEqualTo("Ann Lee");
        assertThat(attestation(key).path("withdrawnBy").asText()).isEqualTo("this machine");
        assertThat(tab.complaints()).isEmpty();
    }

    /** The name and the day for all that are ticked are said once. */
    @Test
    void severalStatementsAreAttestedTogether() throws Exception {
        page.open();
        tab.value("const form = document.querySelector('#statements-S4 form');"
                + " form.closest('details').open = true;"
                + " form.querySelectorAll('.statement input:not([type=hidden], [type=checkbox])').forEach(it => it.value = '');"
                + " form.querySelectorAll('[name=attest]').forEach(it => it.click())");
        int ticked = tab.value("document.querySelectorAll('#statements-S4 [name=attest]:checked').length")
                .asInt();
        page.fill("document.querySelector('#statements-S4 [name=\"all.by\"]')", "Ben");
        page.fillDay("document.querySelector('#statements-S4 [name=\"all.until\"]')");
        tab.leading(() -> tab.value("document.querySelector('#statements-S4 .send button').click()"));

        assertThat(ticked).isGreaterThan(2);
        assertThat(tab.text(DONE)).startsWith(ticked + " statements attested.");
        assertThat(tab.text("document.querySelector('#statements-S4 summary').textContent"))
                .isEqualTo("Stage 4: " + ticked + " of " + ticked + " statements attested");
    }

    @Test
    void whatCannotBeKeptIsSaidAndWhatWasTypedStays() {
        page.open();
        String key = page.unattested();
        page.fill(field(key + ".by"), HOSTILE);
        page.fill(field(key + ".evidence"), "https://user:x@contoso.com/");
        page.fillDay(field(key + ".until"));
        tab.leading(() -> tab.press("Enter"));

        assertThat(tab.text("document.querySelector('.problem').textContent"))
                .contains(key)
                .contains("the evidence must be a link");
        assertThat(tab.text(field(key + ".by") + ".value")).isEqualTo(HOSTILE);
        assertThat(tab.axe()).isEmpty();
        page.fill(field(key + ".evidence"), "https://contoso.com/");
        tab.leading(() -> tab.press("Enter"));
        assertThat(tab.text(DONE)).startsWith("1 statement attested.");
        assertThat(tab.text(statement(key) + ".textContent")).contains("Attested by " + HOSTILE);
        // the browser itself tells that a page answered 400
        assertThat(tab.complaints()).allMatch(line -> line.contains("400"));
    }

    /** Whoever's page is older does not overwrite what somebody else said. */
    @Test
    void whatHasChangedMeanwhileIsNotOverwritten() throws Exception {
        page.open();
        String key = page.unattested();
        page.fill(field(key + ".by"), "Ann");
        page.fillDay(field(key + ".until"));
        String item = key.substring(0, key.indexOf('.'));
        String tag = demo.client()
                .get("/api/attestations/" + item + "?statement=" + key.substring(item.length() + 1))
                .headers()
                .firstValue("ETag")
                .orElse("");
        assertThat(demo.client()
                        .send(
                                "PUT",
                                "/api/attestations/" + item + "?statement=" + key.substring(item.length() + 1),
                                "{\"validUntil\":\"" + tab.text(field(key + ".until") + ".value") + "\",\"by\":\"Cy\"}",
                                tag.isEmpty() ? "If-None-Match" : "If-Match",
                                tag.isEmpty() ? "*" : tag)
                        .statusCode())
                .isEqualTo(200);
        tab.leading(() -> tab.value("document.querySelector('[value=\"" + key + "\"]').form.requestSubmit()"));

        assertThat(tab.text("document.querySelector('.problem').textContent")).contains("has changed");
        assertThat(tab.text("document.querySelector('main').textContent")).contains("What you typed", "Ann");
        assertThat(attestation(key).path("by").asText()).startsWith("Cy");
    }

    @Test
    void findingsAreAcceptedUntilADayAndTakenBack() throws Exception {
        page.open();
        tab.value("document.querySelector('#S1-06').open = true; document.querySelector('#S1-06 .accept').open = true;"
                + " document.querySelectorAll('#S1-06 [name=subject]').forEach((it, at) => at < 2 && it.click())");
        List<String> subjects =
                tab.texts("[...document.querySelectorAll('#S1-06 [name=subject]:checked')].map(it => it.value)");
        assertThat(subjects).hasSize(2);
        String form = "document.querySelector('#accept-S1-06 [name=";
        page.fill(form + "owner]')", "Tariq");
        page.fill(form + "reason]')", HOSTILE);
        page.fillDay(form + "until]')");
        tab.leading(() -> tab.value("document.querySelector('#accept-S1-06 .send button').click()"));

        assertThat(tab.text(DONE)).startsWith("2 findings accepted.");
        List<JsonNode> waivers = new ArrayList<>();
        kept("waivers?check=S1-06", "waivers").forEach(waivers::add);
        assertThat(waivers)
                .extracting(one -> one.path("subjectId").asText())
                .containsExactlyInAnyOrderElementsOf(subjects);
        assertThat(waivers).allSatisfy(one -> {
            assertThat(one.path("by").asText()).isEqualTo("this machine");
            assertThat(one.path("reason").asText()).isEqualTo(HOSTILE);
        });
        assertThat(tab.value("document.querySelectorAll('#S1-06 [name=subject]').length")
                        .asInt())
                .as("what is accepted needs no box")
                .isEqualTo(tab.value("document.querySelectorAll('#S1-06 .findings tbody tr').length")
                                .asInt()
                        - 2);
        for (int i = 0; i < 2; i++) {
            tab.leading(() -> tab.value("document.querySelector('button.back[value^=\"waiver:S1-06\"]').click()"));
        }
        assertThat(kept("waivers?check=S1-06", "waivers"))
                .allMatch(one -> one.path("state").asText().equals("WITHDRAWN"));
    }

    @Test
    void anAccountIsFollowedAndCategorised() throws Exception {
        page.open();
        tab.leading(() -> tab.value("document.querySelector('.roster tbody th a.besides').click()"));
        String id = tab.text("document.querySelector('dl.one code').textContent");

        assertThat(tab.text("document.querySelector('dl.one').textContent"))
                .contains("Roles and their paths", "MFA", "Gets in");
        assertThat(tab.text("document.querySelector('dl.one a.portal').href"))
                .startsWith("https://entra.microsoft.com/")
                .endsWith(id);
        assertThat(tab.axe()).isEmpty();
        tab.value(field("category") + ".value = 'SHARED'");
        page.fill(field("reason"), HOSTILE);
        tab.leading(() -> tab.press("Enter"));
        assertThat(tab.text(DONE)).startsWith("1 account categorised.");
        assertThat(tab.text("location.pathname")).isEqualTo("/api/report/accounts/" + id);
        assertThat(json(demo.client().get("/api/accounts/" + id + "/category"))
                        .at("/operatorCategory/by")
                        .asText())
                .isEqualTo("this machine");
        tab.leading(() -> tab.value("document.querySelector('button.back').click()"));
        assertThat(tab.text("document.querySelector('#category ~ .panel').textContent"))
                .contains("No category on record.");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void aNewAdministratorIsAcknowledgedAndTakenBack() throws Exception {
        page.open();
        int open = kept("acknowledgements", "open").size();
        tab.value("document.querySelector('#acknowledge [name=key]').click()");
        page.fill("document.querySelector('#acknowledge [name=reason]')", HOSTILE);
        tab.leading(() -> tab.press("Enter"));

        assertThat(tab.text(DONE)).startsWith("1 new administrator acknowledged.");
        assertThat(kept("acknowledgements", "open")).hasSize(open - 1);
        tab.leading(() -> tab.value("document.querySelector('button.back[value^=\"acknowledgement\"]').click()"));
        assertThat(kept("acknowledgements", "open")).hasSize(open);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aRunIsStartedAndWatched(boolean script) throws Exception {
        if (!script) {
            tab.withoutScript();
        }
        page.open();
        tab.leading(() -> tab.value("document.querySelector('#run [value=BG]').click()"));
        assertThat(tab.text("location.pathname")).startsWith("/api/report/runs/");
        String run = tab.text("location.pathname.split('/').pop()");
        Client.awaitTrue(() -> tab.text("document.readyState + document.getElementById('state')?.textContent")
                .startsWith("completeDone"));

        assertThat(tab.text("document.querySelector('main').textContent"))
                .contains("The run of Break glass", "by this machine", "Open the report");
        assertThat(json(demo.client().get("/api/runs/" + run))
                        .path("requestedBy")
                        .asText())
                .isEqualTo("this machine");
        if (script) {
            assertThat(tab.axe()).isEmpty();
        }
        assertThat(tab.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "390, light"})
    void thePageIsAccessible(int width, String scheme) {
        tab.screen(width, 800).media(scheme, "screen");
        page.open();
        tab.value("document.querySelectorAll('.decide details, #S1-06, #S1-06 details').forEach(it => it.open = true)");

        assertThat(tab.axe()).isEmpty();
        assertThat(tab.value("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
        assertThat(tab.complaints()).isEmpty();
        assertThat(tab.requests())
                .filteredOn(address -> !address.startsWith("data:")) // the browser's own picture of a calendar
                .containsExactly(demo.address() + "/api/report");
    }

    /** From the top of the page to a kept attestation, and nothing but keys. */
    @Test
    void theKeyboardAloneWillDo() throws Exception {
        page.open();
        String key = page.attestByKeys("S3", "Ann");

        assertThat(tab.text(DONE)).startsWith("1 statement attested.");
        assertThat(tab.text("document.activeElement.id"))
                .as("what was done is read out")
                .isEqualTo("done");
        assertThat(attestation(key).path("by").asText()).startsWith("Ann");
    }

    /** A page of another site, on another port of this machine, posts the form with a token that it made up, and without. */
    @Test
    void aForgedPostOfAnotherSiteIsRefused() throws Exception {
        page.open();
        String key = page.unattested();
        byte[] forged = """
                <form method="post" action="%s/api/report"><input name="token" value="%s"><input name="do" value="attest">
                <input name="attest" value="%s"></form>""".formatted(demo.address(), "0".repeat(64), key).getBytes(StandardCharsets.UTF_8);
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, forged.length);
            exchange.getResponseBody().write(forged);
            exchange.close();
        });
        other.start();
        try {
            tab.open("http://localhost:" + other.getAddress().getPort() + "/");
            tab.leading(() -> tab.value("document.forms[0].submit()"));
            assertThat(tab.text("document.querySelector('.problem').textContent"))
                    .contains("Pages of other sites cannot change anything here");
            assertThat(attestation(key).path("by").asText()).isEmpty();
        } finally {
            other.stop(0);
        }
    }
}
