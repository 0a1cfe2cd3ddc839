package dev.parc.check;

import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Applications;
import dev.parc.facts.policies.ConditionalAccessPolicy.DeviceFilter;
import dev.parc.facts.policies.ConditionalAccessPolicy.Grant;
import dev.parc.facts.policies.ConditionalAccessPolicy.Guests;
import dev.parc.facts.policies.ConditionalAccessPolicy.Scope;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.policies.ConditionalAccessPolicy.Users;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Conditional Access policy for tests: enabled, for all users and applications, demanding MFA, unless told otherwise. */
public final class PolicyBuilder {

    private final String name;
    private String id;
    private State state = State.ENABLED;
    private final Set<String> includeUsers = new HashSet<>(Set.of("All"));
    private final Set<String> excludeUsers = new HashSet<>();
    private final Set<String> includeGroups = new HashSet<>();
    private final Set<String> excludeGroups = new HashSet<>();
    private final Set<String> includeRoles = new HashSet<>();
    private final Set<String> excludeRoles = new HashSet<>();
    private Optional<Guests> includeGuests = Optional.empty();
    private Optional<Guests> excludeGuests = Optional.empty();
    private Set<String> includeApplications = Set.of("All");
    private Set<String> excludeApplications = Set.of();
    private Set<String> userActions = Set.of();
    private Set<String> contexts = Set.of();
    private Set<String> clients = Set.of("all");
    private Scope platforms = Scope.ANY;
    private Scope locations = Scope.ANY;
    private Optional<DeviceFilter> filter = Optional.empty();
    private Set<String> signInRisks = Set.of();
    private Set<String> userRisks = Set.of();
    private Set<String> insiderRisks = Set.of();
    private Set<String> flows = Set.of();
    private Optional<Grant> grant = Optional.of(new Grant(false, Set.of("mfa"), Optional.empty(), Set.of(), Set.of()));
    private boolean cloudAppSecurity;
    private boolean everyTime;
    private List<String> notModelled = List.of();

    private PolicyBuilder(String name) {
        this.name = name;
        this.id = "id of " + name;
    }

    public static PolicyBuilder policy(String name) {
        return new PolicyBuilder(name);
    }

    /** With this id instead of one that is made of the name. */
    public PolicyBuilder id(String wanted) {
        id = wanted;
        return this;
    }

    public PolicyBuilder state(State wanted) {
        state = wanted;
        return this;
    }

    /** For nobody but those named after this. */
    public PolicyBuilder forNobody() {
        includeUsers.clear();
        return this;
    }

    public PolicyBuilder forUser(String id) {
        includeUsers.add(id);
        return this;
    }

    public PolicyBuilder forGroup(String id) {
        includeGroups.add(id);
        return this;
    }

    public PolicyBuilder forRole(String templateId) {
        includeRoles.add(templateId);
        return this;
    }

    public PolicyBuilder notForUser(String id) {
        excludeUsers.add(id);
        return this;
    }

    public PolicyBuilder notForGroup(String id) {
        excludeGroups.add(id);
        return this;
    }

    public PolicyBuilder notForRole(String templateId) {
        excludeRoles.add(templateId);
        return this;
    }

    public PolicyBuilder notForGuests(String... types) {
        excludeGuests = Optional.of(new Guests(Set.of(types), Set.of()));
        return this;
    }

    public PolicyBuilder notForGuestsOf(String tenant, String... types) {
        excludeGuests = Optional.of(new Guests(Set.of(types), Set.of(tenant)));
        return this;
    }

    public PolicyBuilder forGuests(String... types) {
        includeGuests = Optional.of(new Guests(Set.of(types), Set.of()));
        return this;
    }

    public PolicyBuilder forGuestsOf(String tenant, String... types) {
        includeGuests = Optional.of(new Guests(Set.of(types), Set.of(tenant)));
        return this;
    }

    public PolicyBuilder applications(String... ids) {
        includeApplications = Set.of(ids);
        return this;
    }

