package dev.parc.check;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.facts.Attestation;
import dev.parc.facts.Category;
import dev.parc.facts.Designations;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.ServicePlan;
import dev.parc.facts.Unseen;
import dev.parc.facts.activity.LegacySignIns;
import dev.parc.facts.activity.Microsoft365Activity;
import dev.parc.facts.activity.PimActivation;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.activity.RiskyUser;
import dev.parc.facts.activity.SecureScore;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.DeviceRegistration;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.EnterpriseApplication;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.directory.MailboxPurpose;
import dev.parc.facts.directory.Microsoft365Service;
import dev.parc.facts.directory.Organization;
import dev.parc.facts.directory.PasswordHashSync;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ProvisioningJob;
import dev.parc.facts.directory.ProvisioningSupport;
import dev.parc.facts.directory.PublishedApplication;
import dev.parc.facts.directory.SensitivityLabel;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.policies.AuthenticationMethods;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.ExcludedMembers;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.policies.SecurityDefaults;
import dev.parc.facts.roles.AccessReview;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.GroupPimPolicy;
import dev.parc.facts.roles.PimPolicy;
import dev.parc.facts.roles.PimRule;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tenant for tests: fully readable, licensed for P2, and empty, unless told otherwise. */
public final class TenantBuilder {

    public static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");

    private static final Set<String> ALL_METHODS = Set.of(
            "Fido2",
            "MicrosoftAuthenticator",
            "Sms",
            "Voice",
            "SoftwareOath",
            "HardwareOath",
            "TemporaryAccessPass",
            "X509Certificate");

    private final Map<FactKind, List<Object>> values = new EnumMap<>(FactKind.class);
    private final Map<FactKind, List<Unseen>> unseen = new EnumMap<>(FactKind.class);
    private final Map<FactKind, Reading> instead = new EnumMap<>(FactKind.class);
    private final Set<String> emergency = new HashSet<>();
    private final Map<String, Category> categories = new HashMap<>();
    private Designations designations = Designations.NONE;

    private TenantBuilder() {
        Stream.of(FactKind.values()).forEach(this::of);
        add(FactKind.ORGANIZATION, new Organization("tenant", "Contoso", SyncState.NEVER_SYNCED, List.of(), List.of()));
        add(FactKind.SERVICE_PLANS, new ServicePlan("eec0eb4f-6444-4f95-aba0-50c24d67f998", "AAD_PREMIUM_P2", true));
        add(FactKind.SECURITY_DEFAULTS, new SecurityDefaults(false));
        domain("contoso.onmicrosoft.com", false);
        domain("contoso.com", false);
        Stream.of(DirectoryRole.values())
                .forEach(role -> add(
                        FactKind.ROLE_DEFINITIONS,
                        new RoleDefinition(role.templateId(), role.templateId(), role.title(), true)));
    }

    public static TenantBuilder tenant() {
        return new TenantBuilder();
    }

    /** An enabled, cloud-only member without a mailbox, created a year ago. */
    public static Account account(String name) {
        return account(name, Change.NONE);
    }

    public static Account account(String name, Change... changes) {
        Account account = new Account(
                id(name),
                name,
                name,
                Account.State.ENABLED,
                SyncState.NEVER_SYNCED,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                Optional.of(NOW.minus(Duration.ofDays(365))),
                Optional.of(NOW.minus(Duration.ofDays(30))),
                Optional.empty());
        for (Change change : changes) {
            account = Draft.changed(account, change.change);
        }
        return account;
    }

    /** How an account can differ from the plain one. */
    public enum Change {
        NONE(draft -> {}),
        DISABLED(draft -> draft.state = Account.State.DISABLED),
        SYNCED(draft -> draft.sync = SyncState.SYNCED),
        NO_LONGER_SYNCED(draft -> draft.sync = SyncState.NO_LONGER_SYNCED),
        GUEST(draft -> draft.guest = true),
        INTERNAL_GUEST(draft -> {
            draft.guest = true;
            draft.issuers = List.of("contoso.onmicrosoft.com");
        }),
        MAILBOX(draft -> draft.mailbox = true),
        PENDING(draft -> {
            draft.guest = true;
            draft.invitation = Optional.of("PendingAcceptance");
        }),
        NEW(draft -> draft.createdAt = daysAgo(30)),
        NOT_QUITE_NEW(draft -> draft.createdAt = daysAgo(31)),
        DATELESS(draft -> draft.passwordChangedAt = Optional.empty()),
        MICROSOFT_ACCOUNT(draft -> {
            draft.guest = true;
            draft.issuers = List.of("MicrosoftAccount");
        });

