package dev.parc.facts;

import dev.parc.facts.activity.ApplicationUse;
import dev.parc.facts.activity.CloudAppAlert;
import dev.parc.facts.activity.DefenderHealthIssue;
import dev.parc.facts.activity.DefenderSensor;
import dev.parc.facts.activity.EmergencySignIn;
import dev.parc.facts.activity.LegacySignIns;
import dev.parc.facts.activity.Microsoft365Activity;
import dev.parc.facts.activity.PerUserMfa;
import dev.parc.facts.activity.PimActivation;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.activity.RiskyUser;
import dev.parc.facts.activity.RoleChange;
import dev.parc.facts.activity.SecureScore;
import dev.parc.facts.activity.SensorCandidate;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.DeviceRegistration;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.EnterpriseApplication;
import dev.parc.facts.directory.Federation;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.directory.LapsBackups;
import dev.parc.facts.directory.MailboxPurpose;
import dev.parc.facts.directory.Organization;
import dev.parc.facts.directory.PasswordHashSync;
import dev.parc.facts.directory.PrincipalFact;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ProvisioningJob;
import dev.parc.facts.directory.ProvisioningSupport;
import dev.parc.facts.directory.PublishedApplication;
import dev.parc.facts.directory.SensitivityLabel;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.policies.AuthenticationMethods;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.DeviceRule;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.ExcludedMembers;
import dev.parc.facts.policies.ExposedGroup;
import dev.parc.facts.policies.Match;
import dev.parc.facts.policies.PolicyObject;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.PimPolicy;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.ServiceRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that was read from one tenant at one moment. A kind that could not be read says why. */
public final class Facts {

    /** Who was silent for longer is taken for switched off. */
    private static final Duration SERVERS_IN_USE = Duration.ofDays(30);

    private final Instant takenAt;
    private final Designations designations;
    private final Map<FactKind, Reading> readings;
    private final Set<FactKind> declared;
    private final Shared shared;

    /** What is worked out once and asked for by every check. */
    private static final class Shared {
        private final Map<FactKind, Map<String, PrincipalFact>> byPrincipal = new EnumMap<>(FactKind.class);
        private final Map<Question, Object> answers = new HashMap<>();
    }

    /** A question that is answered once for all who ask for these kinds. */
    private record Question(Class<?> answer, Set<FactKind> kinds) {}

    /**
     * @param takenAt when the reading began; ages are counted back from here
     * @throws IllegalArgumentException if a value is not of its kind's type
     */
    public Facts(Instant takenAt, Designations designations, Map<FactKind, Reading> readings) {
        this(takenAt, designations, readings, Set.of(FactKind.values()), new Shared());
        readings.forEach((kind, reading) -> {
            if (reading instanceof Reading.Read read) {
                Map<String, PrincipalFact> byPrincipal =
                        shared.byPrincipal.computeIfAbsent(kind, key -> new HashMap<>());
                for (Object value : read.values()) {
                    if (!kind.element().isInstance(value)) {
                        throw new IllegalArgumentException(kind + " holds a value that is no "
                                + kind.element().getName());
                    }
                    if (value instanceof PrincipalFact one) {
                        byPrincipal.put(one.principalId().toLowerCase(Locale.ROOT), one);
                    }
                }
            }
        });
    }

    private Facts(
            Instant takenAt,
            Designations designations,
            Map<FactKind, Reading> readings,
            Set<FactKind> declared,
            Shared shared) {
        this.takenAt = takenAt;
        this.designations = designations;
        this.readings = Map.copyOf(readings);
        this.declared = declared;
        this.shared = shared;
    }

    public Instant takenAt() {
        return takenAt;
    }

    public Designations designations() {
        return designations;
    }

    /** What became of reading the kind. */
    public Reading reading(FactKind kind) {
        Reading reading = readings.get(kind);
        return reading == null ? new Reading.Unread("was not collected") : reading;
    }

    /** The licence that the tenant lacks for the kind; empty if it was read, or could not be for another reason. */
    public Optional<Licence> lacksLicenceFor(FactKind kind) {
        return reading(kind) instanceof Reading.Unlicensed unlicensed
                ? Optional.of(unlicensed.licence())
                : Optional.empty();
    }

