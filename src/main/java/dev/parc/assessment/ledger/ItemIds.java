package dev.parc.assessment.ledger;

import java.util.regex.Pattern;

/** Ids of roadmap items, like S1-04. */
public final class ItemIds {

    private static final Pattern SHAPE = Pattern.compile("(S[1-4]|BG)-\\d{2}");

    private ItemIds() {}

    /** Whether the text has the shape of an item's id; anything else never reaches a store. */
    public static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }
}
