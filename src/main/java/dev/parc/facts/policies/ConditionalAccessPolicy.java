package dev.parc.facts.policies;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Conditional Access policy as Graph gives it. Values keep Graph's spelling; literals such as {@code All},
 * {@code None}, {@code GuestsOrExternalUsers}, {@code AllTrusted}, {@code Office365} stand among the ids.
 *
 * @param cloudAppSecurity whether Defender for Cloud Apps watches the sessions; that is a session control and demands nothing
 * @param everyTime whether everybody must authenticate anew every time, a session that holds MFA already too
 * @param notModelled conditions or controls that the policy sets and this record has no place for, by their JSON names;
 *     with any of these nothing can be proved from the policy
 */
public record ConditionalAccessPolicy(
        String id,
        String displayName,
        State state,
        Users users,
        Applications applications,
        Set<String> clientAppTypes,
        Scope platforms,
        Scope locations,
        Optional<DeviceFilter> deviceFilter,
        Set<String> signInRisks,
        Set<String> userRisks,
        Set<String> insiderRisks,
        Set<String> authenticationFlows,
        Optional<Grant> grant,
        boolean cloudAppSecurity,
        boolean everyTime,
        List<String> notModelled) {

    /** Whom a policy names that is for no person: the user accounts of agents are none. */
    private static final Set<String> NOBODY = Set.of("None", "AllAgentIdUsers");

    /** Only {@link #ENABLED} protects. */
    public enum State {
        ENABLED,
        REPORT_ONLY,
        DISABLED,
        /** It came without its state, or in one that is not known: it may protect. */
        UNKNOWN
    }

    /** Whom the policy is for: user ids, group ids, role template ids, kinds of guests. */
    public record Users(
            Set<String> includeUsers,
            Set<String> excludeUsers,
            Set<String> includeGroups,
            Set<String> excludeGroups,
            Set<String> includeRoles,
            Set<String> excludeRoles,
            Optional<Guests> includeGuests,
            Optional<Guests> excludeGuests) {

        public Users {
            includeUsers = Set.copyOf(includeUsers);
            excludeUsers = Set.copyOf(excludeUsers);
            includeGroups = Set.copyOf(includeGroups);
            excludeGroups = Set.copyOf(excludeGroups);
            includeRoles = Set.copyOf(includeRoles);
            excludeRoles = Set.copyOf(excludeRoles);
        }
    }

    /**
     * Guests or external users.
     *
     * @param types guestOrExternalUserTypes, one by one
     * @param tenants the tenants they must come from; empty for any
     */
    public record Guests(Set<String> types, Set<String> tenants) {

        public Guests {
            types = Set.copyOf(types);
            tenants = Set.copyOf(tenants);
        }
    }

    /** What the policy is for: app ids and literals, user actions, authentication contexts. */
    public record Applications(
            Set<String> include, Set<String> exclude, Set<String> userActions, Set<String> authenticationContexts) {

        public Applications {
            include = Set.copyOf(include);
            exclude = Set.copyOf(exclude);
            userActions = Set.copyOf(userActions);
            authenticationContexts = Set.copyOf(authenticationContexts);
        }
    }

    /** An include and an exclude list; no include means the condition is not set. */
    public record Scope(Set<String> include, Set<String> exclude) {

        /** The condition that is not set. */
        public static final Scope ANY = new Scope(Set.of(), Set.of());

        public Scope {
            include = Set.copyOf(include);
            exclude = Set.copyOf(exclude);
        }
    }

    /**
     * A filter for devices.
     *
     * @param include whether the policy is for the devices that match the rule, or for all others
     */
    public record DeviceFilter(boolean include, String rule) {

        /** The rule in the form in which it is compared. */
        public DeviceRule known() {
            return DeviceRule.of(rule);
        }
    }

    /**
     * What the policy demands.
     *
     * @param all whether all controls are demanded (AND) or one of them is enough (OR)
     * @param controls builtInControls: block, mfa, compliantDevice, domainJoinedDevice, approvedApplication ...
     * @param strength the authentication strength, with its combinations as the policy itself carries them
     * @param termsOfUse terms to accept, which are no MFA
     * @param customControls controls of other vendors, which may be MFA or not
     */
    public record Grant(
            boolean all,
            Set<String> controls,
            Optional<AuthenticationStrength> strength,
            Set<String> termsOfUse,
            Set<String> customControls) {

        public Grant {
            controls = Set.copyOf(controls);
            termsOfUse = Set.copyOf(termsOfUse);
            customControls = Set.copyOf(customControls);
        }
    }

    public ConditionalAccessPolicy {
        clientAppTypes = Set.copyOf(clientAppTypes);
        signInRisks = Set.copyOf(signInRisks);
        userRisks = Set.copyOf(userRisks);
        insiderRisks = Set.copyOf(insiderRisks);
        authenticationFlows = Set.copyOf(authenticationFlows);
        notModelled = List.copyOf(notModelled);
    }

    /**
     * Whether it answers at the moment of the sign-in, whatever the session has shown before: it has a condition on risk,
     * blocks, or demands a new authentication every time. MFA that it demands otherwise is not asked again of a session
     * that holds it.
     */
    public boolean asksAgain() {
        return answersRisk() || onlyBlocks();
    }

    /** Whether it has a condition on sign-in risk, or demands a new authentication every time. */
    public boolean answersRisk() {
        return !signInRisks.isEmpty() || everyTime;
    }

    /** Whether blocking is all that it does. */
    public boolean onlyBlocks() {
        return grant.filter(it -> it.controls().contains("block")).isPresent();
    }

    /** Whether it is for everybody but those it leaves out. */
    public boolean forEverybody() {
        return users.includeUsers().contains("All");
    }

    /** Whether it is for sign-ins from all places, platforms and devices, and sets no condition that is not modelled. */
    public boolean fromEverywhere() {
        return unlimited(platforms, "all")
                && unlimited(locations, "All")
                && deviceFilter.isEmpty()
                && notModelled.isEmpty();
    }

    private static boolean unlimited(Scope scope, String all) {
        return (scope.include().isEmpty() || scope.include().contains(all))
                && scope.exclude().isEmpty();
    }

    /** Whether it is on, or may be. */
    public boolean mayBeEnabled() {
        return state == State.ENABLED || state == State.UNKNOWN;
    }

    /** Whether one of these parts of it, by their JSON names, or its state, was not read or not understood. */
    public boolean doubtfulIn(String... parts) {
        return state == State.UNKNOWN || List.of(parts).stream().anyMatch(notModelled::contains);
    }

    /** Whether it is for any person at all. */
    public boolean forSomebody() {
        return !NOBODY.containsAll(users.includeUsers())
                || !users.includeGroups().isEmpty()
                || !users.includeRoles().isEmpty()
                || users.includeGuests().isPresent();
    }

    /**
     * Whether it demands something of ordinary sign-ins to the application: by a browser, without any risk or special
     * authentication flow, if only from some places and devices.
     */
    public boolean demandsAt(String applicationId) {
        boolean named =
                applications.include().contains("All") || applications.include().contains(applicationId);
        return grant.isPresent()
                && notModelled.isEmpty()
                && forSomebody()
                && named
                && Collections.disjoint(applications.exclude(), Set.of(applicationId, "All"))
                && (clientAppTypes.contains("all") || clientAppTypes.contains("browser"))
                && signInRisks.isEmpty()
                && userRisks.isEmpty()
                && insiderRisks.isEmpty()
                && authenticationFlows.isEmpty();
    }

    /** The same policy in another state. */
    public ConditionalAccessPolicy in(State wanted) {
        return new ConditionalAccessPolicy(
                id,
                displayName,
                wanted,
                users,
                applications,
                clientAppTypes,
                platforms,
                locations,
                deviceFilter,
                signInRisks,
                userRisks,
                insiderRisks,
                authenticationFlows,
                grant,
                cloudAppSecurity,
                everyTime,
                notModelled);
    }

    /** The same policy with other applications left out. */
    public ConditionalAccessPolicy leavingOut(Set<String> excludedApplications) {
        return at(new Applications(
                applications.include(),
                excludedApplications,
                applications.userActions(),
                applications.authenticationContexts()));
    }

    /** The same policy for every application, as it is for requests of an authentication context that it names. */
    public ConditionalAccessPolicy forEveryApplication() {
        return at(new Applications(Set.of("All"), Set.of(), Set.of(), Set.of()));
    }

    private ConditionalAccessPolicy at(Applications others) {
        return new ConditionalAccessPolicy(
                id,
                displayName,
                state,
                users,
                others,
                clientAppTypes,
                platforms,
                locations,
                deviceFilter,
                signInRisks,
                userRisks,
                insiderRisks,
                authenticationFlows,
                grant,
                cloudAppSecurity,
                everyTime,
                notModelled);
    }
}
