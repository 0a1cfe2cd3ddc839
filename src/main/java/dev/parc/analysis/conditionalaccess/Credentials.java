package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.signin.SignInMeans;
import dev.parc.analysis.signin.SignInMethod;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.Federation;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.policies.AuthenticationMethods;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.Match;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What an account can sign in with while some means are missing: its password or its identity provider, and what it has
 * registered, as far as the authentication methods policy lets it. Three-valued throughout.
 */
final class Credentials {

    private static final String PASSKEY = "fido2";
    private static final String BUILT_IN = "00000000-0000-0000-0000-00000000000";
    private static final Set<String> CERTIFICATES = Set.of("x509CertificateSingleFactor", "x509CertificateMultiFactor");

    /**
     * What of an account's credentials makes a difference to policies.
     *
     * @param begin whether it can sign in at all
     * @param mfa whether it can do MFA
     * @param strengths whether it can satisfy each of the strengths that were asked about
     */
    record Ability(Match begin, Match mfa, List<Match> strengths) {
        Ability {
            strengths = List.copyOf(strengths);
        }

        private Stream<Match> all() {
            return Stream.concat(Stream.of(begin, mfa), strengths.stream());
        }
    }

    private final Account account;
    private final Set<SignInMeans> gone;
    private final Optional<Registration> registration;
    private final Optional<AuthenticationMethods> policy;
    private final Optional<Set<String>> groups;
    private final Optional<Domain> domain;
    private final String mfaBehavior;
    private final boolean unknownMethod;
    private final Map<SignInMethod, Match> usable = new EnumMap<>(SignInMethod.class);
    private final Match password;
    private final Match federated;

    Credentials(Facts facts, Account account, Set<SignInMeans> gone) {
        this.account = account;
        this.gone = Set.copyOf(gone);
        this.registration = facts.registration(account);
        this.policy = facts.authenticationMethods();
        this.groups = facts.methodGroupMembership(account).map(GroupMembership::groupIds);
        this.domain = facts.domainOf(account);
        this.mfaBehavior = domain.filter(it -> it.federated() && facts.asksFor(FactKind.FEDERATIONS))
                .flatMap(facts::federationOf)
                .map(Federation::mfaBehavior)
                .orElse("");
        this.unknownMethod = registration
                .filter(it -> it.methods().stream()
                        .anyMatch(name -> Stream.of(SignInMethod.values()).noneMatch(method -> method.called(name))))
                .isPresent();
        for (SignInMethod method : SignInMethod.values()) {
            Match here = account.external() ? Match.MAYBE : Match.YES;
            usable.put(
                    method,
                    registered(method).and(enabled(method)).and(without(method)).and(here));
        }
        if (account.external() || domain.isEmpty()) {
            this.password = Match.MAYBE;
            this.federated = Match.MAYBE;
        } else {
            boolean elsewhere = domain.get().federated();
            this.password = Match.of(!elsewhere);
            this.federated = Match.of(elsewhere && !gone.contains(SignInMeans.FEDERATION));
        }
    }

    /** What it can do with what is registered for it. */
    Ability ability(List<AuthenticationStrength> strengths) {
        return ability(strengths, usable);
    }

    /**
     * What it could do if it registered a method while signing in, which takes MFA where a method for it is registered, and
     * else the password; empty if that is nothing more. Source: "Combined security information registration", interrupt mode.
     */
    Optional<Ability> afterRegistering(List<AuthenticationStrength> strengths) {
        if (account.external()) {
            return Optional.empty();
        }
        Map<SignInMethod, Match> then = withRegistrable();
        Ability now = ability(strengths);
        Ability after = ability(strengths, then);
        return after.equals(now) ? Optional.empty() : Optional.of(after);
    }

