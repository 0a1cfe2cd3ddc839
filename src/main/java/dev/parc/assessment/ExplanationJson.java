package dev.parc.assessment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.facts.Evidence;
import dev.parc.facts.Explanation;
import dev.parc.facts.MfaAnswer;
import dev.parc.facts.MfaDecision;
import dev.parc.facts.WhatIf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An explained account as schema {@code parc-explanation/1}; within its version fields are added, never changed. */
public final class ExplanationJson {

    private static final String SCHEMA = "parc-explanation/1";

    private ExplanationJson() {}

    /** The whole document. */
    public static String write(Explained explained) {
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
        document.set("account", account(explained.explanation()));
        explained.whatIf().ifPresent(whatIf -> document.set("whatIf", whatIf(whatIf)));
        return Json.write(document);
    }

    private static ObjectNode account(Explanation one) {
        ObjectNode node =
                Json.object().put("id", one.id()).put("type", one.type().name()).put("name", one.name());
        one.account()
                .ifPresent(account -> node.put("signInName", account.signInName())
                        .put("state", account.state().name())
                        .put("synchronised", account.sync().name())
                        .put("external", account.external()));
        one.servicePrincipal()
                .ifPresent(principal -> node.put("servicePrincipalType", principal.type())
                        .put("enabled", principal.enabled())
                        .put("deleted", principal.deleted()));
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
        node.set("signInWithoutMfa", mfa(one.mfa()));
        return node;
    }

    private static void roles(ArrayNode array, List<Explanation.Role> roles) {
        for (Explanation.Role role : roles) {
            ArrayNode ways = array.addObject()
                    .put("roleId", role.id())
                    .put("role", role.name())
                    .putArray("ways");
            role.ways()
                    .forEach(way -> ways.addObject()
                            .put("kind", way.kind().name())
                            .put("scope", way.scope())
                            .put("path", way.path()));
        }
    }

    private static ObjectNode mfa(MfaAnswer answer) {
        ObjectNode node = Json.object();
        if (answer instanceof MfaAnswer.NotAsked notAsked) {
            return node.put("answer", "NOT_ASKED").put("because", notAsked.because());
        }
        if (answer instanceof MfaAnswer.NotRead notRead) {
            put(node.put("answer", "NOT_READ").putArray("missing"), notRead.reasons());
            return node;
        }
        if (answer instanceof MfaAnswer.Decided decided) {
            if (decided.decision() instanceof MfaDecision.Covered covered) {
                put(node.put("answer", "COVERED").putArray("by"), covered.by());
            } else if (decided.decision() instanceof MfaDecision.Uncovered gap) {
                node.put("answer", "UNCOVERED").put("signIn", gap.signIn()).put("because", gap.because());
            } else if (decided.decision() instanceof MfaDecision.Undecided doubt) {
                node.put("answer", "UNDECIDED").put("because", doubt.because());
            }
            put(node.putArray("missing"), decided.missing());
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