    public PolicyBuilder notApplications(String... ids) {
        excludeApplications = Set.of(ids);
        return this;
    }

    public PolicyBuilder onlyUserAction(String action) {
        includeApplications = Set.of();
        userActions = Set.of(action);
        return this;
    }

    /** For requests of an authentication context only. */
    public PolicyBuilder onContext(String claim) {
        includeApplications = Set.of();
        contexts = Set.of(claim);
        return this;
    }

    public PolicyBuilder clients(String... types) {
        clients = Set.of(types);
        return this;
    }

    public PolicyBuilder platforms(Set<String> include, Set<String> exclude) {
        platforms = new Scope(include, exclude);
        return this;
    }

    public PolicyBuilder locations(Set<String> include, Set<String> exclude) {
        locations = new Scope(include, exclude);
        return this;
    }

    public PolicyBuilder device(boolean include, String rule) {
        filter = Optional.of(new DeviceFilter(include, rule));
        return this;
    }

    public PolicyBuilder signInRisks(String... levels) {
        signInRisks = Set.of(levels);
        return this;
    }

    public PolicyBuilder userRisks(String... levels) {
        userRisks = Set.of(levels);
        return this;
    }

    public PolicyBuilder insiderRisks(String... levels) {
        insiderRisks = Set.of(levels);
        return this;
    }

    public PolicyBuilder flows(String... wanted) {
        flows = Set.of(wanted);
        return this;
    }

    public PolicyBuilder any(String... controls) {
        grant = Optional.of(new Grant(false, Set.of(controls), Optional.empty(), Set.of(), Set.of()));
        return this;
    }

    public PolicyBuilder every(String... controls) {
        grant = Optional.of(new Grant(true, Set.of(controls), Optional.empty(), Set.of(), Set.of()));
        return this;
    }

    public PolicyBuilder mfaOrTermsOfUse(String terms) {
        grant = Optional.of(new Grant(false, Set.of("mfa"), Optional.empty(), Set.of(terms), Set.of()));
        return this;
    }

    public PolicyBuilder onlyTermsOfUse(String terms) {
        grant = Optional.of(new Grant(false, Set.of(), Optional.empty(), Set.of(terms), Set.of()));
        return this;
    }

    public PolicyBuilder mfaOrCustom(String control) {
        grant = Optional.of(new Grant(false, Set.of("mfa"), Optional.empty(), Set.of(), Set.of(control)));
        return this;
    }

    public PolicyBuilder strength(String... combinations) {
        return strength(new AuthenticationStrength("strength", "Strength", Set.of(combinations)));
    }

    public PolicyBuilder strength(AuthenticationStrength wanted) {
        grant = Optional.of(new Grant(false, Set.of(), Optional.of(wanted), Set.of(), Set.of()));
        return this;
    }

    /** Defender for Cloud Apps watches the sessions. */
    public PolicyBuilder cloudAppSecurity() {
        cloudAppSecurity = true;
        return this;
    }

    /** Everybody authenticates anew every time. */
    public PolicyBuilder everyTime() {
        everyTime = true;
        return this;
    }

    public PolicyBuilder sessionOnly() {
        grant = Optional.empty();
        return this;
    }

    public PolicyBuilder notModelled(String... conditions) {
        notModelled = List.of(conditions);
        return this;
    }

    public ConditionalAccessPolicy build() {
        return new ConditionalAccessPolicy(
                id,
                name,
                state,
                new Users(
                        includeUsers,
                        excludeUsers,
                        includeGroups,
                        excludeGroups,
                        includeRoles,
                        excludeRoles,
                        includeGuests,
                        excludeGuests),
                new Applications(includeApplications, excludeApplications, userActions, contexts),
                clients,
                platforms,
                locations,
                filter,
                signInRisks,
                userRisks,
                insiderRisks,
                flows,
                grant,
                cloudAppSecurity,
                everyTime,
                notModelled);
    }
}
