package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.collect.graph.GraphRequest.literal;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.REGISTRATIONS;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.GapException;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.collect.reading.Slices;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.policies.AuthenticationStrength;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Reads what administrators have registered for MFA: from the registration report, which one request reads; for those
 * it leaves out, from their own rows of it; and where there is none, from their authentication methods.
 */
public final class RegistrationReader {

    public static final List<ReadingTask> TASKS =
            List.of(ReadingTask.of(REGISTRATIONS, context -> new RegistrationReader(context).read(), ACCOUNTS)
                    .afterIfRead(AUTHENTICATION_STRENGTHS));

    /** The report may be asked five times in ten seconds: more rows would take minutes. */
    private static final int MOST_SINGLE_ROWS = 40;

    private static final List<String> METHODS_PERMISSION =
            REGISTRATIONS.optionalPermission().stream().toList();
    private static final String TYPE_PREFIX = "#microsoft.graph.";
    private static final String PASSKEY = "fido2";
    private static final String TYPE_SUFFIX = "AuthenticationMethod";

    /** MFA methods by the name of their type, with the name that the report gives them. */
    private static final Map<String, String> MFA_METHODS = Map.of(
            "fido2", "passKeyDeviceBound",
            "microsoftAuthenticator", "microsoftAuthenticatorPush",
            "windowsHelloForBusiness", "windowsHelloForBusiness",
            "softwareOath", "softwareOneTimePasscode",
            "hardwareOath", "hardwareOneTimePasscode",
            "platformCredential", "macOsSecureEnclaveKey",
            "x509Certificate", "certificate",
            "external", "externalAuthMethod");

    private static final Map<String, String> PHONES =
            Map.of("mobile", "mobilePhone", "alternateMobile", "alternateMobilePhone", "office", "officePhone");

    private static final System.Logger LOG = System.getLogger(RegistrationReader.class.getName());

    private final ReadingContext context;
    private final ReadingBuilder registrations;
    private final Set<String> missing;
    /** The rows of the report. */
    private final Map<String, Registration> reported = new LinkedHashMap<>();

    public RegistrationReader(ReadingContext context) {
        this.context = context;
        this.registrations = AccountReader.builder(context, REGISTRATIONS);
        this.missing = new LinkedHashSet<>(AccountReader.ids(context));
    }

    /** The registration of every account. */
    public Reading read() {
        Optional<Reading> unread = context.unreadFor(ACCOUNTS);
        return unread.isPresent() ? unread.get() : readReport();
    }

    private Reading readReport() {
        Answer report = context.graph()
                .ask(GraphRequest.of(V1.reports()
                        .authenticationMethods()
                        .userRegistrationDetails()
                        .toGetRequestInformation(it -> it.queryParameters.filter = "isAdmin eq true")));
        if (report instanceof Answer.Failed failed) {
            return registrations.gap(failed.reason()).build();
        }
        boolean reportIsOpen = report instanceof Answer.Value || isFilterRefused(report);
        if (report instanceof Answer.Value value) {
            value.body().path("value").forEach(row -> registrations.attempt(() -> takeRow(new Item("rows", row))));
        }
        if (reportIsOpen) {
            askForRows(askForBlocks());
        }
        askForMethods(
                reportIsOpen
                        ? why -> why + "; it is needed for accounts that the registration report does not list"
                        : why -> reportClosed(report) + "; without it, " + why);
        askForKeys();
        reported.values().forEach(registrations::value);
        return registrations.build();
    }

    /**
     * Reads the models of passkeys, which the report does not tell, where a strength takes some models only. Without the optional
     * permission nothing is lost but these.
     */
    private void askForKeys() {
        boolean limited = context.read().containsKey(AUTHENTICATION_STRENGTHS)
                && context.values(AUTHENTICATION_STRENGTHS, AuthenticationStrength.class).stream()
                        .flatMap(strength -> strength.limits().stream())
                        .flatMap(limits -> limits.values().stream())
                        .anyMatch(limit -> !limit.keys().isEmpty());
        if (!limited) {
            return;
        }
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        reported.values().stream()
                .filter(row ->
                        row.methods().stream().anyMatch(name -> name.startsWith("passKey") || name.startsWith(PASSKEY)))
                .map(Registration::accountId)
                .forEach(id -> requests.put(id, methodsOf(id)));
        context.graph().ask(requests).forEach((id, answer) -> {
            if (answer instanceof Answer.Value value) {
                try {
                    Optional<Set<String>> keys = registration(id, new Item("authentication methods", value.body()))
                            .keys();
                    reported.computeIfPresent(
                            id,
                            (same, row) -> new Registration(
                                    id, row.mfaCapable(), row.methods(), Registration.Source.REPORT, keys));
                } catch (GapException e) {
                    LOG.log(System.Logger.Level.DEBUG, "methods that cannot be used tell no models: {0}", e.gap());
                }
            }
        });
    }

    private static GraphRequest methodsOf(String id) {
        return GraphRequest.of(
                V1.users().byUserId(id).authentication().methods().toGetRequestInformation());
    }