    private Map<SignInMethod, Match> withRegistrable() {
        Match first = password.or(federated);
        Match prove = hasRegistered().and(mfa(usable)).or(hasRegistered().not().and(first));
        Map<SignInMethod, Match> then = new EnumMap<>(usable);
        for (SignInMethod method : SignInMethod.values()) {
            Match registrable =
                    method.registeredAtSignIn().and(prove).and(allowed(method)).and(method.without(gone));
            then.merge(method, registrable, Match::or);
        }
        return then;
    }

    /** Whether a method for MFA is registered, usable or not. */
    private Match hasRegistered() {
        if (registration.isEmpty() || unknownMethod) {
            return Match.MAYBE;
        }
        return Match.of(Stream.of(SignInMethod.values())
                .filter(method -> method.mfa() != Match.NO)
                .anyMatch(method -> registered(method) == Match.YES));
    }

    /** The report does not list every certificate, nor a list of methods that Authenticator does without a password. */
    private Match registered(SignInMethod method) {
        if (registration.isEmpty()) {
            return Match.MAYBE;
        }
        List<String> names = registration.get().methods();
        if (names.stream().anyMatch(method::called)) {
            return Match.YES;
        }
        boolean perhaps = method == SignInMethod.CERTIFICATE
                || (method == SignInMethod.AUTHENTICATOR_SIGN_IN
                        && registration.get().source() == Registration.Source.METHODS
                        && names.stream().anyMatch(SignInMethod.AUTHENTICATOR_PUSH::called));
        return perhaps ? Match.MAYBE : Match.NO;
    }

    private Match without(SignInMethod method) {
        boolean mayBeOnAPhone = method == SignInMethod.SECURITY_KEY
                && gone.contains(SignInMeans.PHONE)
                && registration
                        .filter(it -> it.source() == Registration.Source.METHODS
                                && it.keys().isEmpty())
                        .isPresent();
        return mayBeOnAPhone ? Match.MAYBE : method.without(gone);
    }

    /** Whether the policy lets it use the method, the legacy policies too. */
    private Match allowed(SignInMethod method) {
        Optional<String> id = method.configuration();
        if (id.isEmpty()) {
            return Match.YES;
        }
        if (policy.isEmpty()) {
            return Match.MAYBE;
        }
        Match enabled = policy.get().enables(id.get(), groups);
        return method.ofLegacyPolicyToo() && !policy.get().migrated() ? enabled.or(Match.MAYBE) : enabled;
    }

    /** The same; where the policy leaves it open, the registration report may know. */
    private Match enabled(SignInMethod method) {
        Match allowed = allowed(method);
        boolean told = registration
                .filter(it -> it.source() == Registration.Source.REPORT)
                .isPresent();
        if (!told
                || method == SignInMethod.CERTIFICATE
                || method.configuration().isEmpty()) {
            return allowed;
        }
        boolean capable = registration.get().mfaCapable();
        if (!capable) {
            return allowed == Match.YES ? Match.MAYBE : Match.NO;
        }
        boolean only = registration.get().methods().stream()
                        .filter(name -> Stream.of(SignInMethod.values())
                                .anyMatch(it -> it.mfa() != Match.NO && it.called(name)))
                        .count()
                == 1;
        boolean oneMeaning = registration.get().methods().stream()
                .noneMatch(name -> Stream.of(SignInMethod.values())
                                .filter(it -> it.called(name))
                                .count()
                        > 1);
        return allowed == Match.MAYBE && only && oneMeaning ? Match.YES : allowed;
    }

    private Ability ability(List<AuthenticationStrength> strengths, Map<SignInMethod, Match> with) {
        Match alone = Stream.of(SignInMethod.values())
                .filter(method -> !method.second() && method != SignInMethod.EXTERNAL && method.mfa() != Match.NO)
                .map(method -> of(with, method))
                .reduce(Match.NO, Match::or);
        return new Ability(
                password.or(federated).or(alone).or(doubt()),
                mfa(with),
                strengths.stream().map(strength -> satisfies(strength, with)).toList());
    }

