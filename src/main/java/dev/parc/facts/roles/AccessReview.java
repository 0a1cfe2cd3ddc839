package dev.parc.facts.roles;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An access review as far as it is about one directory role or one group.
 *
 * @param subjectId the role's id as the review names it, or the group's
 * @param ofRole whether the subject is a role
 * @param assignments which assignments of a role it asks about
 * @param everybody whether it asks about all users, and not about guests, inactive users or applications only
 * @param independent whether others than the reviewed people themselves answer
 * @param period the longest time from one instance to the next; empty if it runs once
 * @param lastsUntil when it ends; empty if nothing says so
 */
public record AccessReview(
        String id,
        String name,
        String subjectId,
        boolean ofRole,
        Assignments assignments,
        boolean everybody,
        boolean independent,
        Optional<Duration> period,
        Optional<Instant> lastsUntil,
        List<Instance> instances) {

    /** Which assignments of a role. */
    public enum Assignments {
        ACTIVE,
        ELIGIBLE,
        ALL;

        /** Whether assignments that are eligible, or active, are among them. */
        public boolean include(boolean eligible) {
            return this == ALL || (this == ELIGIBLE) == eligible;
        }
    }

    /**
     * One time that it ran.
     *
     * @param finished whether its time is over and its outcome stands
     * @param decisions what was decided; empty where that was not asked
     */
    public record Instance(Instant from, Instant to, boolean finished, Optional<Decisions> decisions) {}

    /**
     * How many of the people under review somebody decided about.
     *
     * @param byPeople decided by a reviewer
     * @param open decided by nobody, or by the system because nobody did
     * @param justified decided by a reviewer who gave a reason
     */
    public record Decisions(int byPeople, int open, int justified) {}

    public AccessReview {
        instances = List.copyOf(instances);
    }

    /** The newest instance that is finished. */
    public Optional<Instance> lastFinished() {
        return instances.stream().filter(Instance::finished).max(Comparator.comparing(Instance::to));
    }

    /** Whether it will run again after this moment. */
    public boolean recursAfter(Instant moment) {
        return period.isPresent() && lastsUntil.filter(moment::isAfter).isEmpty();
    }
}
