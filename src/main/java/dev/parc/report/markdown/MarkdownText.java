package dev.parc.report.markdown;

import dev.parc.report.text.VisibleText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text that a tenant wrote, as Markdown that shows it as it is: no markup, no link, no image, and nothing that the pages of
 * GitHub, GitLab or Azure DevOps would turn into a link or a mention of somebody. It stays within one line and one cell.
 */
public final class MarkdownText {

    /** What some renderer links or notifies by itself: mentions, references, addresses. Backslashes do not stop these. */
    private static final Pattern LINKED =
            Pattern.compile("[@#!$%~&^][\\p{Alnum}_\"]|[/\\\\]|:[\\p{Alnum}/]|\\p{L}\\.\\p{Alnum}|"
                    + "\\p{Alnum}\\.\\p{L}|(?i:^GH-\\d)");

    /** A word between the marks that a sentence puts around it. */
    private static final Pattern WORD = Pattern.compile("^([('\"]*)(.*?)([)'\",;:.!?]*)$");

    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]|~]");

    /** What makes a line a heading, a list, a rule or code when it begins with it. */
    private static final Pattern BEGINNING = Pattern.compile("^([#+\\-=:]|\\d+(?=[.)]))");

    private MarkdownText() {}

    /** The text as words of a sentence; words that somewhere mean more than they say become code. */
    public static String prose(String text) {
        String words = Stream.of(VisibleText.of(text).strip().split(" ", -1))
                .map(MarkdownText::word)
                .collect(Collectors.joining(" "));
        Matcher beginning = BEGINNING.matcher(words);
        if (!beginning.find()) {
            return words;
        }
        String rest = words.substring(beginning.end());
        return Character.isDigit(words.charAt(0)) ? beginning.group() + "\\" + rest : "\\" + beginning.group() + rest;
    }

    private static String word(String word) {
        Matcher parts = WORD.matcher(word);
        if (!parts.matches() || !LINKED.matcher(parts.group(2)).find()) {
            return escaped(word);
        }
        return escaped(parts.group(1)) + code(parts.group(2)) + escaped(parts.group(3));
    }

    private static String escaped(String text) {
        return MARKUP.matcher(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                .replaceAll("\\\\$0");
    }

    /** The text as code, in which nothing is markup; what would end the code or a table's cell is spelt out. */
    public static String code(String text) {
        String visible = VisibleText.of(text).replace("`", "[U+0060]").replace("|", "[U+007C]");
        return visible.isBlank() ? "` `" : "`" + visible.strip() + "`";
    }
}
