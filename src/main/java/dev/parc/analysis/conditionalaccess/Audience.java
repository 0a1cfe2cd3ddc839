package dev.parc.analysis.conditionalaccess;

import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Guests;
import dev.parc.facts.policies.ConditionalAccessPolicy.Users;
import dev.parc.facts.policies.Match;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * For whom each of some policies is. A subject is looked up by its id, groups and roles, and not put to policy after
 * policy. Exclusion wins over inclusion. Source: "Users, groups, agents, and workload identities in Conditional Access
 * policies".
 */
final class Audience {

    private static final String EVERYBODY = "All";
    private static final String NOBODY = "None";
    private static final String ALL_GUESTS = "GuestsOrExternalUsers";
    /** The accounts of agents; nobody else's are meant by it. */
    private static final String ALL_AGENTS = "AllAgentIdUsers";

    /** Of these nobody knows whom they include where they hold something that is not modelled. */
    private static final Set<String> INCLUSIONS =
            Set.of("includeUsers", "includeGroups", "includeRoles", "includeGuestsOrExternalUsers");

    private static final BitSet NONE = new BitSet();

    /**
     * The places of the policies that make a difference for a subject.
     *
     * @param falling those that are for it, or may be
     * @param doubtful those of them that only may be
     * @param excluding those that would be for it and leave it out
     */
    record Reach(BitSet falling, BitSet doubtful, BitSet excluding) {}

    private final Side including = new Side();
    private final Side excluding = new Side();

    Audience(List<ConditionalAccessPolicy> policies) {
        for (int place = 0; place < policies.size(); place++) {
            ConditionalAccessPolicy policy = policies.get(place);
            Users users = policy.users();
            including.add(place, users.includeUsers(), users.includeGroups(), users.includeRoles());
            excluding.add(place, users.excludeUsers(), users.excludeGroups(), users.excludeRoles());
            including.add(place, users.includeGuests());
            excluding.add(place, users.excludeGuests());
            including.doubtful.set(place, !Collections.disjoint(policy.notModelled(), INCLUSIONS));
        }
    }

    Reach of(PolicySubject subject) {
        BitSet included = new BitSet();
        BitSet maybeIncluded = new BitSet();
        including.find(subject, subject.lasting(), included, maybeIncluded);
        BitSet excluded = new BitSet();
        BitSet maybeExcluded = new BitSet();
        excluding.find(subject, subject.now(), excluded, maybeExcluded);
        if (subject.mayBeAnAgent()) {
            maybeExcluded.or(excluding.agents);
        }
        BitSet left = (BitSet) included.clone();
        left.and(excluded);
        BitSet doubtful = (BitSet) maybeIncluded.clone();
        doubtful.andNot(included);
        doubtful.or(maybeExcluded);
        included.or(maybeIncluded);
        included.andNot(excluded);
        doubtful.and(included);
        return new Reach(included, doubtful, left);
    }

    /** One of the two lists of every policy, turned round. */
    private static final class Side {

        private final BitSet everybody = new BitSet();
        private final BitSet allGuests = new BitSet();
        private final BitSet agents = new BitSet();
        private final BitSet byAnyGroup = new BitSet();
        private final BitSet doubtful = new BitSet();
        private final Map<String, BitSet> byUser = new HashMap<>();
        private final Map<String, BitSet> byGroup = new HashMap<>();
        private final Map<String, BitSet> byRole = new HashMap<>();
        private final Map<Integer, Guests> guests = new TreeMap<>();
        /** An account is asked of several times, with and without a role, and its groups are the same. */
        private Set<String> lastGroups = Set.of();

        private BitSet byLastGroups = NONE;

        void add(int place, Set<String> users, Set<String> groups, Set<String> roles) {
            for (String user : users) {
                switch (user) {
                    case EVERYBODY -> everybody.set(place);
                    case ALL_GUESTS -> allGuests.set(place);
                    case ALL_AGENTS -> agents.set(place);
                    case NOBODY -> {
                        // names none
                    }
                    default -> set(byUser, user, place);
                }
            }
            groups.forEach(group -> set(byGroup, group, place));
            roles.forEach(role -> set(byRole, role, place));
            byAnyGroup.set(place, !groups.isEmpty());
        }

        void add(int place, Optional<Guests> kinds) {
            kinds.ifPresent(wanted -> guests.put(place, wanted));
        }

        private static void set(Map<String, BitSet> index, String id, int place) {
            index.computeIfAbsent(id, key -> new BitSet()).set(place);
        }

        /** The places of the policies that name the subject, and of those that may; a place can be in both. */
        void find(PolicySubject subject, PolicySubject.Belonging belonging, BitSet sure, BitSet maybe) {
            sure.or(everybody);
            maybe.or(doubtful);
            sure.or(byUser.getOrDefault(subject.account().id(), NONE));
            if (!allGuests.isEmpty()) {
                switch (subject.guest()) {
                    case YES -> sure.or(allGuests);
                    case MAYBE -> maybe.or(allGuests);
                    case NO -> {
                        // is none
                    }
                }
            }
            if (!belonging.groupsRead()) {
                maybe.or(byAnyGroup);
            }
            sure.or(byGroups(belonging.groups()));
            collect(belonging.doubtfulGroups(), byGroup, maybe);
            collect(belonging.roles(), byRole, sure);
            collect(belonging.doubtfulRoles(), byRole, maybe);
            guests.forEach((place, wanted) -> {
                Match match = subject.among(wanted);
                sure.set(place, sure.get(place) || match == Match.YES);
                maybe.set(place, maybe.get(place) || match == Match.MAYBE);
            });
        }

        @SuppressWarnings("ReferenceEquality") // equal ones would be looked up again, and that is all
        private BitSet byGroups(Set<String> groups) {
            if (groups != lastGroups) {
                BitSet places = new BitSet();
                collect(groups, byGroup, places);
                byLastGroups = places;
                lastGroups = groups;
            }
            return byLastGroups;
        }

        private static void collect(Set<String> ids, Map<String, BitSet> index, BitSet into) {
            for (String id : ids) {
                into.or(index.getOrDefault(id, NONE));
            }
        }
    }
}
