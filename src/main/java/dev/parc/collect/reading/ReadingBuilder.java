package dev.parc.collect.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.AwaitedPermissions;
import dev.parc.collect.http.Answer;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.Unseen;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts the reading of one kind together from the answers to one request or to many. Not safe for use by threads. */
public final class ReadingBuilder {

    /** What is asked account by account. */
    private static final Set<FactKind> OF_ACCOUNTS = EnumSet.of(
            FactKind.ACCOUNTS,
            FactKind.SIGN_INS,
            FactKind.REGISTRATIONS,
            FactKind.PER_USER_MFA,
            FactKind.MAILBOX_PURPOSES);

    private static final int LONGEST_MESSAGE = 200;
    private static final String GRAPH = "Graph";
    private static final String AZURE = "Azure Resource Manager";
    private static final String TO_IDENTITY = " to PARC's identity";
    private static final int MOST_REASONS = 5;
    private static final Set<String> LICENCE_CODES =
            Set.of("AadPremiumLicenseRequired", "Authentication_RequestFromNonPremiumTenantOrB2CTenant");

    /** Identity Protection has no code of its own for it. */
    private static final String LICENCE_WORDS = "not licensed for this feature";

    private final FactKind kind;
    private final List<Object> values = new ArrayList<>();
    private final Map<String, Integer> gaps = new LinkedHashMap<>();
    private final Map<String, Unseen> unseen = new LinkedHashMap<>();
    private int answered;
    private int unlicensed;
    private int failed;

    public ReadingBuilder(FactKind kind) {
        this.kind = kind;
    }

    /** The reading of a kind that one collection holds. */
    public static Reading ofCollection(FactKind kind, Answer answer, String plural, Function<Item, ?> value) {
        return new ReadingBuilder(kind)
                .collection(answer, plural, value, kind.permissions())
                .build();
    }

    /** The reading of a kind that one object holds. */
    public static Reading ofObject(FactKind kind, Answer answer, String plural, Function<Item, ?> value) {
        return new ReadingBuilder(kind)
                .object(answer, plural, value, kind.permissions())
                .build();
    }

    /** Adds a value for each item of a collection; an item that cannot be used becomes a gap. */
    public ReadingBuilder collection(Answer answer, String plural, Function<Item, ?> value, List<String> permissions) {
        return items(answer, plural, permissions, item -> values.add(value.apply(item)));
    }

    /** Hands on each item of a collection; one that cannot be used becomes a gap. Tells whether there was a list. */
    public boolean each(Answer answer, String plural, Consumer<Item> taken) {
        int before = answered;
        items(answer, plural, kind.permissions(), taken);
        return answered > before;
    }

    private ReadingBuilder items(Answer answer, String plural, List<String> permissions, Consumer<Item> taken) {
        return use(answer, permissions, body -> {
            JsonNode items = body.path("value");
            if (!items.isArray()) {
                throw new GapException(plural + " came without their list");
            }
            items.forEach(item -> attempt(() -> taken.accept(new Item(plural, item))));
        });
    }

    /** Adds the value that one object holds; one that cannot be used becomes a gap. */
    public ReadingBuilder object(Answer answer, String plural, Function<Item, ?> value, List<String> permissions) {
        return use(answer, permissions, body -> values.add(value.apply(new Item(plural, body))));
    }

    public ReadingBuilder value(Object value) {
        values.add(value);
        return this;
    }

    public ReadingBuilder gap(String gap) {
        gaps.merge(gap, 1, Integer::sum);
        return this;
    }

    /** Takes note that nothing of the kind could be read of one principal; the first reason stays. */
    public ReadingBuilder unseen(String principalId, String reason) {
        unseen.putIfAbsent(principalId, new Unseen(principalId, Unseen.Cause.UNREAD, reason));
        return this;
    }

    /** Takes note that nothing of the directory has this id, which is an answer. */
    public ReadingBuilder unresolved(String principalId) {
        unseen.put(principalId, Unseen.unresolved(principalId));
        return used();
    }

    /** Takes note of an answer about one principal that is none. */
    public ReadingBuilder unseen(String principalId, Answer answer, List<String> permissions) {
        if (lacksLicence(answer) && kind.licence().isPresent()) {
            return without(answer, permissions);
        }
        failed++;
        return unseen(principalId, reason(answer, permissions));
    }

    /** Adds the value that an object about one principal holds; where it cannot be used, the principal is unseen. */
    public ReadingBuilder ofPrincipal(
            String principalId, Answer answer, String plural, Function<Item, ?> value, List<String> permissions) {
        if (!(answer instanceof Answer.Value object)) {
            return unseen(principalId, answer, permissions);
        }
        try {
            values.add(value.apply(new Item(plural, object.body())));
            return used();
        } catch (GapException e) {
            failed++;
            return unseen(principalId, e.gap());
        }
    }

