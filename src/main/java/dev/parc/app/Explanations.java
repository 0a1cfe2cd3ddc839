package dev.parc.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.analysis.explain.Explainer;
import dev.parc.analysis.explain.WhatIf;
import dev.parc.assessment.AccountExplanation;
import dev.parc.assessment.RequestCount;
import dev.parc.change.Change;
import dev.parc.change.ChangeRequest;
import dev.parc.change.ChangeUrl;
import dev.parc.change.overlay.Overlay;
import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.Layered;
import dev.parc.collect.recording.RememberedWire;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what it takes to explain one account, and explains it. */
public final class Explanations {

    /** As long as a sign-in name can be, with room for an invited one. */
    private static final int LONGEST_NAME = 400;

    private static final int NEAR_NAMES = 5;
    private static final Pattern OBJECT_ID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private final Tenant tenant;
    private final Designations designations;

    /** @param designations all that the operator designates */
    public Explanations(Tenant tenant, Designations designations) {
        this.tenant = tenant;
        this.designations = designations;
    }

    /**
     * Reads and explains.
     *
     * @param name an object id, a sign-in name, or the name of a service principal
     * @param policy the id or name of a report-only policy to be thought of as on
     * @param progress told what is being done, a short phrase each time
     * @throws UnknownNameException if nothing has one of the names, or several have, saying what to do
     * @throws TenantException if nothing can be read
     */
    public AccountExplanation explain(String name, Optional<String> policy, Consumer<String> progress) {
        String wanted = name.strip();
        if (wanted.isEmpty() || wanted.length() > LONGEST_NAME) {
            throw new UnknownNameException(
                    "name an account by its object id, its sign-in name or a service principal's name, at most "
                            + LONGEST_NAME + " characters long");
        }
        Set<FactKind> kinds = EnumSet.of(FactKind.ORGANIZATION);
        kinds.addAll(Explainer.KINDS);
        RememberedWire memory = new RememberedWire();
        Tenant heard = policy.isPresent() ? layered().heard(memory::over) : tenant;
        UnaryOperator<Facts> known = UnaryOperator.identity();
        Function<Tenant, Collected> reading = read -> read.collect(
                kinds, designations, progress, new Estate.Whole(), first -> SecondQuestions.of(first, kinds));
        Collected collected = reading.apply(heard);
        Explainer explainer = new Explainer(collected.facts());
        List<String> found = explainer.find(wanted);
        if (found.isEmpty()) {
            reading = read -> withAccount(read, wanted, kinds);
            known = this::withOwnDesignations;
            collected = withAccount(wanted, kinds, heard, collected, progress);
            explainer = new Explainer(collected.facts());
            found = explainer.find(wanted);
        }
        if (found.size() > 1) {
            throw new UnknownNameException("%d principals are named '%s'; use an object id: %s"
                    .formatted(found.size(), wanted, String.join(", ", found)));
        }
        progress.accept("explaining " + wanted);
        Facts facts = collected.facts();
        Explainer then = explainer;
        Optional<WhatIf> whatIf = Optional.empty();
        if (policy.isPresent()) {
            ConditionalAccessPolicy on = reportOnly(policy.get().strip(), explainer, facts);
            then = new Explainer(known.apply(
                    reading.apply(switchedOn(on, memory, facts.takenAt())).facts()));
            whatIf = Optional.of(explainer.whatIf(on.displayName(), then));
        }
        return new AccountExplanation(
                tenant.id(),
                collected.tenantName(),
                tenant.source(),
                facts.takenAt(),
                new RequestCount(collected.graph(), collected.arm(), collected.throttled(), collected.byRequest()),
                then.explain(found.get(0)),
                whatIf);
    }

    private Layered layered() {
        if (tenant instanceof Layered layered) {
            return layered;
        }
        throw new TenantException("a change cannot be proved on this tenant");
    }

    /**
     * The tenant as it would answer with a policy switched on.
     *
     * @throws dev.parc.change.ChangeException if Microsoft Graph would refuse to switch it on
     */
    private Tenant switchedOn(ConditionalAccessPolicy policy, RememberedWire memory, Instant at) {
        Change change = new Change(List.of(new ChangeRequest(
                "on",
                ChangeRequest.Method.PATCH,
                ChangeUrl.of("/identity/conditionalAccess/policies/" + policy.id()),
                Optional.of(JsonNodeFactory.instance.objectNode().put("state", "enabled")),
                List.of(),
                "")));
        return layered().through(wire -> Overlay.of(change, memory, wire, at).over(memory.over(wire)), Optional.of(at));
    }

