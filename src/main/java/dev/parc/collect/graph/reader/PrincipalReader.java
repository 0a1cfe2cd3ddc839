package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.GROUP_MEMBERS;
import static dev.parc.facts.FactKind.PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_GROUP_ELIGIBILITIES;
import static dev.parc.facts.FactKind.ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.collect.azure.AzureReader;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.GapException;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.Principals;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzurePower;
import dev.parc.facts.azure.AzurePowers;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.RoleAssignment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads the accounts and service principals that roles and groups lead to, one request each, and the accounts that the
 * operator designated.
 */
public final class PrincipalReader {

    public static final List<ReadingTask> TASKS = List.of(ReadingTask.of(
            List.of(ACCOUNTS, SERVICE_PRINCIPALS),
            context -> new PrincipalReader(context).read(),
            GROUP_MEMBERS,
            DOMAINS));

    private static final String[] USER_PROPERTIES = {
        "id",
        "userPrincipalName",
        "displayName",
        "accountEnabled",
        "userType",
        "externalUserState",
        "identities",
        "mail",
        "otherMails",
        "onPremisesSyncEnabled",
        "assignedPlans",
        "createdDateTime",
        "lastPasswordChangeDateTime"
    };
    private static final String[] SERVICE_PRINCIPAL_PROPERTIES = {
        "id", "displayName", "servicePrincipalType", "accountEnabled", "appOwnerOrganizationId"
    };

    private final ReadingContext context;
    private final ReadingBuilder accounts = new ReadingBuilder(ACCOUNTS);
    private final ReadingBuilder servicePrincipals = new ReadingBuilder(SERVICE_PRINCIPALS);
    private final Map<String, Principal> known = new LinkedHashMap<>();
    private final Set<String> accountIds = new TreeSet<>();
    private final Optional<String> initialDomain;

    /** Something that holds or may hold a role, or was designated. {@code id} is a sign-in name where no id is known. */
    private record Principal(String id, String name, PrincipalType type) {}

    /** What has no stated type is asked for as a user first, then as a service principal. */
    private record Question(Principal principal, boolean asUser) {}

    public PrincipalReader(ReadingContext context) {
        this.context = context;
        this.initialDomain = initialDomain(context);
    }

    /** Every row of the role assignment lists that could be read. */
    static List<RoleAssignment> roleHolders(ReadingContext context) {
        return Stream.of(ROLE_ASSIGNMENTS, PIM_ASSIGNMENTS, PIM_ELIGIBILITIES)
                .flatMap(kind -> context.values(kind, RoleAssignment.class).stream())
                .toList();
    }

    /** What is left to say where neither list of active role assignments could be read; empty if one was. */
    static Optional<Reading> unreadHolders(ReadingContext context) {
        return context.reading(PIM_ASSIGNMENTS) instanceof Reading.Read
                ? Optional.empty()
                : context.unreadFor(ROLE_ASSIGNMENTS);
    }

    /** Every PIM for Groups assignment that could be read. */
    static List<GroupGrant> groupGrants(ReadingContext context) {
        return Stream.of(PIM_GROUP_ASSIGNMENTS, PIM_GROUP_ELIGIBILITIES)
                .flatMap(kind -> context.values(kind, GroupGrant.class).stream())
                .toList();
    }

    /** Accounts and service principals. */
    public Map<FactKind, Reading> read() {
        Optional<Reading> unread = unreadHolders(context);
        if (unread.isPresent()) {
            return Map.of(ACCOUNTS, unread.get(), SERVICE_PRINCIPALS, unread.get());
        }
        findPrincipals();
        Map<Question, Answer> answers = new LinkedHashMap<>(ask(known.values().stream()
                .filter(it -> it.type() != PrincipalType.GROUP)
                .map(it -> new Question(it, it.type() != PrincipalType.SERVICE_PRINCIPAL))));
        answers.putAll(ask(known.values().stream()
                .filter(it -> it.type() == PrincipalType.UNKNOWN && isNotFound(answers, new Question(it, true)))
                .map(it -> new Question(it, false))));
        Map<Principal, Answer> deleted = askForDeleted(answers);
        answers.forEach((question, answer) -> {
            if (question.asUser()) {
                takeUser(question.principal(), answer, answers, deleted);
            } else {
                takeServicePrincipal(question.principal(), answer);
            }
        });
        return Map.of(ACCOUNTS, accounts.build(), SERVICE_PRINCIPALS, servicePrincipals.build());
    }

