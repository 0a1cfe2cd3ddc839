package dev.parc.collect.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.TenantException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One service over a wire: what it is asked is counted and its answers are judged; what is throttled, cut off or lost is
 * asked for again within a budget; lists are read to their last page.
 */
public final class Exchange {

    private static final int MOST_PAGES = 10_000;
    private static final int ATTEMPTS_BEFORE_ANY_ANSWER = 3;
    private static final Set<Integer> WORTH_ASKING_AGAIN = Set.of(408, 500, 502, 503, 504);

    /** What one exchange meant for one request. */
    public sealed interface Outcome {

        /** There is nothing more to ask. */
        record Settled(Answer answer) implements Outcome {}

        /**
         * Asking again may help.
         *
         * @param told how long the service wants to be left alone
         */
        record Again(String reason, Optional<Duration> told) implements Outcome {}
    }

    /** Asks once for everything that is open. */
    @FunctionalInterface
    public interface Round<C> {

        /** What it meant for each call. */
        Map<C, Outcome> exchange(List<C> open) throws InterruptedException;
    }

    /** Asks for a further page. */
    @FunctionalInterface
    public interface FurtherPage {

        /**
         * The page, or why it is missing.
         *
         * @param next what the page before told: a link or a token
         */
        Answer read(String next) throws InterruptedException;
    }

    private final String service;
    private final Wire wire;
    private final RetryBudget budget;
    private final Waiting waiting;
    private final RequestCounter counter = new RequestCounter();
    private volatile @Nullable String unreachable;

    /** @param service its name, for reasons */
    public Exchange(String service, Wire wire, RetryBudget budget, Waiting waiting) {
        this.service = service;
        this.wire = wire;
        this.budget = budget;
        this.waiting = waiting;
    }

    /** What was asked so far. */
    public RequestTally tally() {
        return counter.tally();
    }

