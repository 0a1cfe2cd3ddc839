package dev.parc.facts.policies;

import dev.parc.facts.directory.PrincipalType;
import java.util.List;

/**
 * Who is in a group that an enabled Conditional Access policy excludes, directly or nested.
 *
 * @param count how many members there are, nested groups and devices counted too
 * @param read so many of them as were read, at most {@link #MOST_READ}
 */
public record ExcludedMembers(String groupId, int count, List<ExcludedGroup.Principal> read) {

    /** As many as are read of each group. */
    public static final int MOST_READ = 100;

    public ExcludedMembers {
        read = List.copyOf(read);
    }

    /** Whether every member was read. */
    public boolean whole() {
        return read.size() >= count;
    }

    /** The members that can sign in as somebody: nested groups, whose members are read too, and devices aside. */
    public List<ExcludedGroup.Principal> principals() {
        return read.stream()
                .filter(member ->
                        member.type() == PrincipalType.USER || member.type() == PrincipalType.SERVICE_PRINCIPAL)
                .toList();
    }
}
