package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.BETA;
import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.LEGACY_SIGN_INS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.LegacySignIns;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the successful sign-ins by legacy clients from the sign-in log of the last thirty days: the interactive ones, and
 * those without a person at the keyboard, which only the beta version tells. Of each the first page is read and no more,
 * because the log grows with users; one sign-in is enough for a finding.
 */
public final class LegacySignInReader {

    public static final List<ReadingTask> TASKS =
            List.of(ReadingTask.of(LEGACY_SIGN_INS, context -> new LegacySignInReader(context).read(), SERVICE_PLANS));

    /** As long as the log is kept with Microsoft Entra ID P1. */
    private static final int DAYS = 30;

    private static final int LARGEST_PAGE = 1000;

    /** The legacy clients, as the sign-in log calls them. */
    private static final List<String> CLIENTS = List.of(
            "Authenticated SMTP",
            "AutoDiscover",
            "Exchange ActiveSync",
            "Exchange Online PowerShell",
            "Exchange Web Services",
            "IMAP4",
            "MAPI Over HTTP",
            "Offline Address Book",
            "Other clients",
            "Outlook Anywhere (RPC over HTTP)",
            "Outlook Service",
            "POP3",
            "Reporting Web Services");

    private final ReadingContext context;

    /** Who signed in with what. */
    private record Use(String userId, String client) {}

    public LegacySignInReader(ReadingContext context) {
        this.context = context;
    }

    public Reading read() {
        Optional<Reading> unlicensed = context.unlicensedFor(Licence.ENTRA_ID_P1);
        if (unlicensed.isPresent()) {
            return unlicensed.get();
        }
        Map<Use, LegacySignIns> found = new LinkedHashMap<>();
        ReadingBuilder reading = new ReadingBuilder(LEGACY_SIGN_INS);
        context.graph()
                .ask(Map.of("interactive", interactive(), "non-interactive", nonInteractive()))
                .forEach((name, answer) -> take(answer, name, found, reading));
        found.values().forEach(reading::value);
        return reading.build();
    }

    private GraphRequest interactive() {
        return GraphRequest.of(V1.auditLogs().signIns().toGetRequestInformation(it -> {
                    it.queryParameters.filter = filter("");
                    it.queryParameters.top = LARGEST_PAGE;
                }))
                .firstPage();
    }

    private GraphRequest nonInteractive() {
        return GraphRequest.of(BETA.auditLogs().signIns().toGetRequestInformation(it -> {
                    it.queryParameters.filter = filter(" and signInEventTypes/any(t: t eq 'nonInteractiveUser')");
                    it.queryParameters.top = LARGEST_PAGE;
                }))
                .firstPage();
    }

    private String filter(String more) {
        return "createdDateTime ge " + context.daysAgo(DAYS) + " and status/errorCode eq 0" + more
                + CLIENTS.stream()
                        .map(client -> "clientAppUsed eq '" + client + "'")
                        .collect(Collectors.joining(" or ", " and (", ")"));
    }

    private static void take(Answer answer, String name, Map<Use, LegacySignIns> found, ReadingBuilder reading) {
        if (!(answer instanceof Answer.Value value)) {
            reading.without(answer, LEGACY_SIGN_INS.permissions());
            return;
        }
        JsonNode rows = value.body().path("value");
        if (!rows.isArray()) {
            reading.failed(name + " sign-ins came without their list");
            return;
        }
        reading.used();
        rows.forEach(row -> reading.attempt(() -> {
            LegacySignIns one = signIn(new Item("sign-ins", row));
            found.merge(new Use(one.userId(), one.client()), one, LegacySignInReader::together);
        }));
        if (value.body().hasNonNull("@odata.nextLink")) {
            reading.gap("there are more " + name + " ones than the latest " + rows.size() + ", which were read");
        }
    }

    private static LegacySignIns signIn(Item row) {
        String userId = row.id("userId");
        Instant at = row.time("createdDateTime").orElseThrow(() -> row.malformed("createdDateTime"));
        return new LegacySignIns(
                userId, row.firstText("userPrincipalName").orElse(userId), row.requiredText("clientAppUsed"), 1, at);
    }

    private static LegacySignIns together(LegacySignIns one, LegacySignIns other) {
        return new LegacySignIns(
                one.userId(),
                one.signInName(),
                one.client(),
                one.times() + other.times(),
                Stream.of(one.last(), other.last()).max(Instant::compareTo).orElseThrow());
    }
}
