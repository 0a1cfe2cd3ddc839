package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.GroupMembership;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Those of the groups that policies name that enclose a group which somebody joins by PIM for Groups: who joins it is in them
 * too. What an account is in already tells it of every group that nobody has to join.
 */
final class EnclosingGroups {

    private final Facts facts;
    private final Administrators administrators;

    EnclosingGroups(Facts facts, Administrators administrators) {
        this.facts = facts;
        this.administrators = administrators;
    }

    /** The groups around these, as far as they were read. */
    Set<String> around(Set<String> groups) {
        Set<String> around = new HashSet<>();
        groups.forEach(group -> of(group).ifPresent(around::addAll));
        return around;
    }

    /** The same without those that a group is in until an end only. */
    Set<String> aroundForGood(Set<String> groups) {
        Set<String> around = new HashSet<>();
        groups.forEach(group -> of(group)
                .ifPresent(in -> in.stream()
                        .filter(one -> !administrators.groupsWithAnEnd(group).contains(one.toLowerCase(Locale.ROOT)))
                        .forEach(around::add)));
        return around;
    }

    /** Whether the groups around all of these were read, as far as somebody has to join them. */
    boolean read(Set<String> groups) {
        return groups.stream()
                .allMatch(group -> of(group).isPresent() || (!administrators.isJoined(group) && !refused(group)));
    }

    private boolean refused(String group) {
        return facts.unseen(FactKind.GROUP_MEMBERSHIPS)
                .anyMatch(unseen -> unseen.principalId().equalsIgnoreCase(group));
    }

    private Optional<Set<String>> of(String group) {
        return facts.groupMembership(group).map(GroupMembership::groupIds);
    }
}
