package dev.parc.analysis.administrators;

import dev.parc.facts.roles.AssignmentKind;
import java.util.List;

/**
 * One way in which a principal holds a role.
 *
 * @param roleId the id of the role definition
 * @param scope {@code /} for the whole tenant
 * @param kind how permanently, all of the path considered
 * @param path the groups between the role and the principal, the one that holds the role first; empty if it is direct
 */
public record Holding(String roleId, String scope, AssignmentKind kind, List<Hop> path) {

    /**
     * One group on the path.
     *
     * @param owner whether the next one is its owner, who is no member but can make itself one
     */
    public record Hop(String groupId, String groupName, AssignmentKind kind, boolean owner) {}

    public Holding {
        path = List.copyOf(path);
    }

    /** Whether it is only a way to get the role, by owning a group, and not yet a holding of it. */
    public boolean onlyAWayIn() {
        return !path.isEmpty() && path.stream().anyMatch(Hop::owner);
    }

    /** Whether it is limited to an administrative unit or an application. */
    public boolean limited() {
        return !scope.equals("/");
    }

    /** Whether it is the role itself that is, or was, activated, and no membership of a group on the path. */
    public boolean activatedByRole() {
        return isActivated(kind) && path.stream().noneMatch(hop -> isActivated(hop.kind()));
    }

    private static boolean isActivated(AssignmentKind kind) {
        return kind == AssignmentKind.ELIGIBLE || kind == AssignmentKind.ACTIVATED;
    }

    /** The path in words: "directly", "through group A", "through group B, nested in A". */
    public String pathInWords() {
        if (path.isEmpty()) {
            return "directly";
        }
        Hop last = path.get(path.size() - 1);
        StringBuilder groups = new StringBuilder("group '" + last.groupName() + "'");
        for (int i = path.size() - 2; i >= 0; i--) {
            groups.append(path.get(i).owner() ? ", owner of '" : ", nested in '")
                    .append(path.get(i).groupName())
                    .append('\'');
        }
        String as = last.owner() ? "owner" : "member";
        return switch (last.kind()) {
            case ELIGIBLE -> "as eligible " + as + " of " + groups;
            case ACTIVATED -> "as " + as + ", activated now, of " + groups;
            default -> (last.owner() ? "as owner of " : "through ") + groups;
        };
    }
}
