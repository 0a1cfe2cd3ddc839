package dev.parc.browser;

import com.fasterxml.jackson.databind.JsonNode;

/** The served report in a tab, and what a person does on it. */
public final class ServedPage {

    /** What is said of the last thing that was done; a script expression. */
    public static final String DONE = "document.getElementById('done').textContent";

    private final Tab tab;
    private final String address;

    /** @param address where PARC is served, without a path */
    public ServedPage(Tab tab, String address) {
        this.tab = tab;
        this.address = address;
    }

    /** Opens the report. */
    public void open() {
        tab.open(address + "/api/report");
    }

    /** The key of a statement for which nobody attests, such as {@code S4-02.1}. */
    public String unattested() {
        return tab.text("[...document.querySelectorAll('fieldset.statement')]"
                + ".find(it => it.textContent.includes('Not attested.')).id.slice(4)");
    }

    /** A statement; a script expression. */
    public static String statement(String key) {
        return "document.getElementById('say-" + key + "')";
    }

    /** A field by its name; a script expression. */
    public static String field(String name) {
        return "document.querySelector('[name=\"" + name + "\"]')";
    }

    /** Types a text in place of what is in a field. */
    public void fill(String field, String text) {
        tab.value("{ const fold = " + field + ".closest('details'); if (fold) fold.open = true } " + field
                + ".focus(); " + field + ".select()");
        tab.type(text);
    }

    /** Sets a date to the last day that it may be. */
    public void fillDay(String field) {
        tab.value(field + ".value = " + field + ".max");
    }

    /** Presses a key until this is so. */
    public void press(String key, String until) {
        for (int i = 0; i < 300; i++) {
            tab.press(key);
            if (tab.value(until).asBoolean()) {
                return;
            }
        }
        throw new AssertionError("the focus never came to where " + until);
    }

    /**
     * Attests a statement with nothing but keys, from the top of the page.
     *
     * @param stage whose statements they are, such as {@code S3}
     * @return the key of the statement
     */
    public String attestByKeys(String stage, String by) {
        press("Tab", "document.activeElement.getAttribute('href') === '#decide'");
        tab.press("Enter");
        press("Tab", "document.activeElement.closest('#statements-" + stage + "') !== null");
        tab.press("Enter");
        press("Tab", "document.activeElement.name === 'attest'");
        String key = tab.text("document.activeElement.value");
        tab.press(" ");
        JsonNode ticked = tab.value("document.activeElement.checked");
        if (!ticked.asBoolean()) {
            throw new AssertionError(key + " is not ticked");
        }
        press("Tab", "document.activeElement.name === '" + key + ".by'");
        tab.value("document.activeElement.select()");
        tab.type(by);
        press("Tab", "document.activeElement.name === '" + key + ".until'");
        fillDay("document.activeElement");
        press("Tab", "document.activeElement.name === '" + key + ".note'");
        tab.leading(() -> tab.press("Enter"));
        return key;
    }
}