    private static Match of(Map<SignInMethod, Match> with, SignInMethod method) {
        return with.getOrDefault(method, Match.NO);
    }

    /** What another directory checks, and methods that are not known here, may be anything. */
    private Match doubt() {
        return account.external() || unknownMethod ? Match.MAYBE : Match.NO;
    }

    private Match mfa(Map<SignInMethod, Match> with) {
        Match first = password.or(federated.and(secondFactorHere()));
        Match mfa = federatedMfa().or(doubt());
        for (SignInMethod method : SignInMethod.values()) {
            Match its = of(with, method).and(method.mfa());
            mfa = mfa.or(method.second() || method == SignInMethod.EXTERNAL ? its.and(first) : its);
        }
        return mfa;
    }

    /**
     * Whether Entra ID asks for the second factor of somebody whom the identity provider signed in. Source: "How Conditional
     * Access authentication strength works", federated user experience.
     */
    private Match secondFactorHere() {
        return switch (mfaBehavior) {
            case "enforceMfaByFederatedIdp" -> Match.NO;
            case "rejectMfaByFederatedIdp", "acceptIfMfaDoneByFederatedIdp" -> Match.YES;
            default -> Match.MAYBE;
        };
    }

    /** What the identity provider can do of a person nobody here knows. */
    private Match federatedMfa() {
        return mfaBehavior.equals("rejectMfaByFederatedIdp") ? Match.NO : federated.and(Match.MAYBE);
    }

    private Match satisfies(AuthenticationStrength strength, Map<SignInMethod, Match> with) {
        if (strength.allowedCombinations().isEmpty()) {
            return Match.MAYBE;
        }
        return strength.allowedCombinations().stream()
                .map(combination -> limited(strength, combination, with).and(makes(combination, with)))
                .reduce(Match.NO, Match::or)
                .or(doubt());
    }

    /** Whether what restricts the combination in this strength lets it through. */
    private Match limited(AuthenticationStrength strength, String combination, Map<SignInMethod, Match> with) {
        List<String> methods = methods(combination);
        boolean restrictable = methods.contains(PASSKEY) || methods.stream().anyMatch(CERTIFICATES::contains);
        if (!restrictable || strength.id().startsWith(BUILT_IN)) {
            return Match.YES;
        }
        if (strength.limits().isEmpty()) {
            return Match.MAYBE;
        }
        return Optional.ofNullable(strength.limits().get().get(combination))
                .map(limit -> limit.keys().isEmpty() || !methods.contains(PASSKEY)
                        ? Match.MAYBE
                        : keyAmong(limit.keys(), with))
                .orElse(Match.YES);
    }

    /** Whether one of its usable passkeys is of these models. */
    private Match keyAmong(Set<String> models, Map<SignInMethod, Match> with) {
        Optional<Set<String>> keys = registration.flatMap(Registration::keys);
        if (keys.isPresent() && with.equals(usable)) {
            Set<String> left = new HashSet<>(keys.get());
            if (gone.contains(SignInMeans.PHONE)) {
                left.removeAll(Registration.AUTHENTICATOR_KEYS);
            }
            return Match.of(left.stream().anyMatch(models::contains));
        }
        boolean othersToo = !Registration.AUTHENTICATOR_KEYS.containsAll(models);
        boolean ofAuthenticator = Registration.AUTHENTICATOR_KEYS.stream().anyMatch(models::contains);
        boolean anyOfAuthenticator = models.containsAll(Registration.AUTHENTICATOR_KEYS);
        Match byAuthenticator = of(with, SignInMethod.AUTHENTICATOR_PASSKEY)
                .and(anyOfAuthenticator ? Match.YES : ofAuthenticator ? Match.MAYBE : Match.NO);
        Match byAnother = Stream.of(
                        SignInMethod.SECURITY_KEY, SignInMethod.WINDOWS_PASSKEY, SignInMethod.SYNCED_PASSKEY)
                .map(method -> of(with, method))
                .reduce(Match.NO, Match::or)
                .and(othersToo ? Match.MAYBE : Match.NO);
        return byAuthenticator.or(byAnother);
    }

