package dev.parc.functions;

import static dev.parc.browser.ServedPage.DONE;
import static dev.parc.browser.ServedPage.field;
import static dev.parc.browser.ServedPage.statement;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parc.browser.Chromium;
import dev.parc.browser.ServedPage;
import dev.parc.browser.Tab;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.store.table.WatchedTables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page of the staged app, in the class loaders of the Functions worker, with a managed identity, Graph, tables and people who are
 * signed in by App Service; all of them on this machine.
 */
class StagedPageIT {

    private static final String HOSTILE =
            "\"'><script>document.title='run'</script><img src=x onerror=alert(1)>&amp;{{7*7}}";

    /** Puts a text into every field of a form, ticked, chosen or of a button too, and sends it without the browser's own checks. */
    private static final String SPOIL = """
            {
              const form = document.querySelectorAll('form[method=post]')[%d];
              const hostile = '%s';
              for (const it of [...form.elements].filter(it => it.name && it.name !== 'token' && it.name !== 'do')) {
                if (it.type === 'checkbox') it.checked = true;
                const said = document.createElement('input');
                said.name = it.name;
                said.value = hostile;
                it.removeAttribute('name');
                form.append(said);
              }
              HTMLFormElement.prototype.submit.call(form);
            }""";

    private static HttpServer tenant;
    private static @Nullable HttpServer other;
    private static Process worker;
    private static String address = "";

    private Tab tab;
    private ServedPage page;

