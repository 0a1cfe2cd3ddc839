package dev.parc.collect.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.query.LoggedEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What becomes of a value, by how it is declared. What is not declared gives way to a marker of another kind than the value: an
 * object for a text, a number or a flag, a text for an object or a list. So whoever reads it, today or one day, meets something
 * that is there and that cannot be used, and takes it for unknown. Null and empty lists and objects say nothing and stay.
 */
final class Redactor {

    /** What stands for a value that nobody declared. */
    static final String MARKER = "redacted";

    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})?)?");
    private static final Pattern PLAIN =
            Pattern.compile("(?i)\\s*|true|false|-?\\d{1,6}|P[0-9DTHMSWY.]{1,20}|" + TIME.pattern());

    /** The parts of a rule, a filter or a query: ids, times, addresses, texts, words, numbers; whatever else holds them together. */
    private static final Pattern PART = Pattern.compile("(?<id>" + Pseudonyms.GUID.pattern() + ")|(?<time>"
            + TIME.pattern() + ")|(?<address>" + Pseudonyms.ADDRESS.pattern()
            + ")|(?<text>'(?:[^']|'')*+'|\"[^\"]*+\")|(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)|(?<number>\\p{N}+)"
            + "|(?<other>[^\\p{Punct}\\s])");

    /** In a query: texts of every kind, and comments. */
    private static final Pattern LITERAL = Pattern.compile("```[\\s\\S]*?```|~~~[\\s\\S]*?~~~"
            + "|@\"[^\"]*+(?:\"\"[^\"]*+)*+\"|@'[^']*+(?:''[^']*+)*+'"
            + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|//[^\\r\\n]*");

    /** What a text of a query may say of any tenant: nothing, a number. */
    private static final Pattern SAID_ANYWHERE = Pattern.compile("\\s*|[0-9]{1,6}");

    /** An operation of Azure, or a type of resource. */
    private static final Pattern OPERATION = Pattern.compile("(?i)microsoft\\.[a-z.]+(/[a-z]+)*");

    private static final Pattern TEMPLATE_PART = Pattern.compile(TIME.pattern() + "|\\p{L}+|\\p{N}+|[^\\p{Punct}\\s]");

    private static final int DIGITS = 6;

    /** Names in ids of Azure that are the same everywhere: those of plans and tables, and of what there is one of. */
    private static final Pattern FIXED_IN_AZURE = Pattern.compile("(?i).*/(pricings/[^/]+|tables/[^/]+|default)");

    /** How the containers begin that Azure Monitor writes logs to. */
    private static final String LOGS = "insights-";

    /** A cell of a watchlist. */
    private static final Declaration.Property COLUMN =
            new Declaration.Property(Optional.of(Declaration.Treatment.COLUMNS), List.of(), Map.of());

    /** Before words that count wherever they stand. */
    private static final String ANYWHERE = "*";

    private static final String WATCHLISTS = "watchlists";

    private final Pseudonyms pseudonyms;
    private final KnownWords words;
    private final AddressMap addresses = new AddressMap();

    Redactor(Pseudonyms pseudonyms, KnownWords words) {
        this.pseudonyms = pseudonyms;
        this.words = words;
    }

    /** A value of a declared property. Its kind stays, even where it is another than PARC expects. */
    JsonNode value(Declaration.Property property, JsonNode value) {
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> array.add(value(property, item)));
            return array;
        }
        if (value instanceof ObjectNode object
                && property.treatment().equals(Optional.of(Declaration.Treatment.COLUMNS))) {
            return columns(object);
        }
        if (value instanceof ObjectNode object) {
            return property.below().isEmpty() && !object.isEmpty() ? marked() : object(property, object);
        }
        if (value.isNull()) {
            return value;
        }
        Optional<Declaration.Treatment> treatment = property.treatment();
        if (value.isTextual()) {
            return JsonNodeFactory.instance.textNode(treatment
                    .map(how -> text(how, property.beginnings(), value.textValue()))
                    .orElse(MARKER));
        }
        if (treatment.equals(Optional.of(Declaration.Treatment.PLAIN))) {
            return value;
        }
        return value.isBoolean() ? JsonNodeFactory.instance.booleanNode(false) : JsonNodeFactory.instance.numberNode(0);
    }

    private ObjectNode object(Declaration.Property property, ObjectNode object) {
        ObjectNode redacted = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(member -> {
            Declaration.Property declared = property.below().get(member.getKey());
            if (declared == null) {
                redacted.set(name(member.getKey()), undeclared(member.getValue()));
            } else {
                redacted.set(member.getKey(), value(declared, member.getValue()));
            }
        });
        return redacted;
    }

    /** What a list has for a query: names and texts as the query has them. */
    private ObjectNode columns(ObjectNode columns) {
        ObjectNode redacted = JsonNodeFactory.instance.objectNode();
        columns.properties()
                .forEach(column -> redacted.set(
                        known(column.getKey(), words::isOfLanguage),
                        column.getValue().isContainerNode() ? marked() : value(COLUMN, column.getValue())));
        return redacted;
    }

    /** The marker for a value that nobody reads. */
    static JsonNode undeclared(JsonNode value) {
        if (value.isNull() || (value.isContainerNode() && value.isEmpty())) {
            return value;
        }
        return value.isContainerNode() ? JsonNodeFactory.instance.textNode(MARKER) : marked();
    }

    private static ObjectNode marked() {
        return JsonNodeFactory.instance.objectNode().put(MARKER, true);
    }

    /** The name of a property that nobody reads; an annotation or an action stays one. */
    String name(String name) {
        int annotation = name.indexOf("@odata.");
        if (annotation >= 0) {
            String what = name.substring(annotation + 1);
            return (annotation == 0 ? "" : known(name.substring(0, annotation), words::isName)) + "@"
                    + (words.isName("@" + what) ? what : "odata." + pseudonyms.token(what));
        }
        return name.startsWith("#") ? "#" + known(name.substring(1), words::isName) : known(name, words::isName);
    }

    private String known(String text, Predicate<String> is) {
        return is.test(text) ? text : pseudonyms.token(text);
    }

    private String text(Declaration.Treatment how, List<String> beginnings, String text) {
        if (text.isBlank()) {
            return text;
        }
        return switch (how) {
            case PLAIN -> PLAIN.matcher(text).matches() ? text : pseudonyms.token(text);
            case WORD -> word(text, beginnings);
            case TITLE -> words.isWord(text) ? text : pseudonyms.name(text);
            case NAME -> pseudonyms.name(text);
            case ID -> id(text);
            case ADDRESS -> address(text);
            case SCOPE -> parts(text, "/", this::id);
            case RULE -> rule(text);
            case ACTION -> parts(text, "/", this::operation);
            case EQUALS -> text.startsWith("/") ? azure(text) : words.isWord(text) ? text : action(text);
            case AZURE -> azure(text);
            case RESOURCE -> resource(text);
            case KQL -> query(text);
            case COLUMNS -> compared(text);
            case TEMPLATE -> template(text);
            case PREFIX -> prefix(text);
            case COMPUTER -> computer(text);
            case CIDR -> addresses.of(text).orElseGet(() -> pseudonyms.token(text));
            case MARK -> MARKER;
        };
    }

    private String action(String text) {
        return text.contains("/") ? parts(text, "/", this::operation) : pseudonyms.token(text);
    }

    private static String parts(String text, String separator, UnaryOperator<String> part) {
        return Arrays.stream(text.split(separator, -1)).map(part).collect(Collectors.joining(separator));
    }

    private String operation(String part) {
        return replaced(Pattern.compile("[^.*]+"), part, word -> known(word, words::isOfLanguage));
    }

    private static String replaced(Pattern pattern, String text, Function<String, String> with) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(with.apply(found.group())));
    }

    private String word(String text, List<String> beginnings) {
        if (words.isWord(text)) {
            return text;
        }
        if (text.contains(",")) {
            return parts(text, ",", part -> part.isBlank() ? part : word(part.strip(), beginnings));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return beginnings.stream()
                .filter(beginning -> beginning.startsWith(ANYWHERE)
                        ? lower.contains(beginning.substring(1).toLowerCase(Locale.ROOT))
                        : lower.startsWith(beginning.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(beginning -> beginning.replace(ANYWHERE, "") + " " + pseudonyms.token(text))
                .orElseGet(() -> pseudonyms.token(text));
    }

    /** An id, alone or in quotation marks, as the audit log writes it. */
    private String id(String text) {
        if (text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")) {
            return "\"" + id(text.substring(1, text.length() - 1)) + "\"";
        }
        return text.isBlank()
                        || (words.isWord(text) && !Pseudonyms.GUID.matcher(text).matches())
                ? text
                : pseudonyms.id(text).or(() -> pseudonyms.address(text)).orElseGet(() -> pseudonyms.token(text));
    }

    /** What a request names in its path: an id, or a sign-in name. */
    String key(String text) {
        return id(text);
    }

    /** A domain that a request names in its path. */
    String domain(String text) {
        return address(text);
    }

    /** Addresses, one or several; or a domain. */
    private String address(String text) {
        if (words.isWord(text)) {
            return text;
        }
        return pseudonyms
                .address(text)
                .or(() -> pseudonyms.domainName(text))
                .orElseGet(() -> replaced(
                        Pattern.compile("[^;,\\s]+"),
                        text,
                        part -> pseudonyms.address(part).orElseGet(() -> pseudonyms.token(part))));
    }

    /** What a request says: PARC's own words, in quotation marks too, and what it took from answers. */
    String request(String text) {
        return rule(text, this::asked);
    }

    private String asked(String inside) {
        String said = said(inside);
        return said.equals(inside) || pseudonyms.id(inside).isPresent() || inside.contains("@")
                ? said
                : replaced(Pattern.compile("[\\p{L}\\p{N}_]+"), inside, word -> known(word, words::isOfLanguage));
    }

    /** A rule, filter or condition: its language stays, and what is said in it is an id, a known word or a stand-in. */
    String rule(String text) {
        return rule(text, this::said);
    }

    private String rule(String text, UnaryOperator<String> said) {
        Matcher found = PART.matcher(text);
        StringBuilder rule = new StringBuilder();
        while (found.find()) {
            found.appendReplacement(rule, Matcher.quoteReplacement(part(found.group(), found, said)));
        }
        return found.appendTail(rule).toString();
    }

    private String part(String part, Matcher found, UnaryOperator<String> said) {
        if (found.group("text") != null) {
            String inside = part.substring(1, part.length() - 1);
            return part.charAt(0) + said.apply(inside) + part.charAt(0);
        }
        if (found.group("id") != null) {
            return pseudonyms.id(part).orElseGet(() -> pseudonyms.token(part));
        }
        if (found.group("address") != null) {
            return pseudonyms.address(part).orElseGet(() -> pseudonyms.token(part));
        }
        if (found.group("word") != null) {
            return known(part, words::isOfLanguage);
        }
        if (found.group("number") != null) {
            return part.length() <= DIGITS ? part : "0";
        }
        return found.group("other") != null ? "?" : part;
    }

    /** What stands in quotation marks. */
    private String said(String inside) {
        if (SAID_ANYWHERE.matcher(inside).matches()
                || TIME.matcher(inside).matches()
                || (words.isWord(inside) && !Pseudonyms.GUID.matcher(inside).matches())) {
            return inside;
        }
        return pseudonyms
                .id(inside)
                .or(() -> pseudonyms.address(inside))
                .orElseGet(() -> OPERATION.matcher(inside).matches()
                        ? parts(inside, "/", this::operation)
                        : inside.startsWith("/") ? parts(inside, "/", this::id) : ofSeveral(inside));
    }

    /** Ids in a text with more in it keep their place, for a rule may look for them; nothing else of it stays. */
    private String ofSeveral(String inside) {
        return Pseudonyms.GUID.matcher(inside).find()
                ? rule(inside.replace('\'', ' ').replace('"', ' '))
                : pseudonyms.token(inside);
    }

    /**
     * The query of an alert rule, whose texts, names and comments may tell anything; ids and addresses in them keep their
     * stand-ins, and what logs say of every event keeps its words.
     */
    private String query(String text) {
        StringBuilder query = new StringBuilder();
        Matcher literal = LITERAL.matcher(text);
        int from = 0;
        while (literal.find()) {
            query.append(words(text.substring(from, literal.start()))).append(literal(literal.group()));
            from = literal.end();
        }
        return query.append(words(text.substring(from))).toString();
    }

    private String words(String between) {
        return rule(between.replace('\'', ' ').replace('"', ' ')); // no whole text is left, so a mark begins none
    }

    private String literal(String literal) {
        if (literal.startsWith("//")) {
            return "//";
        }
        int mark = literal.startsWith("@") ? 2 : literal.startsWith("```") || literal.startsWith("~~~") ? 3 : 1;
        int end = mark == 3 ? 3 : 1;
        String inside = literal.substring(mark, literal.length() - end);
        return literal.substring(0, mark) + compared(inside) + literal.substring(literal.length() - end);
    }

    /** A text that a query compares with others: the same stand-in wherever the same stands. */
    private String compared(String text) {
        return LoggedEvent.says(text) ? text : said(text);
    }

    private String template(String text) {
        return Pseudonyms.GUID.matcher(text).find()
                ? pseudonyms.token(text)
                : replaced(
                        TEMPLATE_PART,
                        text,
                        part -> TIME.matcher(part).matches() || part.matches("\\d")
                                ? part
                                : known(part, words::isOfLanguage));
    }

    /** Containers of logs keep their names, which decide what is deleted; no other does. */
    private String prefix(String text) {
        if (LOGS.startsWith(text)) {
            return text;
        }
        int slash = text.indexOf('/');
        String container = slash < 0 ? text : text.substring(0, slash);
        boolean isOfLogs = container.startsWith(LOGS) && template(container).equals(container);
        if (!isOfLogs) {
            return pseudonyms.token(text);
        }
        return slash < 0 || slash == text.length() - 1
                ? text
                : text.substring(0, slash + 1) + pseudonyms.token(text.substring(slash + 1));
    }

    /** As a sensor on it is called, which is the first part of its name, usually in capitals. */
    private String computer(String text) {
        String[] parts = text.split("\\.", 2);
        return pseudonyms.name(parts[0].toUpperCase(Locale.ROOT))
                + (parts.length == 2 ? "." + pseudonyms.token(parts[1]) : "");
    }

    /** The id of something in Azure, in which names take turns with what kind of thing they name. */
    String azure(String id) {
        String[] parts = id.split("/", -1);
        boolean isName = false;
        boolean isFixed = FIXED_IN_AZURE.matcher(id).matches();
        for (int part = id.startsWith("/") ? 1 : 0; part < parts.length; part++) {
            boolean isProvider = !isName && parts[part].equalsIgnoreCase("providers");
            if (isProvider && part + 1 < parts.length) {
                part++;
                parts[part] = operation(parts[part]);
            } else if (isName && isFixed && part == parts.length - 1) {
                parts[part] = words.isOfLanguage(parts[part]) ? parts[part] : resource(parts[part]);
            } else if (isName && part > 0 && parts[part - 1].equalsIgnoreCase(WATCHLISTS)) {
                parts[part] = compared(parts[part]); // as queries name it
            } else if (isName || !id.startsWith("/")) {
                parts[part] = resource(parts[part]);
            } else {
                parts[part] = parts[part].isEmpty() ? "" : known(parts[part], words::isOfLanguage);
            }
            isName = !isProvider && !isName;
        }
        return String.join("/", parts);
    }

    /** The name of something in Azure, whatever its case. */
    private String resource(String name) {
        if (name.isBlank()) {
            return name;
        }
        return pseudonyms.id(name).orElseGet(() -> pseudonyms.token(name.toLowerCase(Locale.ROOT)));
    }

    /** What a service says of an error: words of its own are known to PARC or not needed. */
    ObjectNode error(ObjectNode body) {
        ObjectNode redacted = JsonNodeFactory.instance.objectNode();
        body.properties().forEach(member -> {
            if (member.getKey().equals("error") && member.getValue() instanceof ObjectNode error) {
                ObjectNode inside = redacted.putObject("error");
                error.properties()
                        .forEach(part -> inside.set(
                                name(part.getKey()),
                                part.getKey().equals("code") && part.getValue().isTextual()
                                        ? JsonNodeFactory.instance.textNode(
                                                word(part.getValue().textValue(), List.of()))
                                        : part.getKey().equals("message")
                                                        && part.getValue().isTextual()
                                                ? JsonNodeFactory.instance.textNode(
                                                        message(part.getValue().textValue()))
                                                : undeclared(part.getValue())));
            } else {
                redacted.set(name(member.getKey()), undeclared(member.getValue()));
            }
        });
        return redacted;
    }

    private static String message(String text) {
        return text.isBlank()
                ? text
                : SnapshotRedaction.TELLING.stream()
                        .filter(text::contains)
                        .findFirst()
                        .orElse(MARKER);
    }
}