    /** The same facts, with every kind that is not listed out of reach: asking for one throws. */
    public Facts only(Set<FactKind> kinds) {
        Map<FactKind, Reading> kept = new EnumMap<>(FactKind.class);
        kinds.forEach(kind -> kept.put(kind, reading(kind)));
        return new Facts(takenAt, designations, kept, Set.copyOf(kinds), shared);
    }

    /** The same facts with these readings beside them, or in the place of what became of the same kinds before. */
    public Facts with(Map<FactKind, Reading> more) {
        Map<FactKind, Reading> all = new EnumMap<>(FactKind.class);
        all.putAll(readings);
        all.putAll(more);
        return new Facts(takenAt, designations, all);
    }

    /** Whether this holder was deleted, so that what it held is left over; by what was read of it, whatever the kinds at hand. */
    public boolean isGone(String principalId) {
        String id = principalId.toLowerCase(Locale.ROOT);
        return (read(FactKind.ACCOUNTS, id) instanceof Account account && account.state() == Account.State.DELETED)
                || (read(FactKind.SERVICE_PRINCIPALS, id) instanceof ServicePrincipal principal && principal.deleted());
    }

    private @Nullable PrincipalFact read(FactKind kind, String id) {
        return shared.byPrincipal.getOrDefault(kind, Map.of()).get(id);
    }

    /** Whether nothing of the directory has the id of this holder, by its account; asks for accounts. */
    public boolean isUnresolved(String principalId) {
        declared(FactKind.ACCOUNTS);
        return unseen(FactKind.ACCOUNTS)
                .filter(unseen -> unseen.cause() == Unseen.Cause.UNRESOLVED)
                .anyMatch(unseen -> unseen.principalId().equalsIgnoreCase(principalId));
    }

    /** The principals of which the kind tells nothing, though it was read. */
    public Stream<Unseen> unseen(FactKind kind) {
        return reading(kind) instanceof Reading.Read read ? read.unseen().stream() : Stream.empty();
    }

    /** What a kind tells nothing of, a sentence each. */
    public Stream<String> unseenOf(FactKind kind) {
        return unseen(kind).map(unseen -> kind.title() + ": " + unseen.principalId() + ": " + unseen.reason());
    }

    /** What could not be read of one kind, a sentence each. */
    public Stream<String> gapsOf(FactKind kind) {
        Reading reading = reading(kind);
        if (reading instanceof Reading.Read read) {
            return read.gaps().stream().map(gap -> kind.title() + ": " + gap);
        }
        return reading instanceof Reading.Unread unread
                ? Stream.of(kind.title() + ": " + unread.reason())
                : Stream.empty();
    }

    /**
     * The answer to a question of the analysis, worked out once for everybody who asks.
     *
     * @param type of the answer; there is one question for each
     * @param kinds what the answer depends on, besides what every answer of the type depends on
     * @param answer works it out of these facts
     * @throws IllegalStateException if one of the kinds is not at hand
     */
    public <T> T once(Class<T> type, Set<FactKind> kinds, Function<Facts, T> answer) {
        kinds.forEach(this::declared);
        Question question = new Question(type, Set.copyOf(kinds));
        Object known = shared.answers.get(question);
        if (known == null) {
            known = answer.apply(this);
            shared.answers.put(question, known);
        }
        return type.cast(known);
    }

    /** Whether every one of the kinds may be asked for. */
    public boolean asksForAll(Set<FactKind> kinds) {
        return declared.containsAll(kinds);
    }

    /** What is missing of the kinds at hand, a sentence each: unread kinds, and gaps in those that were read. */
    public List<String> unread() {
        return declared.stream().sorted().flatMap(this::gapsOf).toList();
    }

    /** The kinds at hand, in their order. */
    public List<FactKind> kinds() {
        return declared.stream().sorted().toList();
    }

