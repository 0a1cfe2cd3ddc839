package dev.parc.facts;

import java.util.List;
import java.util.stream.Collectors;

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
        return path.stream().anyMatch(Hop::owner);
    }

    /** Whether it is limited to an administrative unit or an application. */
    public boolean limited() {
        return !scope.equals("/");
    }

    /** The path in words: "directly", "through group A", "through group B, nested in A". */
    public String pathInWords() {
        if (path.isEmpty()) {
            return "directly";
        }
        List<Hop> inwards = new java.util.ArrayList<>(path);
        java.util.Collections.reverse(inwards);
        String groups = inwards.stream()
                .map(hop -> "'" + hop.groupName() + "'")
                .collect(Collectors.joining(", nested in ", "group ", ""));
        Hop last = inwards.get(0);
        if (last.owner()) {
            return "as owner of " + groups;
        }
        return switch (last.kind()) {
            case ELIGIBLE -> "as eligible member of " + groups;
            case ACTIVATED -> "as member, activated now, of " + groups;
            default -> "through " + groups;
        };
    }
}
