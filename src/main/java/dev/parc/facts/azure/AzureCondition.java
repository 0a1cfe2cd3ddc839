package dev.parc.facts.azure;

import dev.parc.facts.policies.Match;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The condition of a role assignment in Azure, as far as it limits which roles may be given. Decided are what the portal
 * writes and what means the same: actions, the role, and the type of the principal that gets it; anything else is a
 * maybe. Source: "Azure role assignment condition format and syntax".
 */
final class AzureCondition {

    private static final String WRITE = "Microsoft.Authorization/roleAssignments/write";
    private static final List<String> PRINCIPAL_TYPES = List.of("User", "Group", "ServicePrincipal");

    /** Longer or deeper than any that Azure takes. */
    private static final int LONGEST = 20_000;

    private static final int DEEPEST = 100;

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<matches>ActionMatches|SubOperationMatches)\\s*\\{\\s*'(?<action>[^']*)'\\s*\\}"
            + "|(?<attribute>@[A-Za-z]+\\[[^\\]]*\\])"
            + "|(?<word>[A-Za-z][A-Za-z:]*)"
            + "|(?<list>\\{[^}]*\\})"
            + "|(?<text>'[^']*')"
            + "|(?<symbol>&&|\\|\\||[!()])"
            + ")");

    private record Token(String kind, String text) {
        boolean is(String... words) {
            return List.of(words).contains(text.toUpperCase(Locale.ROOT)) && !kind.equals("text");
        }
    }

    /** What the condition is asked about. */
    private record Request(String roleId, String principalType) {}

    private final List<Token> tokens;
    private final Request request;
    private int at;

    private AzureCondition(List<Token> tokens, Request request) {
        this.tokens = tokens;
        this.request = request;
    }

    /** Whether the role may be given under the condition, to whatever kind of principal. */
    static Match permits(String condition, String roleId) {
        Optional<List<Token>> tokens = tokens(condition);
        if (tokens.isEmpty()) {
            return Match.MAYBE;
        }
        Match any = Match.NO;
        for (String type : PRINCIPAL_TYPES) {
            AzureCondition asked = new AzureCondition(tokens.get(), new Request(roleId.toLowerCase(Locale.ROOT), type));
            Optional<Match> answer = asked.either(0);
            any = any.or(asked.at < tokens.get().size() ? Match.MAYBE : answer.orElse(Match.MAYBE));
        }
        return any;
    }

    private static Optional<List<Token>> tokens(String condition) {
        if (condition.length() > LONGEST) {
            return Optional.empty();
        }
        List<Token> tokens = new ArrayList<>();
        String text = condition.strip();
        Matcher matcher = TOKEN.matcher(text);
        int from = 0;
        while (from < text.length()) {
            if (!matcher.region(from, text.length()).lookingAt()) {
                return Optional.empty();
            }
            tokens.add(token(matcher));
            from = matcher.end();
        }
        return Optional.of(tokens);
    }

    private static Token token(Matcher matcher) {
        for (String kind : List.of("matches", "attribute", "word", "list", "text", "symbol")) {
            String found = matcher.group(kind);
            if (found != null) {
                return kind.equals("matches")
                        ? new Token(found.startsWith("Sub") ? "sub" : "action", matcher.group("action"))
                        : new Token(kind, found);
            }
        }
        throw new IllegalStateException("a token of no kind");
    }

    // --- expression: either | both | one ; empty where it is not understood

    private Optional<Match> either(int depth) {
        Optional<Match> value = both(depth);
        while (value.isPresent() && take("OR", "||")) {
            Match left = value.get();
            value = both(depth).map(left::or);
        }
        return value;
    }

    private Optional<Match> both(int depth) {
        Optional<Match> value = one(depth);
        while (value.isPresent() && take("AND", "&&")) {
            Match left = value.get();
            value = one(depth).map(left::and);
        }
        return value;
    }

    private Optional<Match> one(int depth) {
        if (depth > DEEPEST || at >= tokens.size()) {
            return Optional.empty();
        }
        if (take("!", "NOT")) {
            return one(depth + 1).map(Match::not);
        }
        if (take("(")) {
            return either(depth + 1).filter(value -> take(")"));
        }
        Token token = tokens.get(at++);
        return switch (token.kind()) {
            case "action" -> Optional.of(Match.of(AzureCustomRole.matches(token.text(), WRITE)));
            case "sub" -> Optional.of(Match.MAYBE);
            case "attribute" -> comparison(token.text());
            default -> Optional.empty();
        };
    }

    private boolean take(String... words) {
        if (at < tokens.size() && tokens.get(at).is(words)) {
            at++;
            return true;
        }
        return false;
    }

    private Optional<Match> comparison(String attribute) {
        if (at + 1 >= tokens.size() || !tokens.get(at).kind().equals("word")) {
            return Optional.empty();
        }
        String operator = tokens.get(at++).text();
        Token right = tokens.get(at++);
        if (!right.kind().equals("list") && !right.kind().equals("text")) {
            return right.kind().equals("attribute") ? Optional.of(Match.MAYBE) : Optional.empty();
        }
        return Optional.of(value(attribute)
                .map(value -> compare(value, operator.toLowerCase(Locale.ROOT), values(right.text())))
                .orElse(Match.MAYBE));
    }

    private Optional<String> value(String attribute) {
        String lower = attribute.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("@request[microsoft.authorization/roleassignments:")) {
            return Optional.empty();
        }
        return lower.endsWith(":roledefinitionid]")
                ? Optional.of(request.roleId())
                : lower.endsWith(":principaltype]")
                        ? Optional.of(request.principalType().toLowerCase(Locale.ROOT))
                        : Optional.empty();
    }

    private static Set<String> values(String list) {
        Set<String> values = new HashSet<>();
        for (String part : list.replaceAll("[{}']", "").split(",", -1)) {
            if (!part.isBlank()) {
                values.add(part.strip().toLowerCase(Locale.ROOT));
            }
        }
        return values;
    }

    /** One value against a list; by "AllValues" it must stand so to each of the list, else to one of it. */
    private static Match compare(String value, String operator, Set<String> list) {
        boolean all = operator.endsWith("allvalues:" + operator.replaceAll(".*:", ""));
        return switch (operator.replaceAll(".*:", "")) {
            case "guidequals", "stringequals", "stringequalsignorecase" ->
                Match.of(all ? list.stream().allMatch(value::equals) : list.contains(value));
            case "guidnotequals", "stringnotequals", "stringnotequalsignorecase" ->
                Match.of(all ? !list.contains(value) : list.stream().anyMatch(one -> !one.equals(value)));
            default -> Match.MAYBE;
        };
    }
}