    /** Who a principal is by what was read of it, whatever the kinds at hand: a name decides nothing. */
    public Optional<Identity> identity(String principalId) {
        String id = principalId.toLowerCase(Locale.ROOT);
        if (read(FactKind.ACCOUNTS, id) instanceof Account account) {
            return Optional.of(new Identity(account.id(), PrincipalType.USER, account.signInName()));
        }
        return read(FactKind.SERVICE_PRINCIPALS, id) instanceof ServicePrincipal principal
                ? Optional.of(new Identity(principal.id(), PrincipalType.SERVICE_PRINCIPAL, principal.displayName()))
                : Optional.empty();
    }

    /** Who a principal is: its object id, type and the name by which people know it. */
    public record Identity(String id, PrincipalType type, String name) {}

    /** What per-user MFA is for the account; empty if that was not read. */
    public Optional<PerUserMfa> perUserMfa(Account account) {
        return of(FactKind.PER_USER_MFA, account.id(), PerUserMfa.class);
    }

    /** Secure Score, day by day. */
    public List<SecureScore> secureScores() {
        return list(FactKind.SECURE_SCORES);
    }

    /** Users at risk in Identity Protection. */
    public List<RiskyUser> riskyUsers() {
        return list(FactKind.RISKY_USERS);
    }

    /** The account with this object id; empty if it was not read. */
    public Optional<Account> account(String id) {
        return of(FactKind.ACCOUNTS, id, Account.class);
    }

    /** Every account that was read: administrators and designated emergency accounts. */
    public List<Account> accounts() {
        return list(FactKind.ACCOUNTS);
    }

    /** The service principal with this object id; empty if it was not read. */
    public Optional<ServicePrincipal> servicePrincipal(String id) {
        return of(FactKind.SERVICE_PRINCIPALS, id, ServicePrincipal.class);
    }

    /** When the account last signed in; empty if that was not read. */
    public Optional<SignIn> signIn(Account account) {
        return of(FactKind.SIGN_INS, account.id(), SignIn.class);
    }

    /** What the account registered for MFA; empty if that was not read. */
    public Optional<Registration> registration(Account account) {
        return of(FactKind.REGISTRATIONS, account.id(), Registration.class);
    }

    /** When the account last used Microsoft 365; empty if that was not read. */
    public Optional<Microsoft365Activity> microsoft365Activity(Account account) {
        return of(FactKind.MICROSOFT_365_ACTIVITY, account.id(), Microsoft365Activity.class);
    }

    /** What the account's mailbox is for; empty if that was not read. */
    public Optional<MailboxPurpose> mailboxPurpose(Account account) {
        return of(FactKind.MAILBOX_PURPOSES, account.id(), MailboxPurpose.class);
    }

    /** What people attest, in no order, whether it still counts or not. */
    public List<Attestation> attestations() {
        return list(FactKind.ATTESTATIONS);
    }

    /** Whether a group of highly exposed users is designated that the tenant does not have. */
    public boolean exposedGroupIsMissing() {
        return this.<ExposedGroup>list(FactKind.EXPOSED_GROUP).stream().anyMatch(group -> !group.exists());
    }

    /** The groups that enabled policies exclude, as far as they were read. */
    public List<ExcludedGroup> excludedGroups() {
        return list(FactKind.EXCLUDED_GROUPS);
    }

    /** The excluded group with this id; empty if it was not read, or not asked for. */
    public Optional<ExcludedGroup> excludedGroup(String id) {
        return asksFor(FactKind.EXCLUDED_GROUPS)
                ? excludedGroups().stream()
                        .filter(group -> group.id().equalsIgnoreCase(id))
                        .findFirst()
                : Optional.empty();
    }

    /** The users, groups and applications that enabled policies name, as far as they were read and are asked for. */
    public List<PolicyObject> policyObjects() {
        return asksFor(FactKind.POLICY_OBJECTS) ? list(FactKind.POLICY_OBJECTS) : List.of();
    }

    /** The one with this id; empty if nothing was read of it. */
    public Optional<PolicyObject> policyObject(String id) {
        return policyObjects().stream()
                .filter(one -> one.id().equalsIgnoreCase(id))
                .findFirst();
    }

    /** Who is in the excluded group with this id; empty if that was not read, or not asked for. */
    public Optional<ExcludedMembers> excludedMembers(String id) {
        return asksFor(FactKind.EXCLUDED_MEMBERS)
                ? this.<ExcludedMembers>list(FactKind.EXCLUDED_MEMBERS).stream()
                        .filter(members -> members.groupId().equalsIgnoreCase(id))
                        .findFirst()
                : Optional.empty();
    }

