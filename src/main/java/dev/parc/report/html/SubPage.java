package dev.parc.report.html;

import dev.parc.analysis.explain.ExplainedAdministrators;
import dev.parc.analysis.explain.Explanation;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.report.portal.Portals;
import java.util.List;
import java.util.Optional;

/** A page beside the report, with the way back to it. */
public final class SubPage {

    private SubPage() {}

    /**
     * The whole document.
     *
     * @param title a line of text
     * @param report the address of the report
     * @param head more for the head of the document
     * @param body sections
     */
    public static String html(String title, String report, Html head, Html body, Forms forms) {
        return Page.html("PARC: " + title, head, Html.of("""
                        <header><div>
                        <p class="brand"><span><b>PARC</b> Privileged Access Roadmap Checks</span></p>
                        <h1>{}</h1>
                        <nav aria-label="Back"><ul><li><a href="{}">Back to the report</a></li></ul></nav>
                        </div></header>
                        <main>
                        {}{}</main>
                        """, Html.name(title), report, forms.top(), body), forms);
    }

    /** One administrator of an inventory, explained. */
    public static Html explained(AdministratorInventory inventory, Explanation one, Portals portals) {
        AdministratorInventory alone = new AdministratorInventory(
                inventory.runId(),
                inventory.takenAt(),
                new ExplainedAdministrators(List.of(one), inventory.explained().missing()),
                inventory.named());
        return new AdministratorsSection(alone, new PortalLinks(portals, Optional.of(inventory)), Forms.NONE)
                .alone(one);
    }
}
