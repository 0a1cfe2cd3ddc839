package dev.parc.facts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether an alert rule tells of every sign-in of an emergency account, best first. */
public enum EmergencyWatch {
    SURE("is watched by an alert rule"),
    /** Its rule does more than compare ids, takes more than one sign-in, or goes by a name that may change. */
    DOUBTFUL("is named in an alert rule that does not tell of every sign-in for certain: look at its query and"
            + " threshold"),
    /** Microsoft Sentinel has rules of its own, which PARC does not read. */
    PERHAPS_IN_SENTINEL(
            "is named in no alert rule of Azure Monitor; Microsoft Sentinel, which has the sign-ins, may watch it"),
    /** A workspace that PARC does not see, or something behind an event hub, has the sign-ins. */
    PERHAPS_ELSEWHERE("is named in no alert rule that PARC sees; what receives the sign-in log elsewhere may watch it"),
    /** A rule names it and reads a workspace that no sign-in reaches. */
    BLIND("is named in an alert rule that reads a workspace which the sign-in log does not reach"),
    NONE("is named in no enabled alert rule with an action group");

    private static final String SIGN_INS = "SignInLogs";

    /** Where a query leaves something out, it may leave out this account. */
    private static final Pattern LEAVES_OUT = Pattern.compile(
            "!=|!~|<>|!in|!has|!contains|!startswith|\\bnot\\s*\\(|\\b(take|limit|top|sample|join|isempty|isnull)\\b");

    /** A comparison, by what is compared. */
    private static final Pattern COMPARED = Pattern.compile("([\\w.]+)\\s*(?:==|=~|>=?|<=?|\\bin~?\\s*\\(|\\bhas\\w*|"
            + "\\bcontains\\w*|\\bstartswith\\w*|\\bendswith\\w*|\\bmatches\\b|\\bbetween\\b)");

    /** What may be compared without leaving out a sign-in that succeeded. */
    private static final Pattern HARMLESS = Pattern.compile("userid|timegenerated");

    private static final Pattern SUCCEEDED = Pattern.compile("resulttype\\s*(==|=~)\\s*[\"']?0[\"']?(?![0-9])");

    private final String words;

    EmergencyWatch(String words) {
        this.words = words;
    }

    /** To stand after the account's name. */
    public String inWords() {
        return words;
    }

    static EmergencyWatch of(Facts facts, Account account) {
        AzureEstate azure = facts.azure();
        Optional<LogExports> exports = azure.directoryExports();
        Set<String> workspaces = exports.stream()
                .flatMap(it -> it.destinationsOf(SIGN_INS).stream())
                .filter(destination -> destination.kind() == LogDestination.Kind.WORKSPACE)
                .map(LogDestination::id)
                .collect(Collectors.toSet());
        List<AzureAlertRule> naming = azure.alertRules().stream()
                .filter(AzureAlertRule::works)
                .filter(rule -> rule.queries().stream().anyMatch(query -> names(query.text(), account)))
                .toList();
        List<AzureAlertRule> seeing = naming.stream()
                .filter(rule -> rule.scopes().stream().anyMatch(workspaces::contains))
                .toList();
        if (seeing.stream().anyMatch(rule -> rule.queries().stream().anyMatch(query -> surely(query, account)))) {
            return SURE;
        }
        if (!seeing.isEmpty()) {
            return DOUBTFUL;
        }
        AzureEstate.Custody custody = exports.map(it -> azure.custody(it, SIGN_INS))
                .orElseGet(() -> new AzureEstate.Custody(false, false, false, false, false, 0));
        if (custody.sentinel()) {
            return PERHAPS_IN_SENTINEL;
        }
        if (custody.handedOn() || custody.unseen()) {
            return PERHAPS_ELSEWHERE;
        }
        return naming.isEmpty() ? NONE : BLIND;
    }

    private static boolean names(String query, Account account) {
        String text = query.toLowerCase(Locale.ROOT);
        return text.contains("signinlogs")
                && (text.contains(account.id().toLowerCase(Locale.ROOT))
                        || text.contains(account.signInName().toLowerCase(Locale.ROOT)));
    }

    private static boolean surely(AzureAlertRule.Query query, Account account) {
        String text = query.text().toLowerCase(Locale.ROOT);
        return query.anyRow()
                && text.contains("signinlogs")
                && text.contains(account.id().toLowerCase(Locale.ROOT))
                && !LEAVES_OUT.matcher(text).find()
                && COMPARED.matcher(SUCCEEDED.matcher(text).replaceAll(""))
                        .results()
                        .allMatch(
                                compared -> HARMLESS.matcher(compared.group(1)).matches());
    }
}