    /** Whether an enabled Conditional Access policy has the device filter by which workstations are designated. */
    public boolean workstationFilterIsUsed() {
        Optional<DeviceRule> rule = designations.workstationFilter().map(DeviceRule::of);
        return this.<ConditionalAccessPolicy>list(FactKind.CONDITIONAL_ACCESS_POLICIES).stream()
                .filter(policy -> policy.state() == ConditionalAccessPolicy.State.ENABLED)
                .flatMap(policy -> policy.deviceFilter().stream())
                .anyMatch(filter -> rule.filter(filter.known()::equals).isPresent());
    }

    /** Who held which role when PARC last looked; empty where no earlier list could be read. */
    public List<EarlierAdministrator> earlierAdministrators() {
        return list(FactKind.EARLIER_ADMINISTRATORS);
    }

    /** Whether the tenant has the licence, by its provisioned service plans. */
    public boolean licensed(Licence licence) {
        return licence.isIn(list(FactKind.SERVICE_PLANS));
    }

    /** Whether the tenant has a plan of Microsoft 365: Exchange Online, SharePoint Online, Teams or the Office apps. */
    public boolean usesMicrosoft365() {
        return licensed(Licence.MICROSOFT_365);
    }

    /** Whether the tenant is synchronised from an on-premises Active Directory now. */
    public boolean synchronised() {
        return organization().filter(it -> it.sync() == SyncState.SYNCED).isPresent();
    }

    /** The verified domains whose sign-ins go to a federated identity provider. */
    public List<Domain> federatedDomains() {
        return this.<Domain>list(FactKind.DOMAINS).stream()
                .filter(domain -> domain.federated() && domain.verified())
                .toList();
    }

    /** What Graph tells about password hash synchronisation; empty if nothing was read. */
    public Optional<PasswordHashSync> passwordHashSync() {
        return this.<PasswordHashSync>list(FactKind.PASSWORD_HASH_SYNC).stream().findFirst();
    }

    /** What the policy for joining devices says; empty if it was not read. */
    public Optional<DeviceRegistration> deviceRegistration() {
        return this.<DeviceRegistration>list(FactKind.DEVICE_REGISTRATION).stream()
                .findFirst();
    }

    /** Which local administrator passwords are backed up; empty if that was not read. */
    public Optional<LapsBackups> lapsBackups() {
        return this.<LapsBackups>list(FactKind.LAPS_BACKUPS).stream().findFirst();
    }

    public List<DefenderSensor> defenderSensors() {
        return list(FactKind.DEFENDER_SENSORS);
    }

    /**
     * Servers that reported in the last 30 days and have no sensor of Defender for Identity, though one could be activated;
     * one that does not tell when it reported counts.
     */
    public List<SensorCandidate> serversWithoutSensor() {
        Instant since = takenAt().minus(SERVERS_IN_USE);
        return this.<SensorCandidate>list(FactKind.DEFENDER_SENSOR_CANDIDATES).stream()
                .filter(server -> server.lastSeen().filter(since::isAfter).isEmpty())
                .filter(server -> defenderSensors().stream().noneMatch(server::isWatchedBy))
                .toList();
    }

    public List<DefenderHealthIssue> defenderHealthIssues() {
        return list(FactKind.DEFENDER_HEALTH_ISSUES);
    }

    /** The domain of the account's sign-in name; empty if the tenant has no such domain. */
    public Optional<Domain> domainOf(Account account) {
        return this.<Domain>list(FactKind.DOMAINS).stream()
                .filter(domain -> domain.name().equals(account.domain()))
                .findFirst();
    }

    /** How the federated domain treats MFA; empty if that was not read. */
    public Optional<Federation> federationOf(Domain domain) {
        return this.<Federation>list(FactKind.FEDERATIONS).stream()
                .filter(federation -> federation.domain().equals(domain.name()))
                .findFirst();
    }