    private static ConditionalAccessPolicy reportOnly(String wanted, Explainer explainer, Facts facts) {
        if (facts.reading(FactKind.CONDITIONAL_ACCESS_POLICIES) instanceof Reading.Unread) {
            throw new TenantException("cannot evaluate '%s' as if it were on: %s"
                    .formatted(
                            wanted,
                            facts.gapsOf(FactKind.CONDITIONAL_ACCESS_POLICIES)
                                    .findFirst()
                                    .orElse("nothing was read")));
        }
        List<ConditionalAccessPolicy> found = explainer.policies(wanted);
        if (found.size() > 1) {
            throw new UnknownNameException("%d policies are named '%s'; use an id: %s"
                    .formatted(
                            found.size(),
                            wanted,
                            found.stream().map(ConditionalAccessPolicy::id).collect(Collectors.joining(", "))));
        }
        if (found.isEmpty() || found.get(0).state() != ConditionalAccessPolicy.State.REPORT_ONLY) {
            List<String> others = explainer.reportOnlyPolicies(wanted, NEAR_NAMES);
            String what = found.isEmpty()
                    ? "there is no policy '%s'".formatted(wanted)
                    : "'%s' is %s and not report-only"
                            .formatted(
                                    found.get(0).displayName(),
                                    found.get(0).state().name().toLowerCase(Locale.ROOT));
            throw new UnknownNameException("%s; %s"
                    .formatted(
                            what,
                            others.isEmpty()
                                    ? "no policy of this tenant is report-only"
                                    : "report-only are: " + String.join(", ", others)));
        }
        return found.get(0);
    }

    /** The same facts with one account more, which is no administrator. */
    private Collected withAccount(
            String wanted, Set<FactKind> kinds, Tenant heard, Collected first, Consumer<String> progress) {
        Facts facts = first.facts();
        if (facts.reading(FactKind.ACCOUNTS) instanceof Reading.Unread) {
            throw new TenantException("cannot tell who '%s' is: %s"
                    .formatted(
                            wanted, facts.gapsOf(FactKind.ACCOUNTS).findFirst().orElse("nothing was read")));
        }
        if (wanted.indexOf('@') <= 0 && !OBJECT_ID.matcher(wanted).matches()) {
            throw unknown(wanted, facts, "other users can be found by object id and sign-in name only");
        }
        progress.accept("reading an account that is not an administrator");
        Collected again = withAccount(heard, wanted, kinds);
        Optional<Account> account = again.facts().accounts().stream()
                .filter(one -> isCalled(one, wanted))
                .filter(one -> one.state() != Account.State.DELETED)
                .findFirst();
        if (account.isEmpty()) {
            List<String> known = facts.gapsOf(FactKind.ACCOUNTS).toList();
            throw unknown(
                    wanted,
                    facts,
                    again.facts()
                            .gapsOf(FactKind.ACCOUNTS)
                            .filter(one -> !known.contains(one))
                            .findFirst()
                            .map(gap -> "other users could not be searched (" + gap + ")")
                            .orElse("no other user has it"));
        }
        return new Collected(
                withOwnDesignations(again.facts()),
                again.tenantName(),
                first.graph() + again.graph(),
                first.arm() + again.arm(),
                first.throttled() + again.throttled(),
                sum(first.byRequest(), again.byRequest()));
    }

    private Collected withAccount(Tenant heard, String wanted, Set<FactKind> kinds) {
        return heard.collect(
                kinds,
                alsoReading(wanted),
                phrase -> {},
                new Estate.Whole(),
                read -> Map.of(FactKind.PER_USER_MFA, leftOpen(withOwnDesignations(read), wanted)));
    }

    private static boolean isCalled(Account account, String wanted) {
        return account.id().equalsIgnoreCase(wanted) || account.signInName().equalsIgnoreCase(wanted);
    }

    /** The id of the account of this name if policies let it in without MFA, as per-user MFA may ask for it then. */
    private static Set<String> leftOpen(Facts facts, String wanted) {
        ConditionalAccess conditionalAccess = ConditionalAccess.of(facts);
        return facts.accounts().stream()
                .filter(account -> isCalled(account, wanted))
                .filter(account -> conditionalAccess.mfa(account) instanceof MfaDecision.Uncovered)
                .map(Account::id)
                .collect(Collectors.toUnmodifiableSet());
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

    private static UnknownNameException unknown(String wanted, Facts facts, String others) {
        List<String> near = new Explainer(facts).near(wanted, NEAR_NAMES);
        return new UnknownNameException("no administrator has the id or name '%s', and %s; %s"
                .formatted(
                        wanted,
                        others,
                        near.isEmpty() ? "no administrator has a similar name" : "near: " + String.join(", ", near)));
    }

    private static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
        Map<String, Integer> sum = new TreeMap<>(one);
        other.forEach((request, times) -> sum.merge(request, times, Integer::sum));
        return sum;
    }
}