        private final Consumer<Draft> change;

        Change(Consumer<Draft> change) {
            this.change = change;
        }
    }

    /** An account while it is being changed. */
    private static final class Draft {
        private Account.State state;
        private SyncState sync;
        private boolean guest;
        private List<String> issuers;
        private Optional<String> invitation;
        private Optional<String> mail;
        private List<String> otherMails;
        private boolean mailbox;
        private Optional<Instant> createdAt;
        private Optional<Instant> passwordChangedAt;
        private Optional<String> initialDomain;

        Draft(Account account) {
            this.state = account.state();
            this.sync = account.sync();
            this.guest = account.guest();
            this.issuers = account.identityIssuers();
            this.invitation = account.invitation();
            this.mail = account.mail();
            this.otherMails = account.otherMails();
            this.mailbox = account.mailbox();
            this.createdAt = account.createdAt();
            this.passwordChangedAt = account.passwordChangedAt();
            this.initialDomain = account.initialDomain();
        }

        static Account changed(Account account, Consumer<Draft> change) {
            Draft draft = new Draft(account);
            change.accept(draft);
            return new Account(
                    account.id(),
                    account.signInName(),
                    account.displayName(),
                    draft.state,
                    draft.sync,
                    draft.guest,
                    draft.issuers,
                    draft.invitation,
                    draft.mail,
                    draft.otherMails,
                    draft.mailbox,
                    draft.createdAt,
                    draft.passwordChangedAt,
                    draft.initialDomain);
        }
    }

    private static Optional<Instant> daysAgo(int days) {
        return Optional.of(NOW.minus(Duration.ofDays(days)));
    }

    /** The account with a password that was changed so many days ago. */
    public static Account passwordChanged(Account account, int daysAgo) {
        return Draft.changed(account, draft -> draft.passwordChangedAt = daysAgo(daysAgo));
    }

    /** The account with this address, none if it is empty, and further ones elsewhere. */
    public static Account withMail(Account account, String mail, String... others) {
        return Draft.changed(account, draft -> {
            draft.mail = Optional.of(mail).filter(text -> !text.isEmpty());
            draft.otherMails = List.of(others);
        });
    }

    /** The account in a tenant that was created with this domain. */
    public static Account inTenantOf(String initialDomain, Account account) {
        return Draft.changed(account, draft -> draft.initialDomain = Optional.of(initialDomain));
    }

    /** The account with identities of these issuers. */
    public static Account issuedBy(Account account, String... issuers) {
        return Draft.changed(account, draft -> draft.issuers = List.of(issuers));
    }

    /** The object id that this builder gives to a name. */
    public static String id(String name) {
        return "id of " + name.toLowerCase(Locale.ROOT);
    }

    /** The organisation with these addresses for Microsoft to write to. */
    public TenantBuilder contacts(List<String> technical, List<String> security) {
        return organization(old -> new Organization(old.id(), old.displayName(), old.sync(), technical, security));
    }

    private TenantBuilder organization(UnaryOperator<Organization> change) {
        of(FactKind.ORGANIZATION).replaceAll(old -> change.apply((Organization) old));
        return this;
    }

    public TenantBuilder domain(String name, boolean federated) {
        return add(FactKind.DOMAINS, new Domain(name, federated, name.endsWith(".onmicrosoft.com"), true));
    }

    /** Synchronised from an on-premises directory, with password hashes that came an hour ago. */
    public TenantBuilder synchronised() {
        return synchronisation(SyncState.SYNCED)
                .passwordHashes(Optional.empty(), Optional.of(NOW.minus(Duration.ofHours(1))));
    }

    public TenantBuilder synchronisation(SyncState sync) {
        return organization(
                old -> new Organization(old.id(), old.displayName(), sync, old.technicalMails(), old.securityMails()));
    }

