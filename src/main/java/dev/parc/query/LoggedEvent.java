package dev.parc.query;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Something that happened, as a row of the table that logs it: what each of its columns holds, as far as that is known. */
public final class LoggedEvent {

    private static final String SIGN_INS = "SigninLogs";
    private static final String ACTIVITIES = "AzureActivity";

    /** What differs from one sign-in of an account to the next. */
    private static final List<String> OF_EACH_SIGN_IN = List.of(
            "AppDisplayName",
            "AppId",
            "ResourceDisplayName",
            "ResourceId",
            "ResourceIdentity",
            "ClientAppUsed",
            "CorrelationId",
            "DeviceDetail",
            "IPAddress",
            "Id",
            "Location",
            "LocationDetails",
            "OriginalRequestId",
            "RiskDetail",
            "RiskEventTypes",
            "RiskEventTypes_V2",
            "RiskLevel",
            "RiskLevelAggregated",
            "RiskLevelDuringSignIn",
            "RiskState",
            "UserAgent");

    /** What differs from one operation of a kind to the next. */
    private static final List<String> OF_EACH_OPERATION = List.of(
            "Caller", "CallerIpAddress", "CorrelationId", "EventDataId", "ResourceGroup", "ResourceId", "_ResourceId");

    /** What logs say of every event. */
    private static final Set<String> WORDS =
            Set.of("sign-in activity", "signinlogs", "azureactivity", "administrative", "start", "success");

    private final String table;
    private final Map<String, Value> columns;

    private LoggedEvent(String table, Map<String, Value> columns) {
        this.table = table;
        this.columns = Map.copyOf(columns);
    }

    /**
     * A successful sign-in of a person at the keyboard, in {@code SigninLogs}.
     *
     * @param accountId the object id
     * @param signInName the user principal name; empty for any
     */
    public static LoggedEvent signIn(String accountId, Optional<String> signInName) {
        Map<String, Value> columns = columns(OF_EACH_SIGN_IN);
        columns.put("UserId", new Value.Named(accountId.toLowerCase(Locale.ROOT)));
        signInName.ifPresent(name -> columns.put("UserPrincipalName", new Value.Named(name.toLowerCase(Locale.ROOT))));
        columns.put("OperationName", new Value.Text("Sign-in activity"));
        columns.put("Category", new Value.Text("SignInLogs"));
        columns.put("ResultType", new Value.Text("0"));
        columns.put("Status", new Value.Properties(Map.of("errorCode", new Value.Numeral(0)), Value.unknown()));
        return of(SIGN_INS, columns);
    }

    /**
     * What {@code AzureActivity} logs of an operation that succeeds: its start and its success.
     *
     * @param operation for example {@code Microsoft.Authorization/roleAssignments/write}
     */
    public static List<LoggedEvent> azureOperation(String operation, String subscriptionId) {
        return Stream.of("Start", "Success")
                .map(status -> {
                    String capitals = operation.toUpperCase(Locale.ROOT);
                    Map<String, Value> columns = columns(OF_EACH_OPERATION);
                    columns.put("OperationNameValue", new Value.Named(capitals));
                    columns.put("ResourceProviderValue", new Value.Named(capitals.substring(0, capitals.indexOf('/'))));
                    columns.put("CategoryValue", new Value.Named("Administrative"));
                    columns.put("SubscriptionId", new Value.Named(subscriptionId.toLowerCase(Locale.ROOT)));
                    columns.put("ActivityStatusValue", new Value.Named(status));
                    return of(ACTIVITIES, columns);
                })
                .toList();
    }

    private static Map<String, Value> columns(List<String> varying) {
        Map<String, Value> columns = new HashMap<>();
        varying.forEach(name -> columns.put(name, Value.varying()));
        return columns;
    }

    private static LoggedEvent of(String table, Map<String, Value> columns) {
        columns.put("TimeGenerated", Value.eventTime());
        columns.put("Type", new Value.Text(table));
        return new LoggedEvent(table, columns);
    }

    /** Whether a text is one that logs say of events whatever the tenant, in whatever case. */
    public static boolean says(String text) {
        return WORDS.contains(text.toLowerCase(Locale.ROOT));
    }

    String table() {
        return table;
    }

    Map<String, Value> columns() {
        return columns;
    }
}
