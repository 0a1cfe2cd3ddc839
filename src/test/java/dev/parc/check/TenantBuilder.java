package dev.parc.check;

import dev.parc.facts.Attestation;
import dev.parc.facts.Category;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.ServicePlan;
import dev.parc.facts.Unseen;
import dev.parc.facts.activity.SecureScore;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.directory.Organization;
import dev.parc.facts.directory.PasswordHashSync;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.policies.SecurityDefaults;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.PimRule;
import dev.parc.facts.roles.RoleDefinition;
import java.time.Duration;
import java.time.Instant;
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

/** A tenant for tests: fully readable, licensed for P2, and empty, unless told otherwise. */
public final class TenantBuilder implements TenantAccounts, TenantRoles, TenantPolicies, TenantApplications {

    public static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");

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

    @Override
    public TenantBuilder self() {
        return this;
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
            account = AccountDraft.changed(account, change.change);
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

        private final Consumer<AccountDraft> change;

        Change(Consumer<AccountDraft> change) {
            this.change = change;
        }
    }

    private static Optional<Instant> daysAgo(int days) {
        return Optional.of(NOW.minus(Duration.ofDays(days)));
    }

    /** The account with a password that was changed so many days ago. */
    public static Account passwordChanged(Account account, int daysAgo) {
        return AccountDraft.changed(account, draft -> draft.passwordChangedAt = daysAgo(daysAgo));
    }

    /** The account with this address, none if it is empty, and further ones elsewhere. */
    public static Account withMail(Account account, String mail, String... others) {
        return AccountDraft.changed(account, draft -> {
            draft.mail = Optional.of(mail).filter(text -> !text.isEmpty());
            draft.otherMails = List.of(others);
        });
    }

    /** The account in a tenant that was created with this domain. */
    public static Account inTenantOf(String initialDomain, Account account) {
        return AccountDraft.changed(account, draft -> draft.initialDomain = Optional.of(initialDomain));
    }

    /** The account with identities of these issuers. */
    public static Account issuedBy(Account account, String... issuers) {
        return AccountDraft.changed(account, draft -> draft.issuers = List.of(issuers));
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

    /** The PIM rules that mail about every change goes to default recipients. */
    public static PimRule[] mailToDefaultRecipients() {
        return new PimRule[] {mail("Admin_Assignment"), mail("Admin_Eligibility"), mail("EndUser_Assignment")};
    }

    /** A provisioned service plan with this id. */
    public TenantBuilder plan(String id) {
        return add(FactKind.SERVICE_PLANS, new ServicePlan(id, "plan", true));
    }

    /** The id by which policies name the application. */
    public static String appId(String name) {
        return "app id of " + name.toLowerCase(Locale.ROOT);
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

    /** Somebody attests this statement of the item, for another year. */
    public TenantBuilder attested(String item, int statement) {
        return attested(item, statement, 365);
    }

    /** Somebody attests this statement of the item until so many days from now; passed if negative. */
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
    public TenantBuilder unresolved(String id) {
        return unseen(FactKind.ACCOUNTS, Unseen.unresolved(id));
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

    @Override
    public TenantBuilder add(FactKind kind, Object value) {
        of(kind).add(value);
        return this;
    }

    @Override
    public List<Object> of(FactKind kind) {
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