    /** Password hash synchronisation as its switch says, if it can be read, and when hashes last came, if ever. */
    public TenantBuilder passwordHashes(Optional<Boolean> on, Optional<Instant> last) {
        of(FactKind.PASSWORD_HASH_SYNC).clear();
        return add(
                FactKind.PASSWORD_HASH_SYNC,
                new PasswordHashSync(on, Optional.of(new PasswordHashSync.LastReceived(last))));
    }

    public TenantBuilder microsoft365() {
        return add(FactKind.SERVICE_PLANS, new ServicePlan("exchange", "EXCHANGE_S_ENTERPRISE", true));
    }

    /** The Secure Score of so many days ago, of 100 points, with these points by control. */
    public TenantBuilder secureScore(int daysAgo, Map<String, Double> controls) {
        double current =
                controls.values().stream().mapToDouble(Double::doubleValue).sum();
        return add(
                FactKind.SECURE_SCORES, new SecureScore(NOW.minus(Duration.ofDays(daysAgo)), current, 100, controls));
    }

    public TenantBuilder deviceRegistration(
            DeviceRegistration.Scope joining,
            DeviceRegistration.Scope joinerIsAdministrator,
            boolean globalAdministratorsAreLocal,
            boolean localPasswordsKept) {
        of(FactKind.DEVICE_REGISTRATION).clear();
        return add(
                FactKind.DEVICE_REGISTRATION,
                new DeviceRegistration(
                        joining, joinerIsAdministrator, globalAdministratorsAreLocal, localPasswordsKept));
    }

    public TenantBuilder globalAdmin(String name) {
        return globalAdmin(account(name));
    }

    public TenantBuilder globalAdmin(Account account) {
        return holder(account, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.STANDING);
    }

    public TenantBuilder holder(Account account, DirectoryRole role, AssignmentKind kind) {
        return account(account).assignment(account.id(), PrincipalType.USER, account.signInName(), role, kind);
    }

    /** Somebody holds a role that the roadmap does not name; its title is its id too. */
    public TenantBuilder holder(Account account, String role, AssignmentKind kind) {
        RoleDefinition definition = new RoleDefinition(role, role, role, true);
        of(FactKind.ROLE_DEFINITIONS).remove(definition);
        return add(FactKind.ROLE_DEFINITIONS, definition)
                .account(account)
                .assignment(account.id(), PrincipalType.USER, account.signInName(), role, kind);
    }

    public TenantBuilder account(Account account) {
        of(FactKind.ACCOUNTS).remove(account);
        return add(FactKind.ACCOUNTS, account);
    }

    public TenantBuilder servicePrincipal(ServicePrincipal principal, DirectoryRole role) {
        return add(FactKind.SERVICE_PRINCIPALS, principal)
                .assignment(
                        principal.id(),
                        PrincipalType.SERVICE_PRINCIPAL,
                        principal.displayName(),
                        role,
                        AssignmentKind.STANDING);
    }

    public TenantBuilder group(String name, DirectoryRole role, AssignmentKind kind) {
        return assignment(id(name), PrincipalType.GROUP, name, role, kind);
    }

    /** A group that holds a role that the roadmap does not name; its title is its id too. */
    public TenantBuilder group(String name, String role, AssignmentKind kind) {
        RoleDefinition definition = new RoleDefinition(role, role, role, true);
        of(FactKind.ROLE_DEFINITIONS).remove(definition);
        return add(FactKind.ROLE_DEFINITIONS, definition).assignment(id(name), PrincipalType.GROUP, name, role, kind);
    }

    public TenantBuilder assignment(
            String id, PrincipalType type, String name, DirectoryRole role, AssignmentKind kind) {
        return assignment(id, type, name, role.templateId(), kind);
    }

    /** A role by its id. */
    public TenantBuilder assignment(String id, PrincipalType type, String name, String roleId, AssignmentKind kind) {
        boolean eligible = kind == AssignmentKind.ELIGIBLE;
        RoleAssignment row = new RoleAssignment(id, type, name, roleId, "/", kind, Optional.<Instant>empty());
        if (!eligible) {
            add(FactKind.ROLE_ASSIGNMENTS, row);
        }
        return add(eligible ? FactKind.PIM_ELIGIBILITIES : FactKind.PIM_ASSIGNMENTS, row);
    }

