package dev.parc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences with numbers in them, in the grammar that goes with the numbers: the one place that forms a singular or a plural.
 * <p>In a template, {@code %d} and {@code %s} stand for what follows it, in order. {@code [account|accounts]} is the first of the
 * two where the number before it is one; {@code [1:is|are]} goes by the first number of the template instead, which the verb
 * follows in "1 of 5 accounts is". "all %d" of one is "the only".
 */
public final class Counted {

    private static final Pattern PART =
            Pattern.compile("(all (?=%d (?!of\\b)))?%d|%s|\\[(?:(\\d):)?([^|\\]]*)\\|([^\\]]*)]");

    private Counted() {}

    /**
     * The sentence.
     *
     * @param template with as many {@code %d} and {@code %s} as there are arguments
     * @throws IllegalArgumentException if a form stands before every number that it could go by
     */
    public static String say(String template, Object... arguments) {
        List<Long> numbers = new ArrayList<>();
        StringBuilder said = new StringBuilder();
        Matcher part = PART.matcher(template);
        int next = 0;
        while (part.find()) {
            String text = part.group();
            if (text.equals("%s")) {
                text = String.valueOf(arguments[next++]);
            } else if (text.endsWith("%d")) {
                long number = ((Number) arguments[next++]).longValue();
                numbers.add(number);
                text = text.startsWith("all") && number == 1 ? "the only" : text.replace("%d", String.valueOf(number));
            } else {
                int of = part.group(2) == null ? numbers.size() : Integer.parseInt(part.group(2));
                if (of < 1 || of > numbers.size()) {
                    throw new IllegalArgumentException("no number goes before " + text + " in: " + template);
                }
                text = numbers.get(of - 1) == 1 ? part.group(3) : part.group(4);
            }
            part.appendReplacement(said, Matcher.quoteReplacement(text));
        }
        return part.appendTail(said).toString();
    }
}
