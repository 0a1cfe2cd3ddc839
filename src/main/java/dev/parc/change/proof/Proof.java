package dev.parc.change.proof;

import dev.parc.assessment.Score;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a change makes of a tenant.
 *
 * @param takenAt when the answers were read on which it is proved
 * @param requests how many requests the change has
 * @param accounts emergency accounts first, then Global Administrators, then all others that administer
 * @param items those whose outcome changes
 * @param findings those that go and those that come
 * @param coverage what administrators' sign-ins newly need, and no longer need
 * @param blocked sign-ins that get in now and would not with the change
 * @param open sign-ins of administrators that still get in without MFA, without phishing-resistant MFA, or by a legacy client
 * @param scores of the whole run first, then of each stage
 * @param undecided what cannot be told, a sentence each
 */
public record Proof(
        String tenantId,
        String tenantName,
        String source,
        Instant takenAt,
        int requests,
        List<AccountProof> accounts,
        List<ItemChange> items,
        List<FindingChange> findings,
        List<Coverage> coverage,
        List<BlockedSignIn> blocked,
        List<OpenSignIn> open,
        List<ScoreChange> scores,
        List<String> undecided) {

    public Proof {
        accounts = List.copyOf(accounts);
        items = List.copyOf(items);
        findings = List.copyOf(findings);
        coverage = List.copyOf(coverage);
        blocked = List.copyOf(blocked);
        open = List.copyOf(open);
        scores = List.copyOf(scores);
        undecided = List.copyOf(undecided);
    }

    /** Whether an account gets in. */
    public enum Reachability {
        REACHABLE,
        LOCKED_OUT,
        /** It depends on what is not modelled or was not read. */
        UNDECIDED,
        /** It holds no role, so nothing was read of it. */
        NOT_AN_ADMINISTRATOR
    }

    /**
     * Whether an account gets in, and how.
     *
     * @param by names of the policies that lock it out together
     * @param because why it does not get in, or why that cannot be told
     * @param signIn a sign-in by which it gets in; empty text where there is none
     */
    public record Access(Reachability reachability, List<String> by, String because, String signIn) {
        public Access {
            by = List.copyOf(by);
        }
    }

    /**
     * One account before and with the change.
     *
     * @param methods what is registered for it; empty where that was not read
     */
    public record AccountProof(
            String id,
            String name,
            boolean emergency,
            boolean globalAdministrator,
            Optional<List<String>> methods,
            Access before,
            Access after) {

        /** Whether the change locks it out. */
        public boolean isLockedOutByIt() {
            return after.reachability() == Reachability.LOCKED_OUT && before.reachability() != Reachability.LOCKED_OUT;
        }

        /** Whether it got in, and the change makes that uncertain. */
        public boolean isMadeUncertain() {
            return after.reachability() == Reachability.UNDECIDED && before.reachability() == Reachability.REACHABLE;
        }
    }

    /** An item whose outcome changes. */
    public record ItemChange(String checkId, String title, Outcome before, Outcome after, String summary) {

        /** Whether it is worse: what was met or did not apply is open, or what a person was to judge fails. */
        public boolean isWorse() {
            return rank(after) > rank(before) && before != Outcome.NOT_ASSESSED && before != Outcome.FAIL;
        }

        /** Whether it is better. */
        public boolean isBetter() {
            return rank(after) < rank(before);
        }

        private static int rank(Outcome outcome) {
            return switch (outcome) {
                case PASS, NOT_APPLICABLE -> 0;
                case REVIEW -> 1;
                case NOT_ASSESSED -> 2;
                case FAIL -> 3;
            };
        }
    }

    /**
     * A finding that only one side has.
     *
     * @param comes whether the change brings it; else the change ends it
     */
    public record FindingChange(String checkId, boolean comes, Finding finding) {}

    /**
     * What every sign-in of an administrator needs on one side only.
     *
     * @param requirement in words, to stand after "needs"
     * @param gained whether it is needed with the change
     * @param by names of the policies that ask for it
     * @param example a sign-in that is without it on the other side; empty text where that is undecided
     */
    public record Coverage(
            String accountId, String name, String requirement, boolean gained, List<String> by, String example) {
        public Coverage {
            by = List.copyOf(by);
        }
    }

    /**
     * A sign-in that gets in now and not with the change.
     *
     * @param without the means that it does without, in words; empty text where it has all
     * @param signIn the sign-in, as ordinary as it can be
     * @param by names of the policies that block it together
     */
    public record BlockedSignIn(
            String accountId, String name, String without, String signIn, List<String> by, String because) {
        public BlockedSignIn {
            by = List.copyOf(by);
        }
    }

    /**
     * A sign-in that gets in with the change without something.
     *
     * @param requirement what it does without, in words
     */
    public record OpenSignIn(String accountId, String name, String requirement, String signIn) {}

    /**
     * A score before and after.
     *
     * @param stage empty for the whole run
     */
    public record ScoreChange(Optional<Stage> stage, Score before, Score after) {}

    /** The emergency accounts that the change locks out. */
    public List<AccountProof> emergencyLockedOut() {
        return accounts.stream()
                .filter(account -> account.emergency() && account.isLockedOutByIt())
                .toList();
    }

    /** Whether no Global Administrator is left that gets in, and one was before. */
    public boolean locksOutEveryGlobalAdministrator() {
        List<AccountProof> all =
                accounts.stream().filter(AccountProof::globalAdministrator).toList();
        return all.stream().anyMatch(account -> account.before().reachability() == Reachability.REACHABLE)
                && all.stream().allMatch(account -> account.after().reachability() == Reachability.LOCKED_OUT);
    }

    /** Why the change must not be made as it is, a sentence each; empty if nothing of the kind was found. */
    public List<String> objections() {
        Stream<String> emergency = accounts.stream()
                .filter(AccountProof::emergency)
                .filter(account -> account.isLockedOutByIt() || account.isMadeUncertain())
                .map(account -> "emergency account " + account.name()
                        + (account.isLockedOutByIt() ? " is locked out" : " may be locked out"));
        Stream<String> all = locksOutEveryGlobalAdministrator()
                ? Stream.of("every Global Administrator is locked out")
                : Stream.empty();
        Stream<String> worse = items.stream()
                .filter(ItemChange::isWorse)
                .map(item -> item.checkId() + " goes from " + item.before() + " to " + item.after());
        return Stream.of(emergency, all, worse).flatMap(one -> one).toList();
    }
}