    public TenantBuilder member(String group, Account account) {
        return account(account)
                .add(
                        FactKind.GROUP_MEMBERS,
                        new GroupMember(id(group), group, account.id(), PrincipalType.USER, account.signInName()));
    }

    public TenantBuilder memberGroup(String group, String nested) {
        return add(FactKind.GROUP_MEMBERS, new GroupMember(id(group), group, id(nested), PrincipalType.GROUP, nested));
    }

    public TenantBuilder grant(String group, Account account, GroupGrant.Access access, AssignmentKind kind) {
        return account(account)
                .add(
                        kind == AssignmentKind.ELIGIBLE
                                ? FactKind.PIM_GROUP_ELIGIBILITIES
                                : FactKind.PIM_GROUP_ASSIGNMENTS,
                        new GroupGrant(
                                id(group),
                                group,
                                account.id(),
                                PrincipalType.USER,
                                account.signInName(),
                                access,
                                kind));
    }

    public TenantBuilder signedIn(Account account, int daysAgo) {
        Optional<Instant> then = Optional.of(NOW.minus(Duration.ofDays(daysAgo)));
        return add(FactKind.SIGN_INS, new SignIn(account.id(), then, then));
    }

    public TenantBuilder neverSignedIn(Account account) {
        return add(FactKind.SIGN_INS, new SignIn(account.id(), Optional.empty(), Optional.empty()));
    }

    /** The usage report of two days ago does not list the account. */
    public TenantBuilder usedNoMicrosoft365(Account account) {
        return add(FactKind.MICROSOFT_365_ACTIVITY, new Microsoft365Activity(account.id(), day(2), false, Map.of()));
    }

    /** The usage report of two days ago lists the account, which last used the service so many days ago. */
    public TenantBuilder usedMicrosoft365(Account account, Microsoft365Service service, int daysAgo) {
        return add(
                FactKind.MICROSOFT_365_ACTIVITY,
                new Microsoft365Activity(account.id(), day(2), true, Map.of(service, day(daysAgo))));
    }

    private static LocalDate day(int daysAgo) {
        return NOW.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(daysAgo);
    }

    public TenantBuilder mailbox(Account account, MailboxPurpose.Purpose purpose) {
        return add(FactKind.MAILBOX_PURPOSES, new MailboxPurpose(account.id(), purpose));
    }

    public TenantBuilder registered(Account account, boolean mfaCapable) {
        return registered(account, mfaCapable, Registration.Source.REPORT);
    }

    public TenantBuilder registered(Account account, boolean mfaCapable, Registration.Source source) {
        List<String> methods = mfaCapable ? List.of("fido2") : List.of();
        return add(FactKind.REGISTRATIONS, new Registration(account.id(), mfaCapable, methods, source));
    }

    /** Strict PIM settings of all four roles, with these notification rules switched off. */
    public TenantBuilder pimPolicies(String... silentRules) {
        PimRule[] silent = Stream.of(silentRules)
                .map(id -> new PimRule(id, false, false, List.of(), "", Set.of(), ""))
                .toArray(PimRule[]::new);
        DirectoryRole.HIGHLY_PRIVILEGED.forEach(role -> pimPolicy(role, silent));
        return this;
    }

    /** PIM settings of a role, strict but for these rules, in the place of what it had. */
    public TenantBuilder pimPolicy(DirectoryRole role, PimRule... instead) {
        return pimPolicy(role.templateId(), instead);
    }

    /** PIM settings of a role by its id, strict but for these rules, in the place of what it had. */
    public TenantBuilder pimPolicy(String role, PimRule... instead) {
        of(FactKind.PIM_POLICIES)
                .removeIf(
                        policy -> policy instanceof PimPolicy it && it.roleId().equals(role));
        return add(FactKind.PIM_POLICIES, new PimPolicy(role, strictRules(instead)));
    }

    /** PIM settings for members or owners of a group, strict but for these rules. */
    public TenantBuilder groupPimPolicy(String group, GroupGrant.Access access, PimRule... instead) {
        return add(FactKind.PIM_GROUP_POLICIES, new GroupPimPolicy(id(group), access, strictRules(instead)));
    }

