package dev.parc.facts;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule of a device filter. Two rules are the same one if nothing but blanks and the case of names and operators
 * tells them apart; values in quotes count as they are.
 *
 * @param written the rule as it is written
 * @param text the rule with single blanks, in lower case outside quotes
 */
record DeviceRule(String written, String text) {

    private static final Pattern PART = Pattern.compile("\"[^\"]*\"|'[^']*'|[^\"']+|[\"']");
    private static final Pattern OPERATOR = Pattern.compile("-(\\w+)");
    private static final Set<String> POSITIVE = Set.of("eq", "startswith", "endswith", "contains", "in", "and", "or");
    private static final Pattern NOTHING = Pattern.compile("\\bnull\\b|\\bnot\\b");
    private static final Pattern ABOUT_COMPLIANCE = Pattern.compile("iscompliant|trusttype");
    private static final Pattern ABOUT_PLATFORM = Pattern.compile("operatingsystem");
    private static final Pattern PROPERTY = Pattern.compile("device\\.(\\w+)");
    private static final Set<String> SET_BY_ITS_USER =
            Set.of("displayname", "model", "manufacturer", "operatingsystem", "operatingsystemversion");
    private static final Pattern OR = Pattern.compile("\\bor\\b");

    static DeviceRule of(String rule) {
        StringBuilder text = new StringBuilder();
        Matcher parts = PART.matcher(rule.strip());
        while (parts.find()) {
            String part = parts.group();
            text.append(quoted(part) ? part : part.toLowerCase(Locale.ROOT).replaceAll("\\s+", " "));
        }
        return new DeviceRule(rule, text.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceRule rule && rule.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static boolean quoted(String part) {
        return part.startsWith("\"") || part.startsWith("'");
    }

    /**
     * Whether a device that is not registered certainly does not match: all its properties are null, and no operator
     * takes that for a match.
     */
    boolean missesUnregisteredDevices() {
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            String part = parts.group();
            if (quoted(part)) {
                if (part.length() <= 2) {
                    return false;
                }
            } else if (NOTHING.matcher(part).find()
                    || !OPERATOR.matcher(part).results().allMatch(it -> POSITIVE.contains(it.group(1)))) {
                return false;
            }
        }
        return OPERATOR.matcher(text).find();
    }

    /**
     * Whether somebody could make a device of one's own match, because nothing is asked, or nothing in one of several
     * alternatives, but what the user of a device can change. Source: "Filter for devices", supported properties.
     */
    boolean canBeFaked() {
        StringBuilder unquoted = new StringBuilder();
        PART.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(part -> !quoted(part))
                .forEach(unquoted::append);
        List<String> properties = PROPERTY.matcher(unquoted)
                .results()
                .map(property -> property.group(1))
                .toList();
        boolean some = properties.stream().anyMatch(SET_BY_ITS_USER::contains);
        return some && (OR.matcher(unquoted).find() || SET_BY_ITS_USER.containsAll(properties));
    }

    boolean aboutCompliance() {
        return ABOUT_COMPLIANCE.matcher(text).find();
    }

    boolean aboutPlatform() {
        return ABOUT_PLATFORM.matcher(text).find();
    }
}
