package dev.parc.assessment.json;

import static dev.parc.assessment.json.Json.child;
import static dev.parc.assessment.json.Json.children;
import static dev.parc.assessment.json.Json.constant;
import static dev.parc.assessment.json.Json.flag;
import static dev.parc.assessment.json.Json.text;
import static dev.parc.assessment.json.Json.texts;
import static dev.parc.assessment.json.Json.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.accounts.Categorisation;
import dev.parc.analysis.accounts.PasswordAge;
import dev.parc.analysis.administrators.EscalationPath;
import dev.parc.analysis.conditionalaccess.ActivationDecision;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.conditionalaccess.ReachDecision;
import dev.parc.analysis.explain.Evidence;
import dev.parc.analysis.explain.Explanation;
import dev.parc.analysis.explain.MfaAnswer;
import dev.parc.analysis.explain.WhatIf;
import dev.parc.analysis.signin.Requirement;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.assessment.AccountExplanation;
import dev.parc.facts.Category;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.roles.AssignmentKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Explained accounts: one as schema {@code parc-explanation/2}, and as the {@link AdministratorInventoryJson} keeps them. Within a version
 * fields are added, never changed. Reading throws {@link IllegalArgumentException} with one line for what is no account.
 */
public final class ExplanationJson {

    private static final List<String> NOT_ASKED_THEN = List.of("not asked by the release that kept it");

    private static final String SCHEMA = "parc-explanation/2";

    private ExplanationJson() {}

    /** The whole document. */
    public static String write(AccountExplanation explained) {
        ObjectNode document = Json.object()
                .put("schema", SCHEMA)
                .put("tenantId", explained.tenantId())
                .put("tenantName", explained.tenantName())
                .put("source", explained.source())
                .put("takenAt", explained.takenAt().toString());
        document.putObject("requests")
                .put("graph", explained.requests().graph())
                .put("arm", explained.requests().arm())
                .put("throttled", explained.requests().throttled());
        document.set("account", write(explained.explanation()));
        explained.whatIf().ifPresent(whatIf -> document.set("whatIf", whatIf(whatIf)));
        return Json.write(document);
    }

    /** One account as an object. */
    public static ObjectNode write(Explanation one) {
        ObjectNode node =
                Json.object().put("id", one.id()).put("type", one.type().name()).put("name", one.name());
        one.account().ifPresent(account -> {
            node.put("signInName", account.signInName())
                    .put("displayName", account.displayName())
                    .put("state", account.state().name())
                    .put("synchronised", account.sync().name())
                    .put("external", account.external())
                    .put("guest", account.guest())
                    .put("mailbox", account.mailbox())
                    .put("invitation", account.invitation().orElse(null))
                    .put("mail", account.mail().orElse(null));
            put(node.putArray("otherMails"), account.otherMails());
            put(node.putArray("identityIssuers"), account.identityIssuers());
            put(node, "createdAt", account.createdAt());
            put(node, "passwordChangedAt", account.passwordChangedAt());
            account.initialDomain().ifPresent(domain -> node.put("initialDomain", domain));
        });
        one.servicePrincipal()
                .ifPresent(principal -> node.put("servicePrincipalType", principal.type())
                        .put("enabled", principal.enabled())
                        .put("deleted", principal.deleted())
                        .put("servicePrincipalName", principal.displayName())
                        .put("ownerTenantId", principal.ownerTenantId()));
        node.put("highlyPrivileged", one.highlyPrivileged());
        ObjectNode category = node.putObject("category");
        one.category()
                .value()
                .ifPresent(value -> category.put("category", value.category().name())
                        .put("because", value.reason())
                        .put("confirmed", value.confirmed()));
        putMissing(category, one.category());
        ObjectNode emergency = node.putObject("emergencyAccount");
        one.emergency().value().ifPresent(value -> emergency.put("emergencyAccount", value.name()));
        putMissing(emergency, one.emergency());
        roles(node.putArray("roles"), one.roles());
        put(node.putArray("rolesMissing"), one.rolesMissing());
        ArrayNode later = node.putArray("laterRoles");
        one.later().forEach(role -> {
            ObjectNode object = later.addObject()
                    .put("roleId", role.id())
                    .put("role", role.name())
                    .put("kind", role.kind().name())
                    .put("scope", role.scope())
                    .put("beginsAt", role.beginsAt().toString());
            put(object, "endsAt", role.endsAt());
        });
        put(node.putArray("laterRolesMissing"), one.laterMissing());
        roles(node.putArray("azureRoles"), one.azureRoles());
        put(node.putArray("azureRolesMissing"), one.azureRolesMissing());
        ArrayNode waysIn = node.putArray("waysIn");
        one.waysIn()
                .forEach(way -> waysIn.addObject().put("leadsTo", way.leadsTo()).put("path", way.path()));
        put(node.putArray("waysInMissing"), one.waysInMissing());
        ObjectNode signIn = node.putObject("lastSignIn");
        one.lastSignIn().value().ifPresent(value -> {
            put(signIn, "lastSuccess", value.lastSuccess());
            put(signIn, "lastAttempt", value.lastAttempt());
        });
        putMissing(signIn, one.lastSignIn());
        ObjectNode registration = node.putObject("mfaRegistration");
        one.registration().value().ifPresent(value -> {
            registration
                    .put("mfaCapable", value.mfaCapable())
                    .put("source", value.source().name());
            put(registration.putArray("methods"), value.methods());
        });
        putMissing(registration, one.registration());
        ObjectNode password = node.putObject("password");
        one.password()
                .value()
                .ifPresent(value -> password.put("age", value.kind().name()).put("words", value.words()));
        putMissing(password, one.password());
        node.set("signInWithoutMfa", mfa(one.mfa()));
        ArrayNode activations = node.putArray("activations");
        one.activations().forEach(activation -> activations.add(activation(activation)));
        ObjectNode reach = node.putObject("reach");
        one.entries().value().ifPresent(entries -> entries(reach.putArray("entries"), entries));
        putMissing(reach, one.entries());
        return node;
    }