    /** An access review of everybody in a role that comes back every quarter and was answered so many days ago. */
    public TenantBuilder reviewed(DirectoryRole role, int daysAgo) {
        return review(role, review -> review, daysAgo, 3, 0);
    }

    /** An access review of a role, changed, whose last instance ended so many days ago with these decisions. */
    public TenantBuilder review(
            DirectoryRole role, UnaryOperator<AccessReview> change, int daysAgo, int byPeople, int open) {
        Instant end = NOW.minus(Duration.ofDays(daysAgo));
        return add(
                FactKind.ACCESS_REVIEWS,
                change.apply(new AccessReview(
                        "review",
                        "quarterly",
                        role.templateId(),
                        true,
                        AccessReview.Assignments.ALL,
                        true,
                        true,
                        Optional.of(Duration.ofDays(93)),
                        Optional.empty(),
                        List.of(new AccessReview.Instance(
                                end.minus(Duration.ofDays(14)),
                                end,
                                true,
                                Optional.of(new AccessReview.Decisions(byPeople, open, byPeople)))))));
    }

    /** Activated the role so many days ago, and said why. */
    public TenantBuilder activated(Account account, String roleId, int daysAgo) {
        return add(
                FactKind.PIM_ACTIVATIONS,
                new PimActivation(
                        NOW.minus(Duration.ofDays(daysAgo)),
                        account.id(),
                        Optional.of(roleId.toLowerCase(Locale.ROOT)),
                        "the role",
                        "ticket 4711"));
    }

    /** Whoever holds a role now held it at the last run too. */
    public TenantBuilder everybodyKnown() {
        Administrators.of(facts())
                .all()
                .forEach(one -> one.holdings()
                        .forEach(holding -> add(
                                FactKind.EARLIER_ADMINISTRATORS,
                                new EarlierAdministrator(one.id(), one.name(), holding.roleId(), holding.scope()))));
        return this;
    }

    /** The PIM rule that activation takes these: Justification, MultiFactorAuthentication, Ticketing. */
    public static PimRule activationTakes(String... what) {
        return new PimRule("Enablement_EndUser_Assignment", false, false, List.of(), "", Set.of(what), "");
    }

    /** The PIM rule that activation takes this authentication context, or none if it is empty. */
    public static PimRule activationContext(String claim) {
        return new PimRule(
                "AuthenticationContext_EndUser_Assignment", !claim.isEmpty(), false, List.of(), "", Set.of(), claim);
    }

    /** The PIM rule that an activation lasts so long at most. */
    public static PimRule activationLasts(String duration) {
        return new PimRule("Expiration_EndUser_Assignment", true, false, List.of(), duration, Set.of(), "");
    }

    /** The PIM rule that mail about this goes to its default recipients, or also to those named. */
    public static PimRule mail(String about, String... named) {
        return new PimRule("Notification_Admin_" + about, false, true, List.of(named), "", Set.of(), "");
    }

    /** PIM settings of all four roles that notify their default recipients only. */
    public TenantBuilder pimMailToDefaultRecipients() {
        DirectoryRole.HIGHLY_PRIVILEGED.forEach(role -> pimPolicy(role, mailToDefaultRecipients()));
        return this;
    }

    /** The PIM rules that mail about every change goes to default recipients. */
    public static PimRule[] mailToDefaultRecipients() {
        return new PimRule[] {mail("Admin_Assignment"), mail("Admin_Eligibility"), mail("EndUser_Assignment")};
    }

    private static Map<String, PimRule> strictRules(PimRule... instead) {
        Map<String, PimRule> rules = new HashMap<>();
        Stream.of(
                        "Notification_Admin_Admin_Assignment",
                        "Notification_Admin_Admin_Eligibility",
                        "Notification_Admin_EndUser_Assignment")
                .forEach(id ->
                        rules.put(id, new PimRule(id, false, false, List.of("soc@contoso.com"), "", Set.of(), "")));
        Stream.of("Approval_EndUser_Assignment", "Expiration_Admin_Assignment")
                .forEach(id -> rules.put(id, new PimRule(id, true, false, List.of(), "", Set.of(), "")));
        Stream.of(activationTakes("Justification", "MultiFactorAuthentication"), activationLasts("PT8H"))
                .forEach(rule -> rules.put(rule.id(), rule));
        Stream.of(instead).forEach(rule -> rules.put(rule.id(), rule));
        return rules;
    }