    /**
     * The answer, as soon as it is there.
     *
     * @throws TenantException if there is no credential, or the thread is interrupted
     */
    public Answer await(CompletableFuture<Answer> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TenantException("the reading was interrupted; run it again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TenantException cause) {
                throw new TenantException(String.valueOf(cause.getMessage()), cause);
            }
            throw new IllegalStateException("reading from " + service + " failed", e);
        }
    }

    /** Why the service could not be reached; empty where it answered anything at all. */
    public Optional<String> unreachable() {
        return Optional.ofNullable(unreachable).filter(reason -> nothingAnswered());
    }

    /** Counts a request, whether it goes by itself or in a batch. */
    public void count(WireRequest request) {
        counter.request(request);
    }

    /** Makes one HTTP call. */
    public Outcome send(WireRequest request) throws InterruptedException {
        counter.call();
        try {
            WireResponse response = wire.send(request);
            counter.answer();
            return judge(response);
        } catch (CutOffException e) {
            counter.answer();
            return new Outcome.Again(String.valueOf(e.getMessage()), Optional.empty());
        } catch (IOException e) {
            return new Outcome.Again(service + " could not be reached: " + e.getMessage(), Optional.empty());
        }
    }

    /** What an answer means, be it from inside a batch. */
    public Outcome judge(WireResponse response) {
        int status = response.status();
        if (status >= 200 && status < 300) {
            return JsonBody.parse(response.body())
                    .<Outcome>map(body -> new Outcome.Settled(new Answer.Value(body)))
                    .orElseGet(() -> new Outcome.Again("the answer was cut off", Optional.empty()));
        }
        if (status == 429) {
            counter.throttled();
            return new Outcome.Again(service + " throttled it (429)", RetryAfter.of(response, waiting.now()));
        }
        if (WORTH_ASKING_AGAIN.contains(status)) {
            return new Outcome.Again(service + " answered " + status, RetryAfter.of(response, waiting.now()));
        }
        JsonNode error = JsonBody.parse(response.body())
                .<JsonNode>map(body -> body.path("error"))
                .orElseGet(() -> JsonBody.object(Map.of()));
        if (status == WireResponse.NO_ANSWER) {
            return new Outcome.Settled(new Answer.Failed(error.path("message").asText()));
        }
        if (status < 400) {
            return new Outcome.Settled(new Answer.Failed(
                    service + " answered with a redirect (" + status + "), which PARC does not follow"));
        }
        return new Outcome.Settled(new Answer.Refused(
                status, error.path("code").asText(), error.path("message").asText()));
    }

    /** Asks, and asks again for what may still come, until every call has its answer or the budget is spent. */
    public <C> Map<C, Answer> settle(List<C> calls, Round<C> round) throws InterruptedException {
        Map<C, Answer> answers = new HashMap<>();
        List<C> open = calls;
        Duration waited = Duration.ZERO;
        for (int made = 1; !open.isEmpty(); made++) {
            Optional<String> lost = unreachable();
            if (lost.isPresent()) {
                open.forEach(call -> answers.put(call, new Answer.Failed(lost.get())));
                return answers;
            }
            Map<C, Outcome.Again> again = new LinkedHashMap<>();
            round.exchange(open).forEach((call, outcome) -> {
                if (outcome instanceof Outcome.Settled settled) {
                    answers.put(call, settled.answer());
                } else if (outcome instanceof Outcome.Again retry) {
                    again.put(call, retry);
                }
            });
            Duration pause = giveUpOrPause(made, waited, again, answers);
            if (!again.isEmpty()) {
                waiting.sleep(pause);
                waited = waited.plus(pause);
            }
            open = List.copyOf(again.keySet());
        }
        return answers;
    }

    /** Moves what has spent its budget to the answers; of the rest, the longest pause that one of them needs. */
    private <C> Duration giveUpOrPause(int made, Duration waited, Map<C, Outcome.Again> again, Map<C, Answer> answers) {
        boolean lost = nothingAnswered() && made >= ATTEMPTS_BEFORE_ANY_ANSWER;
        Duration longest = Duration.ZERO;
        for (Map.Entry<C, Outcome.Again> entry : List.copyOf(again.entrySet())) {
            Optional<Duration> pause = lost
                    ? Optional.empty()
                    : budget.pause(made, waited, entry.getValue().told());
            if (pause.isEmpty()) {
                again.remove(entry.getKey());
                answers.put(entry.getKey(), givenUp(made, entry.getValue()));
            } else if (pause.get().compareTo(longest) > 0) {
                longest = pause.get();
            }
        }
        return longest;
    }

    private Answer givenUp(int made, Outcome.Again last) {
        String times = made == 1 ? "once" : made + " times";
        String told = last.told()
                .map(duration -> ", and it wants " + duration.toSeconds() + " more seconds")
                .orElse("");
        String reason = last.reason() + " (asked " + times + told + ")";
        if (nothingAnswered()) {
            unreachable = reason;
        }
        return new Answer.Failed(reason + "; run again later");
    }

    private boolean nothingAnswered() {
        return counter.tally().answered() == 0;
    }

    /**
     * The whole list whose first page this is. A truncated list is not a list: whatever page is missing, the whole answer
     * is.
     *
     * @param items the member that holds the items of a page
     * @param next the member that leads to the next page
     */
    public Answer readPages(JsonNode first, String items, String next, FurtherPage further)
            throws InterruptedException {
        if (!(first instanceof ObjectNode whole && whole.get(items) instanceof ArrayNode all)) {
            return new Answer.Failed("its answer has further pages but is no list");
        }
        Set<String> seen = new HashSet<>();
        JsonNode link = whole.remove(next);
        while (link != null && !link.isNull() && !link.asText().isEmpty()) {
            if (!seen.add(link.asText()) || seen.size() >= MOST_PAGES) {
                return new Answer.Failed("its pages do not come to an end");
            }
            int page = seen.size() + 1;
            Answer answer = further.read(link.asText());
            if (answer instanceof Answer.Failed failed) {
                return new Answer.Failed("page " + page + " of its answer is missing: " + failed.reason());
            }
            if (answer instanceof Answer.Refused refused) {
                return new Answer.Failed("page " + page + " of its answer was refused: " + refused.status() + " "
                        + refused.code() + " " + refused.message());
            }
            if (!(answer instanceof Answer.Value value && value.body().get(items) instanceof ArrayNode more)) {
                return new Answer.Failed("page " + page + " of its answer is no list");
            }
            all.addAll(more);
            link = value.body().get(next);
        }
        return new Answer.Value(whole);
    }
}
