package dev.parc.analysis.pim;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.AccessReview;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** How far access reviews of a role, or of a group, have come; asks for {@link FactKind#ACCESS_REVIEWS}. */
public sealed interface ReviewState {

    /**
     * It was reviewed within its period, and somebody decided about everybody.
     *
     * @param at when the last review ended
     */
    record Done(Instant at) implements ReviewState {}

    /** It is certain that it was not. */
    record Missing(String why) implements ReviewState {}

    /** A person must look. */
    record Doubtful(String why) implements ReviewState {}

    /** In words, to stand after the name of the role or group. */
    default String words() {
        if (this instanceof Done done) {
            return "was last reviewed on " + date(done.at());
        }
        return this instanceof Missing missing ? missing.why() : ((Doubtful) this).why();
    }

    /**
     * The state of one role.
     *
     * @param templateId the role's template id, or the id of a custom role
     * @param active whether somebody holds it
     * @param eligible whether somebody is eligible for it
     */
    static ReviewState ofRole(Facts facts, String templateId, boolean active, boolean eligible) {
        List<AccessReview> reviews = about(
                facts,
                review -> review.ofRole()
                        && Administrators.of(facts)
                                .templateId(review.subjectId())
                                .equals(templateId.toLowerCase(Locale.ROOT)));
        List<ReviewState> states = new ArrayList<>();
        if (active || !eligible) {
            states.add(of(facts, ofAssignments(reviews, false), "its active assignments"));
        }
        if (eligible) {
            states.add(of(facts, ofAssignments(reviews, true), "its eligible assignments"));
        }
        return worst(states);
    }

    /** The state of the members of one group. */
    public static ReviewState ofGroup(Facts facts, String groupId) {
        return of(
                facts,
                about(facts, review -> !review.ofRole() && review.subjectId().equalsIgnoreCase(groupId)),
                "its members");
    }

    private static List<AccessReview> about(Facts facts, Predicate<AccessReview> subject) {
        return facts.<AccessReview>list(FactKind.ACCESS_REVIEWS).stream()
                .filter(subject)
                .toList();
    }

    private static List<AccessReview> ofAssignments(List<AccessReview> reviews, boolean eligible) {
        return reviews.stream()
                .filter(review -> review.assignments().include(eligible))
                .toList();
    }

    private static ReviewState worst(List<ReviewState> states) {
        return states.stream()
                .max(Comparator.comparing(
                                (ReviewState state) -> state instanceof Missing ? 2 : state instanceof Doubtful ? 1 : 0)
                        .thenComparing(
                                state -> state instanceof Done done ? done.at().toEpochMilli() * -1 : 0L))
                .orElseThrow();
    }

    /** The best that one of the reviews can show. */
    private static ReviewState of(Facts facts, List<AccessReview> reviews, String what) {
        Instant now = facts.takenAt();
        List<AccessReview> recurring = reviews.stream()
                .filter(review -> review.everybody() && review.recursAfter(now))
                .toList();
        if (recurring.isEmpty()) {
            if (reviews.isEmpty()) {
                return new Missing("no access review asks about " + what);
            }
            return new Missing("no recurring access review asks about all of " + what + ": "
                    + String.join(
                            ", ", reviews.stream().map(review -> quoted(review)).toList())
                    + " runs once, has ended, or asks about some only");
        }
        return recurring.stream()
                .map(review -> of(now, review))
                .min(Comparator.comparing(state -> state instanceof Done ? 0 : state instanceof Doubtful ? 1 : 2))
                .orElseThrow();
    }

    private static ReviewState of(Instant now, AccessReview review) {
        Optional<AccessReview.Instance> last = review.lastFinished();
        Duration period = review.period().orElseThrow();
        if (last.isEmpty()) {
            boolean late = review.instances().stream()
                    .anyMatch(instance -> instance.to().plus(period).isBefore(now));
            return late
                    ? new Missing("access review " + quoted(review) + " was never finished")
                    : new Doubtful("access review " + quoted(review) + " has not finished for the first time yet");
        }
        AccessReview.Instance instance = last.get();
        String ended = "access review " + quoted(review) + ", which ended on " + date(instance.to()) + ", ";
        if (instance.to().plus(period).isBefore(now)) {
            return new Missing(ended + "should have run again since");
        }
        Optional<AccessReview.Decisions> decisions = instance.decisions();
        if (decisions.isEmpty()) {
            return new Doubtful(ended + "does not tell what was decided");
        }
        int open = decisions.get().open();
        int all = open + decisions.get().byPeople();
        if (decisions.get().byPeople() == 0) {
            return all == 0
                    ? new Doubtful(ended + "asked about nobody")
                    : new Missing(ended + "was answered by nobody");
        }
        if (open > 0) {
            return new Doubtful(ended + "was left unanswered for %d of %d".formatted(open, all));
        }
        return review.independent()
                ? new Done(instance.to())
                : new Doubtful(ended + "was answered by the reviewed people themselves");
    }

    private static String quoted(AccessReview review) {
        return "'" + review.name() + "'";
    }

    private static String date(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