    public TenantBuilder policy(ConditionalAccessPolicy policy) {
        return add(FactKind.CONDITIONAL_ACCESS_POLICIES, policy);
    }

    /** Tells of every account in which of the groups it is. */
    public TenantBuilder inGroups(Account account, String... groupIds) {
        return add(FactKind.GROUP_MEMBERSHIPS, new GroupMembership(account.id(), Set.of(groupIds)));
    }

    /** Tells in which of the groups that policies name a group is. */
    public TenantBuilder groupInGroups(String groupId, String... groupIds) {
        return add(FactKind.GROUP_MEMBERSHIPS, new GroupMembership(groupId, Set.of(groupIds)));
    }

    /** The account is in none of the groups that policies name, and can activate membership of this one. */
    public TenantBuilder canJoin(Account account, String groupId) {
        return add(FactKind.GROUP_MEMBERSHIPS, new GroupMembership(account.id(), Set.of(), Set.of(groupId)));
    }

    /** A role-assignable group that a policy excludes, with these members. */
    public TenantBuilder excludedGroup(String id, Account... members) {
        return excludedGroup(new ExcludedGroup(
                        id, id, true, true, false, Optional.empty(), SyncState.NEVER_SYNCED, List.of()))
                .excludedMembers(id, members.length, members);
    }

    /** An ordinary group that a policy excludes and nobody is in, with these owners. */
    public TenantBuilder openGroup(String id, ExcludedGroup.Principal... owners) {
        return excludedGroup(new ExcludedGroup(
                        id, id, true, false, false, Optional.empty(), SyncState.NEVER_SYNCED, List.of(owners)))
                .excludedMembers(id, 0);
    }

    /** A role of the roadmap or another one, which allows these actions. */
    public TenantBuilder allows(String roleId, String title, String... actions) {
        of(FactKind.ROLE_DEFINITIONS)
                .removeIf(old -> ((RoleDefinition) old).id().equals(roleId));
        return add(FactKind.ROLE_DEFINITIONS, new RoleDefinition(roleId, roleId, title, true, Set.of(actions)));
    }

    public TenantBuilder excludedGroup(ExcludedGroup group) {
        of(FactKind.EXCLUDED_GROUPS).removeIf(old -> ((ExcludedGroup) old).id().equals(group.id()));
        return add(FactKind.EXCLUDED_GROUPS, group);
    }

    /** So many are in the excluded group, of whom these were read. */
    public TenantBuilder excludedMembers(String groupId, int count, Account... read) {
        of(FactKind.EXCLUDED_MEMBERS)
                .removeIf(old -> ((ExcludedMembers) old).groupId().equals(groupId));
        return add(
                FactKind.EXCLUDED_MEMBERS,
                new ExcludedMembers(
                        groupId,
                        count,
                        Stream.of(read)
                                .map(account -> new ExcludedGroup.Principal(
                                        account.id(), PrincipalType.USER, account.signInName()))
                                .toList()));
    }

    /** A provisioned service plan with this id. */
    public TenantBuilder plan(String id) {
        return add(FactKind.SERVICE_PLANS, new ServicePlan(id, "plan", true));
    }

    /** An enabled application that somebody connected. */
    public TenantBuilder application(String name) {
        return add(
                FactKind.ENTERPRISE_APPLICATIONS, new EnterpriseApplication(id(name), appId(name), name, true, false));
    }

    /** The id by which policies name the application. */
    public static String appId(String name) {
        return "app id of " + name.toLowerCase(Locale.ROOT);
    }

    public TenantBuilder provisioned(String application, ProvisioningJob.State state) {
        return provisioned(application, state, "scim");
    }

    public TenantBuilder provisioned(String application, ProvisioningJob.State state, String templateId) {
        return add(
                FactKind.PROVISIONING_JOBS,
                new ProvisioningJob(id(application), "job " + templateId, state, templateId));
    }

