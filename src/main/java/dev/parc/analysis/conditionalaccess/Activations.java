package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.signin.Requirement;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.PimSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides for accounts that must activate their roles. During activation an account does not have the role yet, so a
 * policy for the role does not apply; PIM's own MFA may have been done earlier in the session and says nothing of method
 * or device; an authentication context is asked for at the activation only, and the role can be used from another
 * session, device or place after it; policies for the role are asked at every new token. Source: "Configure Microsoft
 * Entra role settings in Privileged Identity Management".
 */
final class Activations {

    private final Facts facts;
    private final ActivationPath.Finder paths;

    Activations(Facts facts) {
        this.facts = facts;
        this.paths = new ActivationPath.Finder(facts, Administrators.of(facts));
    }

    /** An account is its worst role, and a role its worst path. */
    AdministratorDecision decide(ConditionalAccess policies, Account account, Requirement requirement) {
        List<ActivationDecision> activations = new ArrayList<>();
        PolicySubject.Known known = PolicySubject.Known.of(facts, Administrators.of(facts), account);
        for (ActivationPath path : paths.of(account.id())) {
            activations.add(decide(policies, known, path, requirement));
        }
        List<MfaDecision> all = new ArrayList<>();
        boolean assigned = Administrators.of(facts).holdings(account.id()).stream()
                .anyMatch(holding -> !holding.onlyAWayIn() && holding.kind().assigned());
        if (assigned || activations.isEmpty()) {
            all.add(policies.require(account, requirement));
        }
        activations.forEach(one -> all.add(one.decision()));
        return new AdministratorDecision(worst(all), activations);
    }

    private static MfaDecision worst(List<MfaDecision> all) {
        Set<String> proof = new LinkedHashSet<>();
        Optional<MfaDecision> undecided = Optional.empty();
        for (MfaDecision one : all) {
            if (one instanceof MfaDecision.Uncovered) {
                return one;
            }
            if (one instanceof MfaDecision.Covered covered) {
                proof.addAll(covered.by());
            } else if (undecided.isEmpty()) {
                undecided = Optional.of(one);
            }
        }
        return undecided.orElseGet(() -> new MfaDecision.Covered(List.copyOf(proof)));
    }

    private ActivationDecision decide(
            ConditionalAccess policies, PolicySubject.Known known, ActivationPath path, Requirement requirement) {
        String role = Administrators.of(facts).roleName(path.roleId());
        PolicySubject without = known.without(path);
        Audience.Reach reach = policies.reach(without);
        MfaDecision before = policies.outcome(without, reach, requirement).decision();
        PolicySubject with = known.with(path);
        MfaDecision active =
                policies.outcome(with, policies.reach(with), requirement).decision();
        Optional<MfaDecision> activating = Optional.empty();
        MfaDecision decision;
        if (active instanceof MfaDecision.Uncovered gap) {
            decision = new MfaDecision.Uncovered("while %s is active: %s".formatted(role, gap.signIn()), gap.because());
        } else if (active instanceof MfaDecision.Undecided doubt) {
            decision = new MfaDecision.Undecided("while %s is active: %s".formatted(role, doubt.because()));
        } else if (before instanceof MfaDecision.Covered) {
            decision = worst(List.of(before, active));
        } else {
            MfaDecision step = atActivation(
                    path,
                    one -> atStep(
                            policies,
                            one,
                            requirement,
                            before,
                            context -> policies.onContext(context, without, reach, requirement)),
                    before);
            activating = Optional.of(step);
            decision = together(role, requirement, step, (MfaDecision.Covered) active);
        }
        return new ActivationDecision(
                requirement,
                path.roleId(),
                role,
                path.words(),
                decision,
                before,
                activating,
                active,
                path.steps().stream()
                        .anyMatch(step -> step.settings()
                                .filter(PimSettings::demandsApproval)
                                .isPresent()));
    }

    private static MfaDecision together(
            String role, Requirement requirement, MfaDecision activating, MfaDecision.Covered active) {
        if (activating instanceof MfaDecision.Covered) {
            return worst(List.of(activating, active));
        }
        String use = "; every sign-in while it is active needs that, by " + String.join(", ", active.by());
        if (activating instanceof MfaDecision.Uncovered gap) {
            return new MfaDecision.Undecided("%s can be activated without %s: %s; because %s%s"
                    .formatted(role, requirement.title(), gap.signIn(), gap.because(), use));
        }
        return new MfaDecision.Undecided("whether %s can be activated without %s is open: %s%s"
                .formatted(role, requirement.title(), ((MfaDecision.Undecided) activating).because(), use));
    }

    /** Of the steps along one path one that is covered is enough. */
    private static MfaDecision atActivation(
            ActivationPath path, Function<ActivationPath.Step, MfaDecision> decision, MfaDecision before) {
        Optional<MfaDecision> worst = Optional.empty();
        for (ActivationPath.Step step : path.steps()) {
            MfaDecision one = decision.apply(step);
            if (one instanceof MfaDecision.Covered) {
                return one;
            }
            if (worst.isEmpty() || one instanceof MfaDecision.Undecided) {
                worst = Optional.of(one);
            }
        }
        return worst.orElse(before);
    }

    private static MfaDecision atStep(
            ConditionalAccess policies,
            ActivationPath.Step step,
            Requirement requirement,
            MfaDecision before,
            Function<String, MfaDecision> onContext) {
        if (step.settings().isEmpty()) {
            return new MfaDecision.Undecided(
                    "what PIM asks for at the activation of %s was not read".formatted(step.name()));
        }
        PimSettings settings = step.settings().get();
        Optional<String> context = settings.context();
        Optional<String> named = context.filter(it -> !policies.policiesOn(it).isEmpty());
        boolean pimAsksForMfa = settings.demandsMfa() || (context.isPresent() && named.isEmpty());
        if (pimAsksForMfa && requirement == Requirement.MFA) {
            return new MfaDecision.Covered(List.of("PIM's MFA at the activation of " + step.name()));
        }
        return named.map(onContext).orElse(before);
    }
}
