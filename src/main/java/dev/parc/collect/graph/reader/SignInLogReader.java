package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.BETA;
import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.collect.graph.GraphRequest.literal;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.EMERGENCY_SIGN_INS;
import static dev.parc.facts.FactKind.LEGACY_SIGN_INS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.collect.reading.SharedPage;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.EmergencySignIn;
import dev.parc.facts.activity.LegacySignIns;
import dev.parc.facts.directory.Account;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the sign-in log of the last thirty days: what the designated emergency accounts did, and successful sign-ins by legacy
 * clients, the interactive ones, and those without a person at the keyboard, which only the beta version tells. Of each the
 * first page is read and no more, because the log grows with users; one sign-in is enough for a finding. The interactive ones of
 * both are one page, if that is all of them.
 */
public final class SignInLogReader {

    public static final List<ReadingTask> TASKS = List.of(ReadingTask.of(
            List.of(EMERGENCY_SIGN_INS, LEGACY_SIGN_INS),
            context -> new SignInLogReader(context).read(),
            ACCOUNTS,
            SERVICE_PLANS));

    /** As long as the log is kept with Microsoft Entra ID P1. */
    private static final int DAYS = 30;

    private static final int LARGEST_PAGE = 1000;

    /** More emergency accounts than this are asked for one by one, so that no filter is too long. */
    private static final int MOST_TOGETHER = 6;

    private static final String INTERACTIVE = "interactive";
    private static final String NON_INTERACTIVE = "non-interactive";

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

    public SignInLogReader(ReadingContext context) {
        this.context = context;
    }

    /** Both kinds. */
    public Map<FactKind, Reading> read() {
        Optional<Reading> unlicensed = context.unlicensedFor(Licence.ENTRA_ID_P1);
        if (unlicensed.isPresent()) {
            return Map.of(EMERGENCY_SIGN_INS, unlicensed.get(), LEGACY_SIGN_INS, unlicensed.get());
        }
        Set<String> emergency = emergencyAccounts();
        if (emergency.isEmpty() || emergency.size() > MOST_TOGETHER) {
            Map<String, GraphRequest> requests = apart(emergency);
            requests.put(NON_INTERACTIVE, nonInteractive());
            return apart(emergency, context.graph().ask(requests));
        }
        Map<String, Answer> answers = new HashMap<>(
                context.graph().ask(Map.of(INTERACTIVE, together(emergency), NON_INTERACTIVE, nonInteractive())));
        Answer both = answers.get(INTERACTIVE);
        if (both != null && SharedPage.settles(both)) {
            return Map.of(EMERGENCY_SIGN_INS, of(emergency, both), LEGACY_SIGN_INS, legacySignIns(answers, true));
        }
        answers.putAll(context.graph().ask(apart(emergency)));
        return apart(emergency, answers);
    }

    private Map<FactKind, Reading> apart(Set<String> emergency, Map<String, Answer> answers) {
        ReadingBuilder signIns = AccountReader.builder(context, EMERGENCY_SIGN_INS);
        emergency.forEach(id -> Optional.ofNullable(answers.get(id))
                .ifPresent(
                        answer -> signIns.each(answer, "sign-ins", item -> signIns.value(emergencySignIn(id, item)))));
        return Map.of(
                EMERGENCY_SIGN_INS, context.unreadFor(ACCOUNTS).orElseGet(signIns::build),
                LEGACY_SIGN_INS, legacySignIns(answers, false));
    }

    /** The sign-ins of these accounts among others, of each as many as are read of it alone. */
    private Reading of(Set<String> emergency, Answer answer) {
        ReadingBuilder signIns = AccountReader.builder(context, EMERGENCY_SIGN_INS);
        Map<String, Integer> met = new HashMap<>();
        signIns.each(
                answer,
                "sign-ins",
                item -> Optional.of(item.id("userId"))
                        .filter(id ->
                                emergency.contains(id) && met.merge(id, 1, Integer::sum) <= EmergencySignIn.MOST_READ)
                        .ifPresent(id -> signIns.value(emergencySignIn(id, item))));
        return signIns.build();
    }