    /** Runs something that may add values, and makes a gap of what it cannot use. */
    public void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (GapException e) {
            gap(e.gap());
        }
    }

    /** Counts a request as answered whose answer the caller has used. */
    public ReadingBuilder used() {
        answered++;
        return this;
    }

    /** Takes note of an answer that is none. */
    public ReadingBuilder without(Answer answer, List<String> permissions) {
        if (lacksLicence(answer) && kind.licence().isPresent()) {
            unlicensed++;
            return this;
        }
        return failed(
                kind.azureRole().map(role -> azureReason(answer, role)).orElseGet(() -> reason(answer, permissions)));
    }

    /** Takes note of a request that was left without a usable answer. */
    public ReadingBuilder failed(String reason) {
        failed++;
        return gap(reason);
    }

    /**
     * Read, with gaps where something was left out; Unlicensed or Unread where nothing is left, because the empty list
     * then says nothing.
     */
    public Reading build() {
        if (unlicensed > 0) {
            Licence licence = kind.licence().orElseThrow();
            if (answered == 0 && failed == 0) {
                return new Reading.Unlicensed(licence);
            }
            gap(service(kind) + " answered some requests that the tenant has no " + licence.title()
                    + " licence, and others not");
        }
        if (values.isEmpty() && gaps.isEmpty() && answered == 0) {
            unseen.values().stream()
                    .filter(one -> one.cause() == Unseen.Cause.UNREAD)
                    .forEach(one -> gap(one.reason()));
        }
        if (values.isEmpty() && !gaps.isEmpty()) {
            String more = gaps.size() > MOST_REASONS ? "; and " + (gaps.size() - MOST_REASONS) + " more" : "";
            return new Reading.Unread(
                    gaps.keySet().stream().limit(MOST_REASONS).collect(Collectors.joining("; ")) + more);
        }
        return new Reading.Read(
                values,
                gaps.entrySet().stream()
                        .map(gap -> gap.getValue() == 1
                                ? gap.getKey()
                                : gap.getKey() + " (" + gap.getValue()
                                        + (OF_ACCOUNTS.contains(kind) ? " accounts)" : " times)"))
                        .toList(),
                List.copyOf(unseen.values()));
    }

    /** The service that tells the kind. */
    public static String service(FactKind kind) {
        return kind.azureRole().isPresent() ? AZURE : GRAPH;
    }

    /** Whether Graph says that the tenant has not the licence for what was asked. */
    public static boolean lacksLicence(Answer answer) {
        return answer instanceof Answer.Refused refused
                && (LICENCE_CODES.contains(refused.code()) || refused.message().contains(LICENCE_WORDS));
    }

    /** Whether Graph says that there is no such object. */
    public static boolean notFound(Answer answer) {
        return answer instanceof Answer.Refused refused && refused.status() == 404;
    }

    /** Why there is no usable answer, with what to do about it. A permission is to be granted only where it is not held. */
    public static String reason(Answer answer, List<String> permissions) {
        return reason(
                answer,
                GRAPH,
                (refused, answered) -> toGrant(permissions, refused.held(), refused.awaited(), " (" + answered + ")")
                        .orElseGet(() -> heldAndRefused(permissions, refused, answered)));
    }

    /**
     * What is missing of the permissions, or may be, and that it is to be granted; empty if they are all held.
     *
     * @param held those that the identity has; empty if nothing tells
     * @param awaited those that it was granted and does not have yet; empty if nothing tells
     * @param why to stand after what is missing
     */
    public static Optional<String> toGrant(
            List<String> permissions, Optional<Set<String>> held, Optional<AwaitedPermissions> awaited, String why) {
        if (held.isEmpty()) {
            return Optional.of("permission " + String.join(" or ", permissions) + " may be missing" + why
                    + ": if it is, grant it" + TO_IDENTITY);
        }
        Set<String> granted = awaited.map(AwaitedPermissions::permissions).orElse(Set.of());
        List<String> lacking = permissions.stream()
                .filter(permission -> !held.get().contains(permission) && !granted.contains(permission))
                .toList();
        List<String> coming = permissions.stream()
                .filter(permission -> !held.get().contains(permission) && granted.contains(permission))
                .toList();
        if (lacking.isEmpty() && !coming.isEmpty()) {
            return awaited.map(it -> (coming.size() == 1 ? "permission " : "permissions ")
                    + String.join(" and ", coming) + (coming.size() == 1 ? " is" : " are")
                    + " granted to PARC's identity and not in its token yet" + why + ": nothing is to be done, "
                    + it.inWords());
        }
        return switch (lacking.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("permission " + lacking.get(0) + " is missing" + why + ": grant it" + TO_IDENTITY);
            default ->
                Optional.of("permissions " + String.join(" and ", lacking) + " are missing" + why + ": grant them"
                        + TO_IDENTITY);
        };
    }

    private static String heldAndRefused(List<String> permissions, Answer.Refused refused, String answered) {
        return answered
                + (refused.message().isBlank() ? "" : ": " + oneLine(refused.message()))
                + "; PARC's identity holds " + String.join(" and ", permissions)
                + ", so look at what else may refuse: a licence, a role in the service itself, Conditional Access for"
                + " workload identities, or a grant so new that it has not reached the service";
    }

    /** Why Azure Resource Manager gave no usable answer, with what to do about it. */
    public static String azureReason(Answer answer, String role) {
        return reason(
                answer,
                AZURE,
                (refused, answered) -> "the role " + role + " is missing (" + answered + "): grant it" + TO_IDENTITY);
    }

    private static String reason(Answer answer, String service, BiFunction<Answer.Refused, String, String> forbidden) {
        if (answer instanceof Answer.Failed failed) {
            return failed.reason();
        }
        if (!(answer instanceof Answer.Refused refused)) {
            throw new IllegalArgumentException("an answer with a value needs no reason");
        }
        String answered = service + " answered " + (refused.status() + " " + oneLine(refused.code())).strip();
        if (refused.status() == 403) {
            return forbidden.apply(refused, answered);
        }
        return refused.message().isBlank() ? answered : answered + ": " + oneLine(refused.message());
    }

    /** What a stranger wrote, bounded and on one line. */
    public static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }

    private ReadingBuilder use(Answer answer, List<String> permissions, Consumer<JsonNode> body) {
        if (!(answer instanceof Answer.Value value)) {
            return without(answer, permissions);
        }
        try {
            body.accept(value.body());
            return used();
        } catch (GapException e) {
            return failed(e.gap());
        }
    }
}