    /** The account of an object. */
    static Explanation read(JsonNode node) {
        String id = text(node, "id");
        PrincipalType type = constant(PrincipalType.class, node, "type");
        String name = text(node, "name");
        return new Explanation(
                id,
                type,
                name,
                node.has("signInName") ? Optional.of(account(id, node)) : Optional.empty(),
                node.has("servicePrincipalType") ? Optional.of(servicePrincipal(id, node)) : Optional.empty(),
                evidence(
                        node,
                        "category",
                        "category",
                        it -> new Categorisation(
                                constant(Category.class, it, "category"), text(it, "because"), flag(it, "confirmed"))),
                evidence(
                        node,
                        "emergencyAccount",
                        "emergencyAccount",
                        it -> constant(Explanation.Emergency.class, it, "emergencyAccount")),
                roles(node, "roles"),
                texts(node, "rolesMissing"),
                node.has("laterRoles")
                        ? children(node, "laterRoles").stream()
                                .map(ExplanationJson::readLater)
                                .toList()
                        : List.of(),
                node.has("laterRolesMissing") ? texts(node, "laterRolesMissing") : NOT_ASKED_THEN,
                roles(node, "azureRoles"),
                texts(node, "azureRolesMissing"),
                children(node, "waysIn").stream()
                        .map(it -> new EscalationPath(id, type, name, text(it, "leadsTo"), text(it, "path")))
                        .toList(),
                texts(node, "waysInMissing"),
                evidence(
                        node,
                        "lastSignIn",
                        "lastSuccess",
                        it -> new SignIn(id, instant(it, "lastSuccess"), instant(it, "lastAttempt"))),
                evidence(
                        node,
                        "mfaRegistration",
                        "mfaCapable",
                        it -> new Registration(
                                id,
                                flag(it, "mfaCapable"),
                                texts(it, "methods"),
                                constant(Registration.Source.class, it, "source"))),
                evidence(
                        node,
                        "password",
                        "age",
                        it -> new PasswordAge(constant(PasswordAge.Kind.class, it, "age"), text(it, "words"))),
                readMfa(child(node, "signInWithoutMfa")),
                node.has("activations")
                        ? children(node, "activations").stream()
                                .map(ExplanationJson::readActivation)
                                .toList()
                        : List.of(),
                node.has("reach")
                        ? evidence(node, "reach", "entries", ExplanationJson::readEntries)
                        : new Evidence<>(Optional.empty(), NOT_ASKED_THEN));
    }

    private static Explanation.Later readLater(JsonNode node) {
        return new Explanation.Later(
                text(node, "roleId"),
                text(node, "role"),
                assignmentKind(node),
                text(node, "scope"),
                instant(node, "beginsAt").orElseThrow(() -> new IllegalArgumentException("beginsAt is missing")),
                instant(node, "endsAt"));
    }