    /** Whether the account's domain is federated and Entra ID leaves MFA to its identity provider, or may do so. */
    public boolean mfaIsFederated(Account account) {
        return domainOf(account)
                .filter(domain -> domain.federated()
                        && federationOf(domain).filter(Federation::entraDoesMfa).isEmpty())
                .isPresent();
    }

    /** The PIM settings of the role; empty if Graph did not tell them. */
    public Optional<PimPolicy> pimPolicy(DirectoryRole role) {
        return this.<PimPolicy>list(FactKind.PIM_POLICIES).stream()
                .filter(policy -> policy.roleId().equals(role.templateId()))
                .findFirst();
    }

    /** The applications that somebody connected to the tenant and that can be used, Microsoft's own aside. */
    public List<EnterpriseApplication> connectedApplications() {
        return this.<EnterpriseApplication>list(FactKind.ENTERPRISE_APPLICATIONS).stream()
                .filter(EnterpriseApplication::connected)
                .toList();
    }

    /** The applications on-premises that Application Proxy publishes. */
    public List<PublishedApplication> publishedApplications() {
        return list(FactKind.PUBLISHED_APPLICATIONS);
    }

    /** How the jobs of cloud sync stand that bring password hashes; empty where there is none or that was not read. */
    public Set<ProvisioningJob.State> passwordHashJobs() {
        return this.<ProvisioningJob>list(FactKind.PROVISIONING_JOBS).stream()
                .filter(ProvisioningJob::ofPasswordHashes)
                .map(ProvisioningJob::state)
                .collect(Collectors.toSet());
    }

    /** The provisioning jobs of the application. */
    public List<ProvisioningJob> provisioningJobs(EnterpriseApplication application) {
        return this.<ProvisioningJob>list(FactKind.PROVISIONING_JOBS).stream()
                .filter(job -> job.servicePrincipalId().equals(application.id()))
                .toList();
    }

    /** The authentication methods policy; empty if it was not read. */
    public Optional<AuthenticationMethods> authenticationMethods() {
        return this.<AuthenticationMethods>list(FactKind.AUTHENTICATION_METHODS_POLICY).stream()
                .findFirst();
    }

    /**
     * Whether the authentication methods policy lets the account sign in with a certificate: by who is in the groups that it
     * names, where {@link FactKind#METHOD_GROUP_MEMBERSHIPS} are asked for. NO where there is no policy to tell.
     */
    public Match certificatesFor(Account account) {
        Optional<Set<String>> groups = asksFor(FactKind.METHOD_GROUP_MEMBERSHIPS)
                ? methodGroupMembership(account).map(GroupMembership::groupIds)
                : Optional.empty();
        return authenticationMethods()
                .map(policy -> policy.certificatesFor(groups))
                .orElse(Match.NO);
    }

    /** Whether the account may be one that the authentication methods policy lets sign in with a certificate. */
    public boolean mayUseCertificates(Account account) {
        return certificatesFor(account) != Match.NO;
    }

    /**
     * The licence without which there can be no Conditional Access policy, where the tenant has neither; policies that
     * outlived the licence go on.
     */
    public Optional<Licence> lacksLicenceForPolicies() {
        return list(FactKind.CONDITIONAL_ACCESS_POLICIES).isEmpty() && !licensed(Licence.ENTRA_ID_P1)
                ? Optional.of(Licence.ENTRA_ID_P1)
                : Optional.empty();
    }

    /** The sensitivity labels that the tenant defines. */
    public List<SensitivityLabel> sensitivityLabels() {
        return list(FactKind.SENSITIVITY_LABELS);
    }

    /** The latest alerts of Defender for Cloud Apps, a few at most; none if that was not read. */
    public List<CloudAppAlert> cloudAppAlerts() {
        return list(FactKind.CLOUD_APP_ALERTS);
    }

    /** Who signed in by legacy authentication in the last thirty days; none if that was not read. */
    public List<LegacySignIns> legacySignIns() {
        return list(FactKind.LEGACY_SIGN_INS);
    }

    /** The PIM settings of every directory role that Graph told. */
    public List<PimPolicy> pimPolicies() {
        return list(FactKind.PIM_POLICIES);
    }