    private static List<String> methods(String combination) {
        return Arrays.stream(combination.split(",", -1)).map(String::strip).toList();
    }

    /** Whether it can do all of a combination; of one that is not known here nobody knows. */
    private Match makes(String combination, Map<SignInMethod, Match> with) {
        if (combination.equals("federatedSingleFactor")) {
            return federated;
        }
        return methods(combination).stream().map(factor -> factor(factor, with)).reduce(Match.YES, Match::and);
    }

    private Match factor(String factor, Map<SignInMethod, Match> with) {
        return switch (factor) {
            case "password" -> password;
            case "federatedSingleFactor" -> federated.and(secondFactorHere());
            case "federatedMultiFactor" -> federatedMfa();
            default -> registeredFactor(factor, with);
        };
    }

    private static Match registeredFactor(String factor, Map<SignInMethod, Match> with) {
        boolean known = false;
        Match can = Match.NO;
        for (SignInMethod method : SignInMethod.values()) {
            Match makes = method.isSecond(factor) ? Match.YES : method.makes(factor);
            if (makes != Match.NO) {
                known = true;
                can = can.or(of(with, method).and(makes));
            }
        }
        return known ? can : Match.MAYBE;
    }

    /** With what it does MFA, or what else it signs in with, to stand after "with". */
    String means() {
        List<SignInMethod> sure = Stream.of(SignInMethod.values())
                .filter(method -> of(usable, method) == Match.YES && method.mfa() == Match.YES)
                .toList();
        String first = password == Match.YES ? "a password" : "federation";
        return sure.stream()
                .filter(method -> !method.second() && method != SignInMethod.EXTERNAL)
                .findFirst()
                .map(SignInMethod::title)
                .or(() -> sure.stream().findFirst().map(method -> first + " and " + method.title()))
                .orElse(first);
    }

    /** What it could register while signing in, to stand after "registering". */
    String registrable() {
        Map<SignInMethod, Match> then = withRegistrable();
        return Stream.of(SignInMethod.values())
                .filter(method -> of(then, method).compareTo(of(usable, method)) > 0)
                .max((one, other) -> of(then, one).compareTo(of(then, other)))
                .map(SignInMethod::title)
                .orElse("a method");
    }

    /** What keeps its credentials from being known, a clause each. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        if (account.external()) {
            doubts.add("another directory signs it in");
        }
        if (registration.isEmpty()) {
            doubts.add("what it has registered was not read");
        }
        if (policy.isEmpty()) {
            doubts.add("the authentication methods policy was not read");
        }
        if (domain.isEmpty() && !account.external()) {
            doubts.add("whether its domain is federated is not known");
        }
        BiFunction<String, SignInMethod, String> told = (format, method) -> format.formatted(method.title());
        for (SignInMethod method : SignInMethod.values()) {
            if (registration.isPresent() && of(usable, method) == Match.MAYBE) {
                if (registered(method) == Match.MAYBE) {
                    doubts.add(told.apply("whether it has %s is not told", method));
                } else if (without(method) == Match.MAYBE) {
                    doubts.add(told.apply(
                            "whether it can use %s without " + SignInMeans.titles(gone) + " is not known", method));
                } else if (enabled(method) == Match.MAYBE && policy.isPresent()) {
                    doubts.add(told.apply("whether it may use %s is not known", method));
                }
            }
        }
        return doubts;
    }

    /** Whether anything of what it can do is not known. */
    static boolean doubtful(Ability ability) {
        return ability.all().anyMatch(Match.MAYBE::equals);
    }

    /** Why it cannot even begin to sign in, to stand after its name. */
    String cannotBegin() {
        return "is signed in by the identity provider of " + account.domain()
                + " (unless staged rollout takes it out), and has registered nothing that does without";
    }
}