    private static ObjectNode activation(ActivationDecision one) {
        ObjectNode node = decision(
                Json.object()
                        .put("requirement", one.requirement().name())
                        .put("roleId", one.roleId())
                        .put("role", one.role())
                        .put("path", one.path())
                        .put("approval", one.approved()),
                one.decision());
        node.set("before", decision(Json.object(), one.before()));
        one.activating().ifPresent(it -> node.set("activating", decision(Json.object(), it)));
        node.set("whileActive", decision(Json.object(), one.active()));
        return node;
    }

    private static ActivationDecision readActivation(JsonNode node) {
        return new ActivationDecision(
                constant(Requirement.class, node, "requirement"),
                text(node, "roleId"),
                text(node, "role"),
                text(node, "path"),
                readDecision(node),
                readDecision(child(node, "before")),
                node.has("activating") ? Optional.of(readDecision(child(node, "activating"))) : Optional.empty(),
                readDecision(child(node, "whileActive")),
                flag(node, "approval"));
    }

    private static MfaDecision readDecision(JsonNode node) {
        return switch (constant(Answer.class, node, "answer")) {
            case COVERED -> new MfaDecision.Covered(texts(node, "by"));
            case UNCOVERED -> new MfaDecision.Uncovered(text(node, "signIn"), text(node, "because"));
            case UNDECIDED -> new MfaDecision.Undecided(text(node, "because"));
            case NOT_READ, NOT_ASKED -> throw new IllegalArgumentException("answer is none that is decided");
        };
    }

    private static ObjectNode decision(ObjectNode node, MfaDecision decision) {
        node.put("answer", answer(decision).name());
        if (decision instanceof MfaDecision.Covered covered) {
            put(node.putArray("by"), covered.by());
        } else if (decision instanceof MfaDecision.Uncovered gap) {
            node.put("signIn", gap.signIn()).put("because", gap.because());
        } else if (decision instanceof MfaDecision.Undecided doubt) {
            node.put("because", doubt.because());
        }
        return node;
    }

    /** How the question is answered whether an account gets in. */
    private enum Entry {
        REACHABLE,
        LOCKED_OUT,
        UNDECIDED
    }

    private static void entries(ArrayNode array, List<Explanation.Entry> entries) {
        for (Explanation.Entry entry : entries) {
            ObjectNode node = array.addObject();
            ArrayNode without = node.putArray("without");
            entry.without().stream().sorted().map(SignInMeans::name).forEach(without::add);
            if (entry.decision() instanceof ReachDecision.Reachable reachable) {
                node.put("answer", Entry.REACHABLE.name()).put("signIn", reachable.signIn());
            } else if (entry.decision() instanceof ReachDecision.LockedOut locked) {
                node.put("answer", Entry.LOCKED_OUT.name()).put("because", locked.because());
                put(node.putArray("by"), locked.by());
                put(node.putArray("also"), locked.also());
            } else if (entry.decision() instanceof ReachDecision.Undecided doubt) {
                node.put("answer", Entry.UNDECIDED.name()).put("because", doubt.because());
            }
        }
    }

    private static List<Explanation.Entry> readEntries(JsonNode node) {
        return children(node, "entries").stream()
                .map(entry -> new Explanation.Entry(
                        texts(entry, "without").stream()
                                .map(name -> Json.constant(SignInMeans.class, SignInMeans::name, "without", name))
                                .collect(Collectors.toUnmodifiableSet()),
                        switch (constant(Entry.class, entry, "answer")) {
                            case REACHABLE -> new ReachDecision.Reachable(text(entry, "signIn"));
                            case LOCKED_OUT ->
                                new ReachDecision.LockedOut(
                                        texts(entry, "by"), texts(entry, "also"), text(entry, "because"));
                            case UNDECIDED -> new ReachDecision.Undecided(text(entry, "because"));
                        }))
                .toList();
    }

    private static Account account(String id, JsonNode node) {
        return new Account(
                id,
                text(node, "signInName"),
                text(node, "displayName"),
                constant(Account.State.class, node, "state"),
                constant(SyncState.class, node, "synchronised"),
                flag(node, "guest"),
                texts(node, "identityIssuers"),
                nullable(node, "invitation"),
                nullable(node, "mail"),
                texts(node, "otherMails"),
                flag(node, "mailbox"),
                instant(node, "createdAt"),
                instant(node, "passwordChangedAt"),
                // inventories of earlier releases do not have it
                node.has("initialDomain") ? nullable(node, "initialDomain") : Optional.empty());
    }

    private static ServicePrincipal servicePrincipal(String id, JsonNode node) {
        return new ServicePrincipal(
                id,
                text(node, "servicePrincipalName"),
                text(node, "servicePrincipalType"),
                flag(node, "enabled"),
                flag(node, "deleted"),
                text(node, "ownerTenantId"));
    }