    /** The assignments of directory roles that begin later, soonest first; none of them counts yet. */
    public List<RoleAssignment.Later> laterAssignments() {
        return this.<RoleAssignment.Later>list(FactKind.LATER_ASSIGNMENTS).stream()
                .sorted(Comparator.comparing(RoleAssignment.Later::beginsAt))
                .toList();
    }

    /** Who got or may get a role lately, by the audit log: the last {@link RoleChange#DAYS} days. */
    public List<RoleChange> roleChanges() {
        return list(FactKind.ROLE_CHANGES);
    }

    /** Who activated a role lately, by the audit log: the last {@link PimActivation#DAYS} days. */
    public List<PimActivation> activations() {
        return list(FactKind.PIM_ACTIVATIONS);
    }

    /**
     * Who holds roles of a service that keeps its own roles.
     *
     * @param service the kind that tells it, for example {@link FactKind#INTUNE_ROLES}
     */
    public List<ServiceRole> serviceRoles(FactKind service) {
        return list(service);
    }

    /** When the service principal was last used; empty if that was not read, or the card does not ask for it. */
    public Optional<ApplicationUse> applicationUse(String servicePrincipalId) {
        return asksFor(FactKind.APPLICATION_USE)
                ? of(FactKind.APPLICATION_USE, servicePrincipalId, ApplicationUse.class)
                : Optional.empty();
    }

    /** What the application tells of provisioning to it, beside its jobs; empty if that was not read. */
    public Optional<ProvisioningSupport> provisioningSupport(EnterpriseApplication application) {
        return of(FactKind.PROVISIONING_SUPPORT, application.id(), ProvisioningSupport.class);
    }

    /** The organisation; empty if it was not read. */
    public Optional<Organization> organization() {
        return this.<Organization>list(FactKind.ORGANIZATION).stream().findFirst();
    }

    /** The sign-ins of a designated emergency account in the last 30 days, as the sign-in log has them, newest first. */
    public List<EmergencySignIn> emergencySignIns(Account account) {
        return this.<EmergencySignIn>list(FactKind.EMERGENCY_SIGN_INS).stream()
                .filter(signIn -> signIn.accountId().equals(account.id()))
                .sorted(Comparator.comparing(EmergencySignIn::at).reversed())
                .toList();
    }

    /** Which of the groups that policies name hold the account; empty if that was not read. */
    public Optional<GroupMembership> groupMembership(Account account) {
        return groupMembership(account.id());
    }

    /** The same of an account or a group by its id. */
    public Optional<GroupMembership> groupMembership(String principalId) {
        return of(FactKind.GROUP_MEMBERSHIPS, principalId, GroupMembership.class);
    }

    /** The group, and those of the groups that policies name that it is nested in; empty if these were not read. */
    public Optional<Set<String>> withEnclosing(String groupId) {
        return groupMembership(groupId).map(membership -> {
            Set<String> groups = new HashSet<>(membership.groupIds());
            groups.add(groupId);
            return Set.copyOf(groups);
        });
    }

    /** Which of the groups that the authentication methods policy names hold the account; empty if that was not read. */
    public Optional<GroupMembership> methodGroupMembership(Account account) {
        return of(FactKind.METHOD_GROUP_MEMBERSHIPS, account.id(), GroupMembership.class);
    }

    private <T> Optional<T> of(FactKind kind, String principalId, Class<T> type) {
        declared(kind);
        return Optional.ofNullable(shared.byPrincipal.get(kind))
                .map(known -> known.get(principalId.toLowerCase(Locale.ROOT)))
                .map(type::cast);
    }

    /** Whether the kind may be asked for at all. */
    public boolean asksFor(FactKind kind) {
        return declared.contains(kind);
    }

    private void declared(FactKind kind) {
        if (!declared.contains(kind)) {
            throw new IllegalStateException(kind + " is not among the facts this check declares");
        }
    }

    /**
     * What was read of the kind; nothing where the kind is unread or unlicensed, which {@link #unread} tells.
     *
     * @throws IllegalStateException if the card of the check that asks does not name the kind
     */
    @SuppressWarnings("unchecked") // the constructor has checked every value against its kind's type
    public <T> List<T> list(FactKind kind) {
        declared(kind);
        return reading(kind) instanceof Reading.Read read ? (List<T>) read.values() : List.of();
    }
}
