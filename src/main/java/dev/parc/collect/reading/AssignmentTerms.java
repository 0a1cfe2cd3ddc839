package dev.parc.collect.reading;

import dev.parc.facts.roles.AssignmentKind;
import java.util.Locale;

/** The terms on which PIM's schedules say that something is held. */
public final class AssignmentTerms {

    private AssignmentTerms() {}

    /** The kind of an active schedule instance, of a role or of a group. */
    public static AssignmentKind activeKind(Item item, boolean ends) {
        return switch (item.requiredText("assignmentType").toLowerCase(Locale.ROOT)) {
            case "assigned" -> ends ? AssignmentKind.TIME_BOUND : AssignmentKind.PERMANENT;
            case "activated" -> AssignmentKind.ACTIVATED;
            default -> throw item.malformed("assignmentType");
        };
    }
}
