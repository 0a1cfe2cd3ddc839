package dev.parc.facts;

/** What an administrator's account is for, in the words of the source document. */
public enum Category {
    DEDICATED("used for administration only"),
    DUAL_USE("also used for day-to-day work"),
    SHARED("shared by several people"),
    BREAK_GLASS("for break-glass emergency access"),
    AUTOMATION("for automated scripts"),
    EXTERNAL("of an external user");

    private final String title;

    Category(String title) {
        this.title = title;
    }

    /** What it means, to stand after "account". */
    public String title() {
        return title;
    }
}
