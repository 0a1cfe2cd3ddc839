package dev.parc.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.HttpMethod;
import dev.parc.app.CompositionRoot;
import dev.parc.app.DeskHost;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRequest;
import dev.parc.browser.Chromium;
import dev.parc.browser.Tab;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.roadmap.Roadmap;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in Azure, with the headers by which App Service says who is signed in. */
class AzurePageTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String BROWSER = "text/html,application/xhtml+xml";

    @TempDir
    private static Path data;

    private static CompositionRoot parc;
    private static DeskHost.Serving serving;

    @BeforeAll
    static void answerTheDemoTenant() {
        parc = CompositionRoot.Setup.of(
                        Settings.of(Map.of("WEBSITE_AUTH_ENABLED", "True", "PARC_FIX_SECONDS", "0")),
                        SnapshotTenant::demo,
                        tenant -> Stores.files(data, tenant.id()),
                        Roadmap.checks(),
                        Clock.systemUTC())
                .in(CompositionRoot.Place.AZURE)
                .root();
        RunRequest run = parc.runs().request(List.of(), List.of(), Trigger.HTTP);
        parc.runs().begin(run);
        parc.runs().work(RunMessage.of(run), 1, Logger.getAnonymousLogger());
        serving = new ServeHost(Duration.ZERO, Duration.ofSeconds(1)).start(parc, 0, data.resolve("queue"));
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    private static Map<String, String> signedIn(String name, String role) {
        String principal = """
                {"auth_typ":"aad","claims":[{"typ":"oid","val":"0a1b0000-0000-4000-8000-%012d"},\
                {"typ":"preferred_username","val":"%s"},{"typ":"roles","val":"%s"}]}""".formatted(name.length(), name, role);
        return Map.of(
                "X-MS-CLIENT-PRINCIPAL",
                Base64.getEncoder().encodeToString(principal.getBytes(StandardCharsets.UTF_8)));
    }

    private static final Map<String, String> ANN = signedIn("ann@contoso.com", "Operator");
    private static final Map<String, String> BENJAMIN = signedIn("benjamin@contoso.com", "Operator");
    private static final Map<String, String> READER = signedIn("reader@contoso.com", "Reader");

    private static DeskResponse send(
            HttpMethod method, String function, Map<String, String> headers, String body, Map<String, Object> parts) {
        DeskFunction called = ServeHost.functions(() -> parc).stream()
                .filter(one -> one.name().equals(function))
                .findFirst()
                .orElseThrow();
        DeskRequest request = new DeskRequest(
                method,
                URI.create("https://parc.example/api/report"),
                headers,
                Map.of(),
                Optional.of(body).filter(text -> !text.isEmpty()));
        return (DeskResponse) Objects.requireNonNull(called.call(request, parts, (queue, message) -> {}));
    }

    private static Map<String, String> and(Map<String, String> headers, String... more) {
        Map<String, String> all = new HashMap<>(headers);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    /** A page as a browser has it: its document, and the cookie that came with it. */
    private record Opened(Document page, String cookie, DeskResponse answer) {

        String token() {
            return page.expectFirst("input[name=token]").val();
        }
    }

    private static Opened open(Map<String, String> who) {
        DeskResponse answer = send(HttpMethod.GET, "GetReport", and(who, "Accept", BROWSER), "", Map.of());
        assertThat(answer.getStatusCode()).isEqualTo(200);
        String cookie = Objects.requireNonNull(answer.getHeader("Set-Cookie"));
        return new Opened(Jsoup.parse((String) answer.getBody(), "https://parc.example/api/report"), cookie, answer);
    }

    private static String form(String... fields) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(URLEncoder.encode(fields[i], StandardCharsets.UTF_8) + "="
                    + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return String.join("&", pairs);
    }

    /** Sends a form as a browser does from the page. */
    private static DeskResponse post(Map<String, String> who, String cookie, String form, String... headers) {
        Map<String, String> sent = and(
                who,
                "Content-Type",
                FORM,
                "Origin",
                "https://parc.example",
                "Sec-Fetch-Site",
                "same-origin",
                "Cookie",
                "AppServiceAuthSession=x; " + cookie.split(";", 2)[0]);
        return send(HttpMethod.POST, "DecideInReport", and(sent, headers), form, Map.of());
    }

    @Test
    void aReaderSeesWhatIsDecidedAndHasNoForm() {
        Document page = open(READER).page();

        assertThat(page.select("form[method=post], button.back, input[type=checkbox][form], input[name=token]"))
                .isEmpty();
        assertThat(page.expectFirst("#decide").text()).contains("reader@contoso.com", "who can read");
        assertThat(page.select("div.statement")).isNotEmpty();
        assertThat(page.select(".roster th a.besides").eachText()).containsOnly("Explain");
    }

    @Test
    void theCookieIsTheBrowsersAloneAndThePolicyIsStrict() {
        Opened ann = open(ANN);

        assertThat(ann.cookie()).matches("__Host-parc=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax; Secure");
        assertThat(ann.token())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(ann.cookie().substring(12, 76));
        assertThat(open(ANN).cookie()).isNotEqualTo(ann.cookie());
        DeskResponse again = send(
                HttpMethod.GET,
                "GetReport",
                and(ANN, "Cookie", ann.cookie().split(";", 2)[0], "Accept", BROWSER),
                "",
                Map.of());
        assertThat(again.getHeader("Set-Cookie"))
                .as("a browser that has one keeps it")
                .isNull();
        assertThat(Jsoup.parse((String) again.getBody())
                        .expectFirst("input[name=token]")
                        .val())
                .isEqualTo(ann.token());
        assertThat(ann.answer().getHeader("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("form-action 'self'; connect-src 'self';", "frame-ancestors 'none'", "trusted-types 'none'")
                .doesNotContain("unsafe", "http", "*");
        assertThat(ann.page().select("[onclick], [style], script[src], link, img, iframe"))
                .isEmpty();
        assertThat(ann.answer().getHeader("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(ann.answer().getHeader("Cache-Control")).isEqualTo("no-store");
    }

    private static String[] acceptance(String token) {
        return new String[] {
            "token",
            token,
            "do",
            "accept",
            "at",
            "report",
            "item",
            "S1-06",
            "whole",
            "yes",
            "owner",
            "Tariq",
            "reason",
            "is replaced",
            "until",
            LocalDate.now(ZoneOffset.UTC).plusDays(9).toString()
        };
    }

    @Test
    void aFormThatIsNotOfThisSessionIsRefusedAndNothingIsKept() {
        Opened ann = open(ANN);
        Opened other = open(ANN);
        Opened benjamin = open(BENJAMIN);
        List<?> before = parc.waivers().newest();
        List<DeskResponse> refused = List.of(
                post(ANN, ann.cookie(), form(acceptance(""))),
                post(ANN, ann.cookie(), form(acceptance("0".repeat(64)))),
                post(ANN, ann.cookie(), form(acceptance(other.token()))),
                post(ANN, ann.cookie(), form(acceptance(benjamin.token()))),
                post(BENJAMIN, ann.cookie(), form(acceptance(ann.token()))),
                post(READER, ann.cookie(), form(acceptance(ann.token()))),
                post(ANN, "x=y", form(acceptance(ann.token()))),
                post(ANN, ann.cookie(), form(acceptance(ann.token())), "Sec-Fetch-Site", "cross-site"),
                post(ANN, ann.cookie(), form(acceptance(ann.token())), "Origin", "null"),
                post(ANN, ann.cookie(), form(acceptance(ann.token())), "Origin", "https://evil.example"));

        assertThat(refused).allMatch(answer -> answer.getStatusCode() == 403);
        assertThat(parc.waivers().newest()).isEqualTo(before);
        assertThat(post(Map.of(), ann.cookie(), form(acceptance(ann.token()))).getStatusCode())
                .isEqualTo(401);
        assertThat(post(ANN, ann.cookie(), form(acceptance(ann.token())), "Content-Type", "text/plain")
                        .getStatusCode())
                .isEqualTo(415);
    }

    @Test
    void whatAnOperatorDecidesIsKeptWithTheCallerAndTakenBack() {
        Opened ann = open(ANN);
        DeskResponse done = post(ANN, ann.cookie(), form(acceptance(ann.token())));

        assertThat(done.getStatusCode()).isEqualTo(303);
        assertThat(done.getHeader("Location")).isEqualTo("/api/report?done=accepted&count=1#done");
        assertThat(parc.waivers().find("S1-06").orElseThrow().value().by()).startsWith("ann@contoso.com (");
        Document seen = open(READER).page();
        assertThat(seen.select(".decided-now").text()).contains("is replaced; Tariq is responsible", "ann@contoso.com");

        Opened benjamin = open(BENJAMIN);
        String what = benjamin.page().expectFirst("button.back[value^=waiver]").val();
        assertThat(what).startsWith("waiver:S1-06:");
        DeskResponse back =
                post(BENJAMIN, benjamin.cookie(), form("token", benjamin.token(), "do", "take-back", "what", what));
        assertThat(back.getStatusCode()).isEqualTo(303);
        assertThat(parc.waivers()
                        .find("S1-06")
                        .orElseThrow()
                        .withdrawal()
                        .orElseThrow()
                        .by())
                .startsWith("benjamin@contoso.com (");
        assertThat(post(BENJAMIN, benjamin.cookie(), form("token", benjamin.token(), "do", "take-back", "what", what))
                        .getStatusCode())
                .as("what is gone is not taken back again")
                .isEqualTo(412);
        parc.waivers().newest().forEach(kept -> assertThat(kept.stands()).isFalse());
    }

    @Test
    void withoutSayingWhoTheCallerAttests() {
        Opened ann = open(ANN);
        String key = ann.page().expectFirst("fieldset.statement [name=attest]").val();
        Map<String, String> fields = new LinkedHashMap<>();
        ann.page().select("input[name^=" + key + ".]").forEach(input -> fields.put(input.attr("name"), input.val()));
        fields.put("token", ann.token());
        fields.put("do", "attest");
        fields.put("attest", key);
        fields.put("all.until", LocalDate.now(ZoneOffset.UTC).plusDays(9).toString());
        DeskResponse done = post(
                ANN,
                ann.cookie(),
                form(fields.entrySet().stream()
                        .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                        .toArray(String[]::new)));

        assertThat(done.getStatusCode()).as(String.valueOf(done.getBody())).isEqualTo(303);
        assertThat(parc.attestations().newest())
                .singleElement()
                .extracting(kept -> kept.value().attestation().by())
                .asString()
                .startsWith("ann@contoso.com (")
                .doesNotContain("recorded by");
    }

    /** Whatever is in a field, the answer is one that the API tells, and what of it is shown is text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u0000\u202E",
                "\"'><script>alert(1)</script>",
                "../../x",
                "S1-04",
                "S2-15.1",
                "waiver:x:1",
                "attestation:S2-15.1:99999999999",
                "category:..:0",
                "9999-99-99",
                "%%%",
                "-1"
            })
    void noFieldBreaksAnything(String hostile) {
        Opened ann = open(ANN);
        Map<String, List<String>> fields = Map.of(
                "attest",
                        List.of("attest", "S2-15.1.by", "S2-15.1.until", "S2-15.1.revision", "S2-15.1.read", "all.by"),
                "accept", List.of("item", "subject", "owner", "reason", "until", "revision", "at"),
                "acknowledge", List.of("key", "reason"),
                "categorise", List.of("account", "category", "reason", "revision"),
                "take-back", List.of("what"),
                "run", List.of("stage"));
        fields.forEach((action, names) -> {
            List<String> all = new ArrayList<>(List.of("token", ann.token(), "do", action, "attest", "S2-15.1"));
            names.forEach(name -> all.addAll(List.of(name, hostile)));
            DeskResponse answer = post(ANN, ann.cookie(), form(all.toArray(String[]::new)), "Accept", BROWSER);

            assertThat(answer.getStatusCode()).as(action).isIn(400, 404, 412);
            Document page = Jsoup.parse((String) answer.getBody());
            assertThat(page.select("script")).hasSize(2);
            assertThat(page.select("[role=alert]").text()).isNotBlank();
        });
        assertThat(post(ANN, ann.cookie(), "token=" + ann.token() + "&do=%zz").getStatusCode())
                .isEqualTo(400);
        assertThat(post(ANN, ann.cookie(), "token=" + ann.token() + "&do=" + "x".repeat(600_000))
                        .getStatusCode())
                .isEqualTo(413);
        assertThat(post(ANN, ann.cookie(), "token=" + ann.token() + "&a=b".repeat(3_000))
                        .getStatusCode())
                .isEqualTo(400);
    }

    @Test
    void inABrowserAnOperatorDecidesAndAReaderLooksOn() {
        try (Tab tab = Chromium.tab().screen(1280, 800).media("light", "screen")) {
            tab.headers(ANN).open(serving.address() + "/api/report");
            tab.value(
                    "document.querySelector('#S1-03').open = true; document.querySelector('#S1-03 .accept').open = true;"
                            + " document.querySelector('#accept-S1-03 [name=whole]').click();"
                            + " for (const name of ['owner', 'reason']) document.querySelector(`#accept-S1-03 [name=${name}]`).value = name;"
                            + " const day = document.querySelector('#accept-S1-03 [name=until]'); day.value = day.max");
            tab.leading(() -> tab.value("document.querySelector('#accept-S1-03 .send button').click()"));
            assertThat(tab.text("document.getElementById('done').textContent")).startsWith("1 finding accepted.");
            assertThat(tab.complaints()).isEmpty();

            tab.headers(READER).open(serving.address() + "/api/report");
            assertThat(tab.text("document.querySelector('.decided-now').textContent"))
                    .contains("owner is responsible", "ann@contoso.com");
            assertThat(tab.value("document.querySelectorAll('form[method=post], .back').length")
                            .asInt())
                    .isZero();
            assertThat(tab.axe()).isEmpty();

            tab.headers(ANN).open(serving.address() + "/api/report");
            tab.leading(() -> tab.value("document.querySelector('button.back').click()"));
            tab.headers(Map.of()).open(serving.address() + "/api/report");
            assertThat(tab.text("location.pathname")).isEqualTo("/.auth/login/aad");
        }
    }
}