    /** What the application tells of provisioning beside its jobs; none of which has a direction of its own. */
    public TenantBuilder provisioning(String application, @Nullable Boolean possible, @Nullable Boolean assigned) {
        return add(
                FactKind.PROVISIONING_SUPPORT,
                new ProvisioningSupport(
                        id(application),
                        Optional.ofNullable(possible),
                        Optional.ofNullable(assigned),
                        Set.of(),
                        Set.of()));
    }

    public TenantBuilder published(String name, boolean preAuthenticated) {
        return add(
                FactKind.PUBLISHED_APPLICATIONS,
                new PublishedApplication("registration of " + name, appId(name), name, preAuthenticated));
    }

    /** A trusted location of addresses. */
    public TenantBuilder trustedLocation(String id, String range) {
        return add(
                FactKind.NAMED_LOCATIONS,
                new NamedLocation(id, id, NamedLocation.Kind.IP, true, List.of(range), Set.of(), false));
    }

    /** Identity Protection holds the account to be at risk since yesterday. */
    public TenantBuilder risky(Account account, String level, boolean compromised) {
        return add(
                FactKind.RISKY_USERS,
                new RiskyUser(
                        account.id(),
                        account.signInName(),
                        level,
                        Optional.of(NOW.minus(Duration.ofDays(1))),
                        compromised));
    }

    /** The methods that the authentication methods policy enables, and no others. */
    public TenantBuilder authenticationMethods(String... enabled) {
        Map<String, AuthenticationMethods.Targets> everybody = new HashMap<>();
        Stream.of(enabled)
                .forEach(method -> everybody.put(
                        method, new AuthenticationMethods.Targets(Set.of(AuthenticationMethods.EVERYBODY), Set.of())));
        return authenticationMethods(everybody, true);
    }

    /** The methods that the authentication methods policy enables, and for whom; no others. */
    public TenantBuilder authenticationMethods(Map<String, AuthenticationMethods.Targets> targets, boolean migrated) {
        of(FactKind.AUTHENTICATION_METHODS_POLICY).clear();
        return add(
                FactKind.AUTHENTICATION_METHODS_POLICY,
                new AuthenticationMethods(targets.keySet(), ALL_METHODS, targets, migrated));
    }

    /** Certificates are for the group "smart cards" without those in "left out"; the account is in this group, or in both. */
    public TenantBuilder certificatesByGroup(Account account, String group) {
        return authenticationMethods(
                        Map.of(
                                "X509Certificate",
                                new AuthenticationMethods.Targets(Set.of("smart cards"), Set.of("left out"))),
                        true)
                .add(
                        FactKind.METHOD_GROUP_MEMBERSHIPS,
                        new GroupMembership(
                                account.id(),
                                group.equals("left out") ? Set.of("smart cards", group) : Set.of(group),
                                Set.of()));
    }

    /** Registered for these methods by the names of the registration report, and so for MFA. */
    public TenantBuilder registered(Account account, String... methods) {
        return add(
                FactKind.REGISTRATIONS,
                new Registration(account.id(), true, List.of(methods), Registration.Source.REPORT));
    }

    public TenantBuilder label(String name, boolean protects) {
        return add(FactKind.SENSITIVITY_LABELS, new SensitivityLabel(id(name), name, protects, true));
    }

    /** A label that is off. */
    public TenantBuilder labelOff(String name) {
        return add(FactKind.SENSITIVITY_LABELS, new SensitivityLabel(id(name), name, true, false));
    }

    public TenantBuilder legacySignIn(String name, String client, int times) {
        return add(
                FactKind.LEGACY_SIGN_INS,
                new LegacySignIns(id(name), name, client, times, NOW.minus(Duration.ofDays(2))));
    }

    public TenantBuilder securityDefaults(boolean on) {
        of(FactKind.SECURITY_DEFAULTS).clear();
        return add(FactKind.SECURITY_DEFAULTS, new SecurityDefaults(on));
    }

    public TenantBuilder without(Licence licence) {
        of(FactKind.SERVICE_PLANS).clear();
        Stream.of(FactKind.values())
                .filter(kind -> kind.licence().filter(licence::equals).isPresent())
                .forEach(kind -> instead.put(kind, new Reading.Unlicensed(licence)));
        return this;
    }

