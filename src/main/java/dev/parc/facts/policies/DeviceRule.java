package dev.parc.facts.policies;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule of a device filter. Two rules are the same one if nothing but blanks and the case of names and operators
 * tells them apart; values in quotes count as they are.
 *
 * @param written the rule as it is written
 * @param text the rule with single blanks, in lower case outside quotes
 */
public record DeviceRule(String written, String text) {

    private static final Pattern PART = Pattern.compile("\"[^\"]*\"|'[^']*'|[^\"']+|[\"']");
    private static final Pattern OPERATOR = Pattern.compile("-(\\w+)");
    private static final Set<String> POSITIVE = Set.of("eq", "startswith", "endswith", "contains", "in", "and", "or");
    private static final Pattern NOTHING = Pattern.compile("\\bnull\\b|\\bnot\\b");
    private static final Pattern ABOUT_COMPLIANCE = Pattern.compile("iscompliant|trusttype");
    private static final Pattern ABOUT_PLATFORM = Pattern.compile("operatingsystem");
    private static final Pattern TOKEN =
            Pattern.compile("\"[^\"]*\"|'[^']*'|\\[[^\\]]*\\]|[()]|-\\w+|[\\w.]+", Pattern.CASE_INSENSITIVE);

    /** What only an administrator, Intune or the hardware puts on a device. */
    private static final Pattern SET_BY_OTHERS = Pattern.compile(
            "device\\.(extensionattribute\\d+|deviceid|physicalids|enrollmentprofilename|systemlabels)");

    private static final Set<String> VALUE_OPERATORS = Set.of("-eq", "-startswith", "-endswith", "-contains", "-in");

    public static DeviceRule of(String rule) {
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
    public boolean missesUnregisteredDevices() {
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
     * Whether whatever matches is a device of the organisation's choice: each of the rule's alternatives asks for a value
     * that the user of a device cannot give it. Ownership, the kind of join, the kind of profile and the service that
     * manages it are what any user's own device has once it is registered, joined or enrolled; name, model, manufacturer
     * and system are told by the device itself. Source: "Filter for devices", supported properties.
     */
    public boolean tellsAWorkstation() {
        List<String> tokens = new ArrayList<>();
        TOKEN.matcher(text).results().forEach(token -> tokens.add(token.group()));
        Reader reader = new Reader(tokens);
        boolean tells = reader.alternatives();
        return tells && reader.atEnd();
    }

    public boolean aboutCompliance() {
        return ABOUT_COMPLIANCE.matcher(text).find();
    }

    public boolean aboutPlatform() {
        return ABOUT_PLATFORM.matcher(text).find();
    }

    /** Reads the rule as conditions joined by {@code and}, {@code or} and brackets; what it does not know tells nothing. */
    private static final class Reader {

        private final List<String> tokens;
        private int next;

        Reader(List<String> tokens) {
            this.tokens = tokens;
        }

        boolean atEnd() {
            return next == tokens.size();
        }

        private boolean take(String... wanted) {
            for (String one : wanted) {
                if (!atEnd() && tokens.get(next).equals(one)) {
                    next++;
                    return true;
                }
            }
            return false;
        }

        /** Each alternative must tell. */
        boolean alternatives() {
            boolean tells = conditions();
            while (take("or", "-or")) {
                tells &= conditions();
            }
            return tells;
        }

        /** One condition that tells is enough. */
        private boolean conditions() {
            boolean tells = condition();
            while (take("and", "-and")) {
                tells |= condition();
            }
            return tells;
        }

        private boolean condition() {
            if (take("not", "-not")) {
                condition();
                return false;
            }
            if (take("(")) {
                boolean tells = alternatives();
                return take(")") && tells;
            }
            if (next + 3 > tokens.size()) {
                return false;
            }
            String property = tokens.get(next);
            String operator = tokens.get(next + 1);
            String value = tokens.get(next + 2);
            next += 3;
            return SET_BY_OTHERS.matcher(property).matches()
                    && VALUE_OPERATORS.contains(operator)
                    && !value.equals("null")
                    && !value.matches("\"\"|''");
        }
    }
}
