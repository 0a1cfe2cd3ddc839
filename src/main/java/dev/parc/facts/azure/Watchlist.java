package dev.parc.facts.azure;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A watchlist of Microsoft Sentinel, which queries of its workspace ask by its alias.
 *
 * @param workspaceId of the workspace that it belongs to, lower case
 * @param items the texts of each item by column, deleted ones left out
 */
public record Watchlist(String workspaceId, String alias, List<Map<String, String>> items) {

    /** What an alias may look like; what else stands in a query is asked of nobody. Source: "Watchlists - Create Or Update". */
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    private static final String BETWEEN = "|";

    public Watchlist {
        items = items.stream().map(Map::copyOf).toList();
    }

    /** Whether it can be the alias of one. */
    public static boolean isAlias(String alias) {
        return ALIAS.matcher(alias).matches();
    }

    /** By which the one of this alias is asked for in the second reading. */
    public static String question(String workspaceId, String alias) {
        return workspaceId + BETWEEN + alias;
    }

    /** The workspace that a question is about. */
    public static String workspaceOf(String question) {
        return question.substring(0, Math.max(0, question.lastIndexOf(BETWEEN)));
    }

    /** The alias that a question is about. */
    public static String aliasOf(String question) {
        return question.substring(question.lastIndexOf(BETWEEN) + 1);
    }
}