    public TenantBuilder emergency(String... accounts) {
        Stream.of(accounts).map(name -> name.toLowerCase(Locale.ROOT)).forEach(emergency::add);
        return this;
    }

    /** Takes back which accounts are for emergencies. */
    public TenantBuilder designatedNobody() {
        emergency.clear();
        return this;
    }

    public TenantBuilder category(Account account, Category category) {
        categories.put(account.id().toLowerCase(Locale.ROOT), category);
        return this;
    }

    public TenantBuilder designated(UnaryOperator<Designations> more) {
        designations = more.apply(designations);
        return this;
    }

    /** Somebody vouches for this statement of the item, for another year. */
    public TenantBuilder attested(String item, int statement) {
        return attested(item, statement, 365);
    }

    /** Somebody vouches for this statement of the item until so many days from now; passed if negative. */
    public TenantBuilder attested(String item, int statement, int days) {
        return add(
                FactKind.ATTESTATIONS,
                new Attestation(
                        item,
                        statement,
                        "Ann",
                        NOW.minus(Duration.ofDays(20)),
                        NOW.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(days),
                        Optional.empty(),
                        ""));
    }

    public TenantBuilder nothingAttested() {
        of(FactKind.ATTESTATIONS).clear();
        return this;
    }

    public TenantBuilder unread(FactKind kind, String why) {
        instead.put(kind, new Reading.Unread(why));
        return this;
    }

    /** This became of reading the kind. */
    public TenantBuilder instead(FactKind kind, Reading reading) {
        instead.put(kind, reading);
        return this;
    }

    /** Nothing of the directory has the id of this principal. */
    public TenantBuilder stranger(String id) {
        return unseen(FactKind.ACCOUNTS, Unseen.stranger(id));
    }

    /** The kind was read, but nothing of this principal. */
    public TenantBuilder unseen(FactKind kind, String id, String why) {
        return unseen(kind, new Unseen(id, Unseen.Cause.UNREAD, why));
    }

    public TenantBuilder unseen(FactKind kind, Unseen one) {
        unseen.computeIfAbsent(kind, none -> new ArrayList<>()).add(one);
        return this;
    }

    /** The kind was read, all but this. */
    public TenantBuilder gap(FactKind kind, String gap) {
        instead.put(kind, new Reading.Read(of(kind), List.of(gap)));
        return this;
    }

    public TenantBuilder add(FactKind kind, Object value) {
        of(kind).add(value);
        return this;
    }

    private List<Object> of(FactKind kind) {
        return values.computeIfAbsent(kind, none -> new ArrayList<>());
    }

    /** The groups that somebody joins and that no test puts into others are in none. */
    private void ungroupedAreInNone() {
        List<Object> memberships = values.get(FactKind.GROUP_MEMBERSHIPS);
        if (memberships == null) {
            return; // nothing of the kind was read
        }
        Set<String> told = Stream.concat(
                        memberships.stream().map(it -> ((GroupMembership) it).principalId()),
                        unseen.getOrDefault(FactKind.GROUP_MEMBERSHIPS, List.of()).stream()
                                .map(Unseen::principalId))
                .collect(Collectors.toCollection(HashSet::new));
        Stream.of(FactKind.PIM_GROUP_ASSIGNMENTS, FactKind.PIM_GROUP_ELIGIBILITIES)
                .flatMap(kind -> of(kind).stream())
                .map(it -> ((GroupGrant) it).groupId())
                .filter(told::add)
                .forEach(id -> memberships.add(new GroupMembership(id, Set.of())));
    }

    public Facts facts() {
        ungroupedAreInNone();
        Map<FactKind, Reading> readings = new EnumMap<>(FactKind.class);
        values.forEach((kind, list) ->
                readings.put(kind, new Reading.Read(list, List.of(), unseen.getOrDefault(kind, List.of()))));
        readings.putAll(instead);
        Designations all = new Designations(
                emergency,
                categories,
                designations.exposedUsersGroup(),
                designations.productionSubscriptions(),
                designations.workstationFilter());
        return new Facts(NOW, all, readings);
    }
}
