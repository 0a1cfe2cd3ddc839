package dev.parc.report.html;

import dev.parc.analysis.explain.Explanation;
import dev.parc.assessment.CheckResult;
import dev.parc.check.Finding;

/** What the page has besides when it is served: where people decide, and what is decided. */
public interface Forms {

    /** The exported file has none. */
    Forms NONE = new Forms() {};

    /** The script of the forms; empty for none. */
    default String script() {
        return "";
    }

    /** The style of the forms; empty for none. */
    default String style() {
        return "";
    }

    /** What stands above everything else: what was just done. */
    default Html top() {
        return Html.NONE;
    }

    /** The part of the page that the head links to as {@code decide}. */
    default Html section() {
        return Html.NONE;
    }

    /** Below the findings of an item. */
    default Html ofItem(CheckResult result) {
        return Html.NONE;
    }

    /** Before the subject of a finding. */
    default Html ofFinding(CheckResult result, Finding finding) {
        return Html.NONE;
    }

    /** Below the name of an administrator. */
    default Html ofAdministrator(Explanation one) {
        return Html.NONE;
    }

    /** Whether there is anything of it. */
    default boolean served() {
        return !script().isEmpty();
    }
}