    /** In the order of their ids, so that a snapshot has the same request; nobody where the accounts could not be read. */
    private Set<String> emergencyAccounts() {
        return context.values(ACCOUNTS, Account.class).stream()
                .filter(account -> account.state() != Account.State.DELETED
                        && context.designations().isEmergency(account))
                .map(Account::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static EmergencySignIn emergencySignIn(String id, Item item) {
        return new EmergencySignIn(
                id,
                item.time("createdDateTime").orElseThrow(() -> item.malformed("createdDateTime")),
                succeeded(item),
                item.firstText("appDisplayName", "appId").orElse("an application without a name"));
    }

    private static boolean isLegacy(Item item) {
        return item.firstText("clientAppUsed").filter(CLIENTS::contains).isPresent() && succeeded(item);
    }

    private static boolean succeeded(Item item) {
        return item.requiredItem("status").requiredNumber("errorCode") == 0;
    }

    /** @param among whether other sign-ins are among the interactive ones */
    private static Reading legacySignIns(Map<String, Answer> answers, boolean among) {
        Map<Use, LegacySignIns> found = new LinkedHashMap<>();
        ReadingBuilder reading = new ReadingBuilder(LEGACY_SIGN_INS);
        Stream.of(INTERACTIVE, NON_INTERACTIVE).forEach(name -> {
            Answer answer = answers.get(name);
            if (answer != null) {
                take(answer, name, among && name.equals(INTERACTIVE), found, reading);
            }
        });
        found.values().forEach(reading::value);
        return reading.build();
    }

    /** Everything of each emergency account, and what anybody did by a legacy client. */
    private Map<String, GraphRequest> apart(Set<String> emergency) {
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        requests.put(INTERACTIVE, firstPage(filter(""), LARGEST_PAGE));
        emergency.forEach(id -> requests.put(
                id,
                firstPage(
                        "userId eq " + literal(id) + " and createdDateTime ge " + context.daysAgo(DAYS),
                        EmergencySignIn.MOST_READ)));
        return requests;
    }

    /** The same by one request. */
    private GraphRequest together(Set<String> emergency) {
        return firstPage(
                emergency.stream()
                        .map(id -> "userId eq " + literal(id))
                        .collect(Collectors.joining(
                                " or ",
                                "createdDateTime ge " + context.daysAgo(DAYS) + " and (",
                                " or (status/errorCode eq 0 and " + clients() + "))")),
                LARGEST_PAGE);
    }

    private static GraphRequest firstPage(String filter, int most) {
        return GraphRequest.of(V1.auditLogs().signIns().toGetRequestInformation(it -> {
                    it.queryParameters.filter = filter;
                    it.queryParameters.top = most;
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
        return "createdDateTime ge " + context.daysAgo(DAYS) + " and status/errorCode eq 0" + more + " and "
                + clients();
    }

    private static String clients() {
        return CLIENTS.stream()
                .map(client -> "clientAppUsed eq '" + client + "'")
                .collect(Collectors.joining(" or ", "(", ")"));
    }

    private static void take(
            Answer answer, String name, boolean among, Map<Use, LegacySignIns> found, ReadingBuilder reading) {
        if (!(answer instanceof Answer.Value value)) {
            reading.without(answer, LEGACY_SIGN_INS.permissions());
            return;
        }
        JsonNode rows = value.body().path("value");
        if (!rows.isArray()) {
            reading.failed(name + " sign-ins were returned without their list");
            return;
        }
        reading.used();
        rows.forEach(row -> reading.attempt(() -> {
            Item item = new Item("sign-ins", row);
            if (!among || isLegacy(item)) {
                LegacySignIns one = signIn(item);
                found.merge(new Use(one.userId(), one.client()), one, SignInLogReader::together);
            }
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