    @BeforeAll
    static void start() throws Exception {
        FakeTenant fake = FakeTenant.ofSize(6, 20);
        tenant = server(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/token")) {
                send(exchange, 200, "application/json", """
                        {"access_token":"a.b.c","token_type":"Bearer","resource":"x","expires_on":"%d"}""".formatted(
                                Instant.now().plusSeconds(3600).getEpochSecond()));
                return;
            }
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            WireResponse answer;
            synchronized (fake) {
                answer = fake.answer(new WireRequest(
                        exchange.getRequestMethod(),
                        URI.create("http://" + headers.get("host") + exchange.getRequestURI()),
                        headers,
                        body));
            }
            send(exchange, answer.status(), "application/json", answer.body());
        });
        String endpoint = address(tenant);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerHost.class.getName(),
                        System.getProperty("staging"),
                        System.getProperty("worker"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "PARC_TABLES",
                        WatchedTables.azurite(),
                        "WEBSITE_AUTH_ENABLED",
                        "True",
                        "AZURE_TENANT_ID",
                        FakeTenant.TENANT_ID,
                        "IDENTITY_ENDPOINT",
                        endpoint + "/token",
                        "IDENTITY_HEADER",
                        "of this machine",
                        "PARC_GRAPH_ENDPOINT",
                        endpoint,
                        "PARC_ARM_ENDPOINT",
                        endpoint));
        worker = builder.start();
        address = new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8)).readLine();
        try (Tab first = Chromium.tab()) {
            signIn(first, "ann", "Operator");
            first.open(address + "/api/report");
            assertThat(first.text("document.querySelector('main').textContent")).contains("Run a stage");
            run(first, "S1");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        worker.destroyForcibly().waitFor();
        tenant.stop(0);
        HttpServer opened = other;
        if (opened != null) {
            opened.stop(0);
        }
    }

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static HttpServer server(Answering answering) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            try (exchange) {
                answering.answer(exchange);
            }
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @BeforeEach
    void openTab() {
        tab = Chromium.tab().screen(1280, 800).media("light", "screen");
        page = new ServedPage(tab, address);
    }

    @AfterEach
    void closeTab() {
        tab.withoutCookies().close();
    }

    private static void signIn(Tab tab, String name, String role) {
        tab.open(address + "/.auth/login/aad?name=" + name + "&role=" + role);
    }

    private static void run(Tab tab, String stage) {
        tab.leading(() -> tab.value("document.querySelector('#run [value=" + stage + "]').click()"));
        assertThat(tab.text("location.pathname")).startsWith("/api/report/runs/");
        tab.awaitTrue("document.readyState === 'complete'"
                + " && document.getElementById('state')?.textContent.startsWith('Done')");
    }

    private String stated(String key) {
        return tab.text(statement(key) + ".textContent");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anAttestationIsMadeSeenAndTakenBack(boolean script) {
        if (!script) {
            tab.withoutScript();
        }
        signIn(tab, "ann", "Operator");
        page.open();
        String key = page.unattested();
        if (!script) {
            tab.value(statement(key) + ".querySelector('[name=attest]').click()");
        }
        page.fill(field(key + ".by"), "Ann Lee");
        page.fill(field(key + ".note"), HOSTILE);
        page.fillDay(field(key + ".until"));
        tab.leading(() -> tab.press("Enter"));
        assertThat(tab.text(DONE)).startsWith("1 statement attested.");
        assertThat(tab.complaints()).isEmpty();

        signIn(tab, "rea", "Reader");
        page.open();
        assertThat(tab.text("document.querySelector('.decide').textContent"))
                .contains("Attested by Ann Lee, recorded by ann@contoso.com", HOSTILE);
        assertThat(tab.text("document.title")).contains("PARC report").doesNotContain("run'");
        assertThat(tab.value("document.querySelectorAll('form[method=post], .back').length")
                        .asInt())
                .isZero();
        if (script) {
            assertThat(tab.axe()).isEmpty();
        }

        signIn(tab, "ben", "Operator");
        page.open();
        tab.leading(() -> tab.value(statement(key) + ".querySelector('button.back').click()"));
        assertThat(tab.text(DONE)).startsWith("1 decision taken back.");
        assertThat(stated(key)).contains("Not attested any more", "taken back by ben@contoso.com");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void aRunIsStartedAndWatched() {
        signIn(tab, "ann", "Operator");
        page.open();
        run(tab, "BG");

        assertThat(tab.text("document.querySelector('main').textContent"))
                .contains("The run of Break glass", "by ann@contoso.com", "Open the report");
        assertThat(tab.axe()).isEmpty();
        assertThat(tab.complaints()).isEmpty();
    }

    /** What a browser says of itself counts nothing, whatever it says. */
    @Test
    void nobodyIsLedToSignInAndSeesNothing() {
        tab.headers(Map.of(
                "X-MS-CLIENT-PRINCIPAL", "eyJhdXRoX3R5cCI6ImFhZCJ9", "x-functions-key", "a-reader-of-the-build"));
        page.open();

        assertThat(tab.text("location.pathname")).isEqualTo("/.auth/login/aad");
        assertThat(tab.text("document.title")).isEqualTo("Sign in");
    }

    @Test
    void theKeyboardAloneWillDo() {
        signIn(tab, "ann", "Operator");
        page.open();
        String key = page.attestByKeys("S3", "Ann");

        assertThat(tab.text(DONE)).startsWith("1 statement attested.");
        assertThat(tab.text("document.activeElement.id")).isEqualTo("done");
        assertThat(stated(key)).contains("Attested by Ann, recorded by ann@contoso.com");
        assertThat(tab.axe()).isEmpty();
    }

    /** The browser sends the session of App Service along, and the form names a statement that is there. */
    @Test
    void aForgedPostOfAnotherSiteIsRefused() throws IOException {
        signIn(tab, "ann", "Operator");
        page.open();
        String key = page.unattested();
        String token = tab.text("document.querySelector('[name=token]').value");
        String forged = """
                <form method="post" action="%s/api/report"><input name="token" value="%s"><input name="do" value="attest">
                <input name="attest" value="%s"><input name="%3$s.by" value="Mallory"></form>""".formatted(address, token, key);
        HttpServer foreign = server(exchange -> send(exchange, 200, "text/html", forged));
        other = foreign;
        tab.open("http://localhost:" + foreign.getAddress().getPort() + "/");
        tab.leading(() -> tab.value("document.forms[0].submit()"));

        assertThat(tab.text("document.querySelector('.problem').textContent"))
                .contains("Pages of other sites cannot change anything here");
        page.open();
        assertThat(stated(key)).contains("Not attested.").doesNotContain("Mallory");
    }

    /** Every field that the page has, one form after the other. */
    @Test
    void noFieldBreaksAnything() {
        signIn(tab, "ann", "Operator");
        page.open();
        int forms = tab.value("document.querySelectorAll('form[method=post]').length")
                .asInt();
        assertThat(forms).isGreaterThan(3);
        for (int i = 0; i < forms; i++) {
            page.open();
            int at = i;
            tab.leading(() -> tab.value(SPOIL.formatted(at, HOSTILE.replace("'", "\\'"))));
            assertThat(tab.text("document.title")).isNotEqualTo("run");
            assertThat(tab.value("document.querySelectorAll('img, main script').length")
                            .asInt())
                    .isZero();
            assertThat(tab.text("document.querySelector('.problem, #done')?.textContent"))
                    .isNotBlank();
        }
    }
}