    private void findPrincipals() {
        context.values(GROUP_MEMBERS, GroupMember.class)
                .forEach(row -> found(row.groupId(), row.groupName(), PrincipalType.GROUP));
        groupGrants(context).forEach(row -> found(row.groupId(), row.groupName(), PrincipalType.GROUP));
        roleHolders(context).forEach(row -> found(row.principalId(), row.principalName(), row.principalType()));
        AzurePowers powers = AzureReader.powers(context);
        AzureReader.holders(context).stream()
                .filter(row -> powers.of(row) != AzurePower.READS)
                .forEach(row -> found(row.principalId(), row.principalName(), row.principalType()));
        context.values(GROUP_MEMBERS, GroupMember.class)
                .forEach(row -> found(row.principalId(), row.principalName(), row.principalType()));
        groupGrants(context).forEach(row -> found(row.principalId(), row.principalName(), row.principalType()));
        context.designations().emergencyAccounts().stream().sorted().forEach(designated -> {
            if (Item.guid(designated).isPresent() || designated.indexOf('@') > 0) {
                found(designated, designated, PrincipalType.USER);
            } else {
                accounts.gap("the designated emergency account " + ReadingBuilder.oneLine(designated)
                        + " is neither an object id nor a user principal name");
            }
        });
    }

    /** Keeps the principal once; a list that states its type wins over one that does not. */
    private void found(String id, String name, PrincipalType type) {
        known.merge(
                id, new Principal(id, name, type), (one, other) -> one.type() == PrincipalType.UNKNOWN ? other : one);
    }

    private Map<Question, Answer> ask(Stream<Question> questions) {
        List<Question> all = questions.toList();
        Map<String, Answer> users = UsersById.ask(
                context.graph(),
                all.stream()
                        .filter(Question::asUser)
                        .map(question -> question.principal().id())
                        .toList(),
                USER_PROPERTIES);
        Map<Question, GraphRequest> requests = new LinkedHashMap<>();
        all.stream()
                .filter(question -> !question.asUser())
                .forEach(question -> requests.put(question, request(question)));
        Map<Question, Answer> others = context.graph().ask(requests);
        Map<Question, Answer> answers = new LinkedHashMap<>();
        all.forEach(question -> answers.put(
                question,
                Optional.ofNullable(
                                question.asUser()
                                        ? users.get(question.principal().id())
                                        : others.get(question))
                        .orElseThrow()));
        return answers;
    }

    private static GraphRequest request(Question question) {
        return GraphRequest.of(V1.servicePrincipals()
                .byServicePrincipalId(question.principal().id())
                .toGetRequestInformation(it -> it.queryParameters.select = SERVICE_PRINCIPAL_PROPERTIES));
    }

    /** What has no stated type and is no user and no service principal: whether it was deleted lately. */
    private Map<Principal, Answer> askForDeleted(Map<Question, Answer> answers) {
        Map<Principal, GraphRequest> requests = new LinkedHashMap<>();
        known.values().stream()
                .filter(it -> it.type() == PrincipalType.UNKNOWN
                        && isNotFound(answers, new Question(it, true))
                        && isNotFound(answers, new Question(it, false)))
                .forEach(it -> requests.put(
                        it,
                        GraphRequest.of(V1.directory()
                                .deletedItems()
                                .byDirectoryObjectId(it.id())
                                .toGetRequestInformation(config ->
                                        config.queryParameters.select = new String[] {"id", "deletedDateTime"}))));
        return context.graph().ask(requests);
    }

    private void takeUser(
            Principal principal, Answer answer, Map<Question, Answer> answers, Map<Principal, Answer> deleted) {
        if (answer instanceof Answer.Value value) {
            attempt(principal, () -> {
                Item user = new Item("users", value.body());
                Account account = account(user);
                if (Item.guid(principal.id())
                        .filter(id -> !id.equals(account.id()))
                        .isPresent()) {
                    throw user.malformed("id");
                }
                if (accountIds.add(account.id())) {
                    accounts.value(account);
                }
            });
        } else if (!ReadingBuilder.notFound(answer)) {
            if (designated(principal)) {
                accounts.without(answer, ACCOUNTS.permissions());
            } else {
                accounts.unseen(principal.id(), answer, ACCOUNTS.permissions());
            }
            if (principal.type() == PrincipalType.UNKNOWN) {
                servicePrincipals.unseen(
                        principal.id(),
                        "it may be one, and whether it is a user could not be read: "
                                + ReadingBuilder.reason(answer, ACCOUNTS.permissions()));
            }
        } else if (principal.type() == PrincipalType.USER) {
            accounts.value(Account.deleted(principal.id(), principal.name()));
        } else if (isNotFound(answers, new Question(principal, false))) {
            goneWithoutType(principal, deleted);
        }
    }