    private static boolean isFilterRefused(Answer report) {
        return report instanceof Answer.Refused refused
                && refused.status() == 400
                && !ReadingBuilder.lacksLicence(report);
    }

    private static String reportClosed(Answer report) {
        return ReadingBuilder.lacksLicence(report)
                ? "the registration report needs a " + Licence.ENTRA_ID_P1.title()
                        + " licence, which the tenant does not have"
                : "the registration report: " + ReadingBuilder.reason(report, REGISTRATIONS.permissions());
    }

    private void takeRow(Item row) {
        String id = row.id("id");
        if (missing.remove(id)) {
            reported.put(
                    id,
                    new Registration(
                            id,
                            row.requiredFlag("isMfaCapable"),
                            row.texts("methodsRegistered"),
                            Registration.Source.REPORT));
        }
    }

    /**
     * Reads the rows of those who are no administrators to the report, because they are only eligible or administer Azure,
     * by blocks of ids. Who is not in the answer for its block has no row.
     *
     * @return the ids of blocks that were not answered: the report took no such filter, or a snapshot of an earlier release
     *     has the rows one by one
     */
    private List<String> askForBlocks() {
        Map<List<String>, GraphRequest> requests = new LinkedHashMap<>();
        for (List<String> block : Slices.of(List.copyOf(missing), Slices.ALTERNATIVES)) {
            String filter = block.stream().map(id -> "id eq " + literal(id)).collect(Collectors.joining(" or "));
            requests.put(
                    block,
                    GraphRequest.of(V1.reports()
                            .authenticationMethods()
                            .userRegistrationDetails()
                            .toGetRequestInformation(it -> it.queryParameters.filter = filter)));
        }
        List<String> open = new ArrayList<>();
        context.graph().ask(requests).forEach((block, answer) -> {
            if (answer instanceof Answer.Value value) {
                value.body().path("value").forEach(row -> registrations.attempt(() -> takeRow(new Item("rows", row))));
            } else if (answer instanceof Answer.Failed || isFilterRefused(answer)) {
                open.addAll(block);
            } else {
                registrations.without(answer, REGISTRATIONS.permissions());
                block.forEach(missing::remove);
            }
        });
        return open;
    }

    /** Reads rows of the report one by one, as many as can be read in reasonable time. */
    private void askForRows(List<String> ids) {
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        ids.stream()
                .limit(MOST_SINGLE_ROWS)
                .forEach(id -> requests.put(
                        id,
                        GraphRequest.of(V1.reports()
                                .authenticationMethods()
                                .userRegistrationDetails()
                                .byUserRegistrationDetailsId(id)
                                .toGetRequestInformation())));
        context.graph().ask(requests).forEach((id, answer) -> {
            if (answer instanceof Answer.Value value) {
                registrations.attempt(() -> takeRow(new Item("rows", value.body())));
                missing.remove(id);
            } else if (!ReadingBuilder.notFound(answer)) {
                registrations.unseen(id, answer, REGISTRATIONS.permissions());
                missing.remove(id);
            }
        });
    }

    /** Reads the authentication methods of those who are missing from the report. */
    private void askForMethods(UnaryOperator<String> whyMissing) {
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        missing.forEach(id -> requests.put(id, methodsOf(id)));
        context.graph().ask(requests).forEach((id, answer) -> {
            if (answer instanceof Answer.Refused refusal && refusal.status() == 403) {
                registrations.gap(whyMissing.apply(ReadingBuilder.reason(answer, METHODS_PERMISSION)));
            } else {
                registrations.ofPrincipal(
                        id, answer, "authentication methods", body -> registration(id, body), METHODS_PERMISSION);
            }
        });
    }

    private static Registration registration(String id, Item body) {
        List<String> methods = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        boolean everyKey = true;
        boolean mfa = false;
        for (Item method : body.items("value")) {
            String type = method.requiredText("@odata.type");
            String name = type.replace(TYPE_PREFIX, "").replace(TYPE_SUFFIX, "");
            Optional<String> strong =
                    name.equals("phone") ? Optional.of(phone(method)) : Optional.ofNullable(MFA_METHODS.get(name));
            Optional<String> key = name.equals(PASSKEY)
                    ? method.firstText("aaGuid").map(model -> model.toLowerCase(Locale.ROOT))
                    : Optional.empty();
            key.ifPresent(keys::add);
            everyKey &= key.isPresent() || !name.equals(PASSKEY);
            methods.add(key.filter(Registration.AUTHENTICATOR_KEYS::contains)
                    .map(model -> "passKeyDeviceBoundAuthenticator")
                    .or(() -> strong)
                    .orElse(name));
            mfa |= strong.isPresent();
        }
        methods.remove("password");
        return new Registration(
                id,
                mfa,
                methods,
                Registration.Source.METHODS,
                everyKey && !keys.isEmpty() ? Optional.of(keys) : Optional.empty());
    }

    private static String phone(Item method) {
        return method.firstText("phoneType").map(PHONES::get).orElse("mobilePhone");
    }
}
