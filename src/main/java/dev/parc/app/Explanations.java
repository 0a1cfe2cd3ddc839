package dev.parc.app;

import dev.parc.assessment.Explained;
import dev.parc.assessment.RequestCount;
import dev.parc.collect.Collected;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import dev.parc.facts.Account;
import dev.parc.facts.Designations;
import dev.parc.facts.Explainer;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads what it takes to explain one account, and explains it. */
public final class Explanations {

    /** As long as a sign-in name can be, with room for an invited one. */
    private static final int LONGEST_NAME = 400;

    private static final int NEAR_NAMES = 5;

    private final Tenant tenant;
    private final Designations designations;

    /** @param designations the operator's settings; where they are {@link Designations#NONE} the tenant's own count */
    public Explanations(Tenant tenant, Designations designations) {
        this.tenant = tenant;
        this.designations = designations.equals(Designations.NONE) ? tenant.designations() : designations;
    }

    /**
     * Reads and explains.
     *
     * @param name an object id, a sign-in name, or the name of a service principal
     * @param progress told what is being done, a short phrase each time
     * @throws UnknownNameException if nothing has this name, or several have, saying what to do
     * @throws TenantException if nothing can be read
     */
    public Explained explain(String name, Consumer<String> progress) {
        String wanted = name.strip();
        if (wanted.isEmpty() || wanted.length() > LONGEST_NAME) {
            throw new UnknownNameException("an account is named by its object id, its sign-in name, or the name of a"
                    + " service principal, at most " + LONGEST_NAME + " characters long");
        }
        Set<FactKind> kinds = EnumSet.of(FactKind.ORGANIZATION);
        kinds.addAll(Explainer.KINDS);
        Collected collected = tenant.collect(kinds, designations, progress);
        Explainer explainer = new Explainer(collected.facts());
        List<String> found = explainer.find(wanted);
        if (found.isEmpty()) {
            collected = withAccount(wanted, kinds, collected, progress);
            explainer = new Explainer(collected.facts());
            found = explainer.find(wanted);
        }
        if (found.size() > 1) {
            throw new UnknownNameException("%d principals are called '%s'; name one by its object id: %s"
                    .formatted(found.size(), wanted, String.join(", ", found)));
        }
        Facts facts = collected.facts();
        return new Explained(
                tenant.id(),
                collected.tenantName(),
                tenant.source(),
                facts.takenAt(),
                new RequestCount(collected.graph(), collected.arm(), collected.throttled(), collected.byRequest()),
                explainer.explain(found.get(0)),
                Optional.empty());
    }

    /** The same facts with one account more, which is no administrator. */
    private Collected withAccount(String wanted, Set<FactKind> kinds, Collected first, Consumer<String> progress) {
        Facts facts = first.facts();
        if (facts.reading(FactKind.ACCOUNTS) instanceof Reading.Unread) {
            throw new TenantException("cannot tell who '%s' is: %s"
                    .formatted(
                            wanted, facts.gapsOf(FactKind.ACCOUNTS).findFirst().orElse("nothing was read")));
        }
        progress.accept("reading an account that is no administrator");
        Collected again = tenant.collect(kinds, alsoReading(wanted), phrase -> {});
        Optional<Account> account = again.facts().accounts().stream()
                .filter(one ->
                        one.id().equalsIgnoreCase(wanted) || one.signInName().equalsIgnoreCase(wanted))
                .filter(one -> one.state() != Account.State.DELETED)
                .findFirst();
        if (account.isEmpty()) {
            throw unknown(wanted, facts, again.facts());
        }
        return new Collected(
                withOwnDesignations(again.facts()),
                again.tenantName(),
                first.graph() + again.graph(),
                first.arm() + again.arm(),
                first.throttled() + again.throttled(),
                sum(first.byRequest(), again.byRequest()));
    }

    /** An account that is designated is read, whatever it holds. */
    private Designations alsoReading(String wanted) {
        Set<String> accounts = new HashSet<>(designations.emergencyAccounts());
        accounts.add(wanted.toLowerCase(Locale.ROOT));
        return new Designations(accounts, designations.categories());
    }

    private Facts withOwnDesignations(Facts facts) {
        Map<FactKind, Reading> readings = new EnumMap<>(FactKind.class);
        Stream.of(FactKind.values()).forEach(kind -> readings.put(kind, facts.reading(kind)));
        return new Facts(facts.takenAt(), designations, readings);
    }

    private static UnknownNameException unknown(String wanted, Facts facts, Facts asked) {
        List<String> near = new Explainer(facts).near(wanted, NEAR_NAMES);
        List<String> known = facts.gapsOf(FactKind.ACCOUNTS).toList();
        Optional<String> gap = asked.gapsOf(FactKind.ACCOUNTS)
                .filter(one -> !known.contains(one))
                .findFirst();
        return new UnknownNameException("no administrator has the id or name '%s', and %s; %s"
                .formatted(
                        wanted,
                        gap.map(reason -> "whether another user has it was not read (" + reason + ")")
                                .orElse("no other user has it"),
                        near.isEmpty() ? "no administrator's name comes near" : "near: " + String.join(", ", near)));
    }

    private static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
        Map<String, Integer> sum = new java.util.TreeMap<>(one);
        other.forEach((request, times) -> sum.merge(request, times, Integer::sum));
        return sum;
    }
}
