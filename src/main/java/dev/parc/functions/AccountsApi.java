package dev.parc.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.parc.analysis.explain.Explanation;
import dev.parc.assessment.decision.AccountCategory;
import dev.parc.assessment.json.ExplanationJson;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.register.AccountCategories;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.RunStore;
import dev.parc.facts.Category;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Body;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import dev.parc.functions.http.Query;
import dev.parc.functions.http.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The effective administrators as the runs saw them, and what the operator says that their accounts are for. */
public final class AccountsApi {

    private static final int MOST_REVISIONS = 50;

    /** A run, so that all pages are of the same one, and how many accounts came before. */
    private static final Pattern CONTINUATION = Pattern.compile("(.+)\\.(\\d{1,6})");

    private final Supplier<Access> access;
    private final Supplier<RunStore> store;
    private final Supplier<AccountCategories> categories;

    public AccountsApi(Supplier<Access> access, Supplier<RunStore> store, Supplier<AccountCategories> categories) {
        this.access = access;
        this.store = store;
        this.categories = categories;
    }

    /** The administrators of a run, those who can sign in without MFA first: of the newest run that lists them, or of {@code run}. */
    @FunctionName("ListAccounts")
    public HttpResponseMessage listAccounts(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "accounts")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            Query query = new Query(request);
            Page page = page(query);
            int limit = query.number("limit", 1, 200, 50);
            Predicate<Explanation> wanted = filter(query);
            Map<String, Revision<AccountCategory>> words = words();
            List<Explanation> all = page.inventory().explained().administrators().stream()
                    .filter(wanted)
                    .filter(category(query, words))
                    .toList();
            ObjectNode view = Views.object()
                    .put("runId", page.inventory().runId())
                    .put("takenAt", page.inventory().takenAt().toString())
                    .put("total", all.size());
            ArrayNode accounts = view.putArray("accounts");
            all.stream()
                    .skip(page.skip())
                    .limit(limit)
                    .forEach(one -> accounts.add(account(one, Optional.ofNullable(words.get(key(one.id()))))));
            ArrayNode missing = view.putArray("missing");
            page.inventory().explained().missing().forEach(missing::add);
            int next = page.skip() + accounts.size();
            if (next < all.size()) {
                view.put("continuation", page.inventory().runId() + "." + next);
            }
            return Reply.json(200, view.toString());
        });
    }

    /** One administrator. */
    @FunctionName("GetAccount")
    public HttpResponseMessage getAccount(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "accounts/{accountId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("accountId") String accountId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            AdministratorInventory inventory = inventory(new Query(request).runId("run"));
            Explanation one = find(inventory, accountId);
            ObjectNode view = account(one, categories.get().find(one.id()))
                    .put("runId", inventory.runId())
                    .put("takenAt", inventory.takenAt().toString());
            return Reply.json(200, view.toString());
        });
    }

    /** What the operator says that an account is for, under its ETag, and what was said before. */
    @FunctionName("GetAccountCategory")
    public HttpResponseMessage getAccountCategory(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "accounts/{accountId}/category")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("accountId") String accountId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            List<Revision<AccountCategory>> history = categories.get().history(accountId, MOST_REVISIONS);
            if (history.isEmpty()) {
                find(inventory(Optional.empty()), accountId);
            }
            ObjectNode view = Views.object().put("accountId", key(accountId));
            history.stream().findFirst().ifPresent(newest -> view.set("operatorCategory", word(newest)));
            ArrayNode words = view.putArray("history");
            history.forEach(kept -> words.add(word(kept)));
            return Http.tagged(
                    Reply.json(200, view.toString()), history.stream().findFirst());
        });
    }

    /** Says what an administrator's account is for; the next run goes by it. */
    @FunctionName("PutAccountCategory")
    public HttpResponseMessage putAccountCategory(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.PUT,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "accounts/{accountId}/category")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("accountId") String accountId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            Body body = Body.of(request, Set.of("category", "reason"), "{\"category\":\"SHARED\"}");
            Category category = body.constant("category", Category.class);
            String reason = body.optionalText("reason").orElse("");
            Explanation one = find(inventory(Optional.empty()), accountId);
            Revision<AccountCategory> kept = Http.change(
                    request,
                    precondition ->
                            categories.get().categorise(one.id(), category, reason, caller.name(), precondition));
            context.getLogger().info(caller.id() + " categorised account " + kept.key() + " as " + category);
            ObjectNode view = Views.object().put("accountId", kept.key());
            view.set("operatorCategory", word(kept));
            return Http.tagged(Reply.json(200, view.toString()), Optional.of(kept));
        });
    }

    /** Takes back what the operator said; 204 also where nothing stands. */
    @FunctionName("DeleteAccountCategory")
    public HttpResponseMessage deleteAccountCategory(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.DELETE,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "accounts/{accountId}/category")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("accountId") String accountId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            Http.change(request, precondition -> categories.get().withdraw(accountId, caller.name(), precondition))
                    .ifPresent(kept ->
                            context.getLogger().info(caller.id() + " withdrew the category of account " + kept.key()));
            return Reply.none();
        });
    }

    /** Where a page begins. */
    private record Page(AdministratorInventory inventory, int skip) {}

    private Page page(Query query) {
        Optional<Matcher> continuation = query.value(
                "continuation",
                text -> Optional.of(CONTINUATION.matcher(text)).filter(it -> it.matches() && RunIds.isOne(it.group(1))),
                "the continuation from an earlier response");
        return continuation
                .map(it -> new Page(inventory(Optional.of(it.group(1))), Integer.parseInt(it.group(2))))
                .orElseGet(() -> new Page(inventory(query.runId("run")), 0));
    }

    private AdministratorInventory inventory(Optional<String> runId) {
        return runId.map(store.get()::inventory)
                .orElseGet(() -> store.get().latestInventory())
                .orElseThrow(() -> new ProblemException(Problem.UNKNOWN_RUN.reply(
                        runId.isPresent()
                                ? "No finished run with this id lists the administrators."
                                : "No run has listed the administrators yet; POST /api/runs starts one.")));
    }

    private static Explanation find(AdministratorInventory inventory, String accountId) {
        return inventory.explained().administrators().stream()
                .filter(one -> key(one.id()).equals(key(accountId)))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.UNKNOWN_ACCOUNT.reply(
                        "Run " + inventory.runId() + " has no administrator with this object id.")));
    }

    private static Predicate<Explanation> filter(Query query) {
        Optional<String> role = query.text("role");
        Optional<AssignmentKind> kind = query.value(
                "kind",
                text -> AssignmentKind.of(text.strip().toUpperCase(Locale.ROOT)),
                Stream.of(AssignmentKind.values()).map(Enum::name).collect(Collectors.joining(", ", "one of ", "")));
        Optional<PrincipalType> type = query.constant("type", PrincipalType.class);
        Optional<String> mfa =
                query.constant("mfa", ExplanationJson.Answer.class).map(Enum::name);
        return one -> type.map(it -> it == one.type()).orElse(true)
                && mfa.map(it -> it.equals(ExplanationJson.answer(one.mfa()).name()))
                        .orElse(true)
                && ((role.isEmpty() && kind.isEmpty())
                        || Stream.concat(one.roles().stream(), one.azureRoles().stream())
                                .filter(held -> role.map(name ->
                                                name.equalsIgnoreCase(held.name()) || name.equalsIgnoreCase(held.id()))
                                        .orElse(true))
                                .flatMap(held -> held.ways().stream())
                                .anyMatch(
                                        way -> kind.map(it -> it == way.kind()).orElse(true)));
    }

    /** By what the operator says now, and where that is nothing by what the run found. */
    private static Predicate<Explanation> category(Query query, Map<String, Revision<AccountCategory>> words) {
        Optional<Category> wanted = query.constant("category", Category.class);
        return one -> wanted.map(it -> Optional.ofNullable(words.get(key(one.id())))
                        .map(kept -> kept.value().category())
                        .or(() -> one.category().value().map(found -> found.category()))
                        .filter(it::equals)
                        .isPresent())
                .orElse(true);
    }

    /** What the operator says of accounts and did not take back, by their ids in lower case. */
    private Map<String, Revision<AccountCategory>> words() {
        return categories.get().newest().stream()
                .filter(Revision::stands)
                .collect(Collectors.toMap(Revision::key, kept -> kept));
    }

    private static String key(String accountId) {
        return accountId.toLowerCase(Locale.ROOT);
    }

    private static ObjectNode account(Explanation one, Optional<Revision<AccountCategory>> word) {
        ObjectNode view = ExplanationJson.write(one);
        word.filter(Revision::stands).ifPresent(kept -> view.set("operatorCategory", word(kept)));
        return view;
    }

    private static ObjectNode word(Revision<AccountCategory> kept) {
        AccountCategory value = kept.value();
        return Views.withdrawal(
                Views.object()
                        .put("revision", kept.revision())
                        .put("category", value.category().name())
                        .put("reason", value.reason())
                        .put("by", value.by())
                        .put("at", value.at().toString()),
                kept);
    }
}
