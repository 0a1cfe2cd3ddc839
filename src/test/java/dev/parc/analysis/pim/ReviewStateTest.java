package dev.parc.analysis.pim;

import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.AccessReview.Assignments.ACTIVE;
import static dev.parc.facts.roles.AccessReview.Assignments.ALL;
import static dev.parc.facts.roles.AccessReview.Assignments.ELIGIBLE;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.TenantBuilder;
import dev.parc.facts.roles.AccessReview;
import dev.parc.facts.roles.AccessReview.Assignments;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReviewStateTest {

    /** A review of some assignments, which ended so many days ago and left so many undecided. */
    private static TenantBuilder reviewed(TenantBuilder tenant, Assignments assignments, int daysAgo, int open) {
        return tenant.review(
                GLOBAL_ADMINISTRATOR,
                it -> new AccessReview(
                        it.id(),
                        it.name(),
                        it.subjectId(),
                        it.ofRole(),
                        assignments,
                        it.everybody(),
                        it.independent(),
                        it.period(),
                        it.lastsUntil(),
                        it.instances()),
                daysAgo,
                3,
                open);
    }

    private static ReviewState state(TenantBuilder tenant) {
        return ReviewState.ofRole(tenant.facts(), GLOBAL_ADMINISTRATOR.templateId(), true, true);
    }

    private static Instant daysAgo(int days) {
        return TenantBuilder.NOW.minus(Duration.ofDays(days));
    }

    @Test
    void ofActiveAndEligibleAssignmentsTheWorseReviewCounts() {
        TenantBuilder activeOnly = reviewed(tenant(), ACTIVE, 10, 0);
        assertThat(state(activeOnly)).isInstanceOf(ReviewState.Missing.class);

        TenantBuilder eligibleOpen = reviewed(reviewed(tenant(), ACTIVE, 10, 0), ELIGIBLE, 10, 1);
        assertThat(state(eligibleOpen)).isInstanceOf(ReviewState.Doubtful.class);

        TenantBuilder activeOpen = reviewed(tenant(), ACTIVE, 10, 1);
        assertThat(state(activeOpen)).isInstanceOf(ReviewState.Missing.class);
    }

    @Test
    void ofTwoThatAreDoneTheOneThatIsLongerAgoIsTold() {
        assertThat(state(reviewed(reviewed(tenant(), ACTIVE, 10, 0), ELIGIBLE, 20, 0)))
                .isEqualTo(new ReviewState.Done(daysAgo(20)));
        assertThat(state(reviewed(reviewed(tenant(), ACTIVE, 20, 0), ELIGIBLE, 10, 0)))
                .isEqualTo(new ReviewState.Done(daysAgo(20)));
    }

    @Test
    void ofTwoReviewsOfTheSameTheBetterCounts() {
        assertThat(state(reviewed(reviewed(tenant(), ALL, 10, 1), ALL, 20, 0)))
                .isEqualTo(new ReviewState.Done(daysAgo(20)));
        assertThat(state(reviewed(reviewed(tenant(), ALL, 200, 0), ALL, 10, 1)))
                .isInstanceOf(ReviewState.Doubtful.class);
        assertThat(state(reviewed(reviewed(tenant(), ALL, 10, 1), ALL, 200, 0)))
                .isInstanceOf(ReviewState.Doubtful.class);
    }
}