    /** @param told the field that is there if there is a value */
    private static <T> Evidence<T> evidence(JsonNode parent, String name, String told, Function<JsonNode, T> reader) {
        JsonNode node = child(parent, name);
        return new Evidence<>(
                node.has(told) ? Optional.of(reader.apply(node)) : Optional.empty(), texts(node, "missing"));
    }

    private static List<Explanation.Role> roles(JsonNode parent, String name) {
        return children(parent, name).stream()
                .map(role -> new Explanation.Role(
                        text(role, "roleId"),
                        text(role, "role"),
                        flag(role, "highlyPrivileged"),
                        children(role, "ways").stream()
                                .map(way -> new Explanation.Way(
                                        assignmentKind(way), text(way, "scope"), text(way, "place"), text(way, "path")))
                                .toList()))
                .toList();
    }

    /** Version 1 calls permanent assignments standing. */
    private static AssignmentKind assignmentKind(JsonNode node) {
        return AssignmentKind.of(text(node, "kind")).orElseGet(() -> constant(AssignmentKind.class, node, "kind"));
    }

    private static MfaAnswer readMfa(JsonNode node) {
        return switch (constant(Answer.class, node, "answer")) {
            case NOT_ASKED -> new MfaAnswer.NotAsked(text(node, "because"));
            case NOT_READ -> new MfaAnswer.NotRead(texts(node, "missing"));
            case COVERED, UNCOVERED, UNDECIDED -> new MfaAnswer.Decided(readDecision(node), texts(node, "missing"));
        };
    }

    private static Optional<String> nullable(JsonNode node, String name) {
        return node.path(name).isNull() ? Optional.empty() : Optional.of(text(node, name));
    }

    private static Optional<Instant> instant(JsonNode node, String name) {
        return node.path(name).isNull() ? Optional.empty() : Optional.of(time(node, name));
    }

    private static void roles(ArrayNode array, List<Explanation.Role> roles) {
        for (Explanation.Role role : roles) {
            ArrayNode ways = array.addObject()
                    .put("roleId", role.id())
                    .put("role", role.name())
                    .put("highlyPrivileged", role.highlyPrivileged())
                    .putArray("ways");
            role.ways()
                    .forEach(way -> ways.addObject()
                            .put("kind", way.kind().name())
                            .put("scope", way.scope())
                            .put("place", way.place())
                            .put("path", way.path()));
        }
    }

    /** How the question is answered whether an account can sign in without MFA. */
    public enum Answer {
        UNCOVERED,
        UNDECIDED,
        COVERED,
        NOT_READ,
        NOT_ASKED
    }

    /** The kind of an answer. */
    public static Answer answer(MfaAnswer answer) {
        if (answer instanceof MfaAnswer.Decided decided) {
            return answer(decided.decision());
        }
        return answer instanceof MfaAnswer.NotRead ? Answer.NOT_READ : Answer.NOT_ASKED;
    }

    private static Answer answer(MfaDecision decision) {
        return decision instanceof MfaDecision.Covered
                ? Answer.COVERED
                : decision instanceof MfaDecision.Uncovered ? Answer.UNCOVERED : Answer.UNDECIDED;
    }

    private static ObjectNode mfa(MfaAnswer answer) {
        ObjectNode node = Json.object().put("answer", answer(answer).name());
        if (answer instanceof MfaAnswer.NotAsked notAsked) {
            return node.put("because", notAsked.because());
        }
        if (answer instanceof MfaAnswer.NotRead notRead) {
            put(node.putArray("missing"), notRead.reasons());
            return node;
        }
        if (answer instanceof MfaAnswer.Decided decided) {
            put(decision(node, decided.decision()).putArray("missing"), decided.missing());
        }
        return node;
    }

    private static ObjectNode whatIf(WhatIf whatIf) {
        ObjectNode node = Json.object()
                .put("policy", whatIf.policyName())
                .put("asked", whatIf.asked())
                .put("closed", whatIf.closed().size());
        ArrayNode changes = node.putArray("changes");
        for (WhatIf.Change change : whatIf.changes()) {
            ObjectNode one = changes.addObject().put("id", change.id()).put("name", change.name());
            one.set("before", mfa(change.before()));
            one.set("after", mfa(change.after()));
        }
        return node;
    }

    private static void putMissing(ObjectNode node, Evidence<?> evidence) {
        put(node.putArray("missing"), evidence.missing());
    }

    private static void put(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static void put(ObjectNode node, String name, Optional<Instant> time) {
        node.put(name, time.map(Instant::toString).orElse(null));
    }
}