    /** Runs something that may add accounts. What it cannot use is a gap if it is of a designated account, which others rest on. */
    private void attempt(Principal principal, Runnable reading) {
        try {
            reading.run();
            accounts.used();
        } catch (GapException e) {
            if (designated(principal)) {
                accounts.gap(e.gap());
            } else {
                accounts.unseen(principal.id(), e.gap());
            }
        }
    }

    private boolean designated(Principal principal) {
        return context.designations().emergencyAccounts().stream()
                .anyMatch(designated ->
                        designated.equalsIgnoreCase(principal.id()) || designated.equalsIgnoreCase(principal.name()));
    }

    /** A principal of no stated type that is no user and no service principal: deleted, or not of this directory. */
    private void goneWithoutType(Principal principal, Map<Principal, Answer> deleted) {
        boolean group = context.reading(GROUP_MEMBERS) instanceof Reading.Read members
                && members.unseen().stream()
                        .anyMatch(unseen -> unseen.principalId().equals(principal.id()));
        accounts.used();
        if (deleted.get(principal) instanceof Answer.Value) {
            accounts.value(Account.deleted(principal.id(), principal.name()));
        } else if (!group) {
            accounts.unresolved(principal.id());
        }
    }

    private void takeServicePrincipal(Principal principal, Answer answer) {
        if (!ReadingBuilder.notFound(answer)) {
            servicePrincipals.ofPrincipal(
                    principal.id(),
                    answer,
                    "service principals",
                    PrincipalReader::servicePrincipal,
                    SERVICE_PRINCIPALS.permissions());
        } else if (principal.type() == PrincipalType.SERVICE_PRINCIPAL) {
            servicePrincipals.value(ServicePrincipal.deleted(principal.id(), principal.name()));
        }
    }

    private static boolean isNotFound(Map<Question, Answer> answers, Question question) {
        return Optional.ofNullable(answers.get(question))
                .filter(ReadingBuilder::notFound)
                .isPresent();
    }

    /** The domain that the tenant was created with; empty if domains could not be read. */
    private static Optional<String> initialDomain(ReadingContext context) {
        return context.values(DOMAINS, Domain.class).stream()
                .filter(Domain::initial)
                .map(Domain::name)
                .findFirst();
    }

    private Account account(Item item) {
        String id = item.id("id");
        if (item.text("userPrincipalName").isEmpty()
                && item.flag("accountEnabled").isEmpty()) {
            throw new GapException("users were returned without their properties"
                    + ReadingBuilder.toGrant(
                                    ACCOUNTS.permissions(),
                                    context.graph().held(),
                                    context.graph().awaited(),
                                    "")
                            .map(missing -> ": " + missing)
                            .orElse(" although PARC's identity holds " + String.join(" and ", ACCOUNTS.permissions())));
        }
        String signInName = item.requiredText("userPrincipalName");
        return new Account(
                id,
                signInName,
                item.text("displayName").orElse(signInName),
                item.requiredFlag("accountEnabled") ? Account.State.ENABLED : Account.State.DISABLED,
                Principals.sync(item),
                item.text("userType").filter("Guest"::equalsIgnoreCase).isPresent(),
                item.items("identities").stream()
                        .flatMap(identity -> identity.text("issuer").stream())
                        .toList(),
                item.text("externalUserState"),
                item.text("mail"),
                item.texts("otherMails"),
                item.items("assignedPlans").stream().anyMatch(PrincipalReader::isMailbox),
                item.time("createdDateTime"),
                item.time("lastPasswordChangeDateTime"),
                initialDomain);
    }

    /** A plan in its grace period works on. */
    private static boolean isMailbox(Item plan) {
        return plan.text("service").filter("exchange"::equalsIgnoreCase).isPresent()
                && plan.text("capabilityStatus")
                        .filter(status -> status.equalsIgnoreCase("Enabled") || status.equalsIgnoreCase("Warning"))
                        .isPresent();
    }

    private static ServicePrincipal servicePrincipal(Item item) {
        String id = item.id("id");
        return new ServicePrincipal(
                id,
                item.text("displayName").orElse(id),
                item.text("servicePrincipalType").orElse(""),
                item.requiredFlag("accountEnabled"),
                false,
                item.text("appOwnerOrganizationId").orElse(""));
    }
}
