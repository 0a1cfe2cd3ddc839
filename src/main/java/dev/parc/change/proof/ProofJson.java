package dev.parc.change.proof;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.Score;
import dev.parc.check.Finding;
import java.util.List;

/** Proofs as JSON: schema {@code parc-proof/1}. */
public final class ProofJson {

    /** The schema. */
    public static final String SCHEMA = "parc-proof/1";

    private ProofJson() {}

    /**
     * A proof as a document.
     *
     * @param changedSince what is not as it was when the change was proved before
     */
    public static String write(Proof proof, List<String> changedSince) {
        ObjectNode node = node(proof);
        changedSince.forEach(node.putArray("changedSince")::add);
        return node.toPrettyString() + "\n";
    }

    /** A proof as a node. */
    static ObjectNode node(Proof proof) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("schema", SCHEMA)
                .put("tenantId", proof.tenantId())
                .put("tenantName", proof.tenantName())
                .put("source", proof.source())
                .put("takenAt", proof.takenAt().toString())
                .put("requests", proof.requests());
        proof.objections().forEach(node.putArray("objections")::add);
        ArrayNode accounts = node.putArray("accounts");
        proof.accounts().forEach(account -> {
            ObjectNode one = accounts.addObject()
                    .put("id", account.id())
                    .put("name", account.name())
                    .put("emergency", account.emergency())
                    .put("globalAdministrator", account.globalAdministrator());
            account.methods().ifPresent(methods -> methods.forEach(one.putArray("methods")::add));
            one.set("before", access(account.before()));
            one.set("after", access(account.after()));
        });
        ArrayNode items = node.putArray("items");
        proof.items()
                .forEach(item -> items.addObject()
                        .put("checkId", item.checkId())
                        .put("title", item.title())
                        .put("before", item.before().name())
                        .put("after", item.after().name())
                        .put("worse", item.isWorse())
                        .put("summary", item.summary()));
        ArrayNode findings = node.putArray("findings");
        proof.findings().forEach(change -> {
            Finding finding = change.finding();
            findings.addObject()
                    .put("checkId", change.checkId())
                    .put("comes", change.comes())
                    .put("subjectId", finding.subjectId())
                    .put("subjectType", finding.subjectType().json())
                    .put("subjectName", finding.subjectName())
                    .put("message", finding.message());
        });
        ArrayNode coverage = node.putArray("coverage");
        proof.coverage().forEach(change -> {
            ObjectNode one = coverage.addObject()
                    .put("accountId", change.accountId())
                    .put("name", change.name())
                    .put("requirement", change.requirement())
                    .put("gained", change.gained())
                    .put("example", change.example());
            change.by().forEach(one.putArray("by")::add);
        });
        ArrayNode blocked = node.putArray("blockedSignIns");
        proof.blocked().forEach(change -> {
            ObjectNode one = blocked.addObject()
                    .put("accountId", change.accountId())
                    .put("name", change.name())
                    .put("without", change.without())
                    .put("signIn", change.signIn())
                    .put("because", change.because());
            change.by().forEach(one.putArray("by")::add);
        });
        ArrayNode open = node.putArray("openSignIns");
        proof.open()
                .forEach(one -> open.addObject()
                        .put("accountId", one.accountId())
                        .put("name", one.name())
                        .put("requirement", one.requirement())
                        .put("signIn", one.signIn()));
        ArrayNode scores = node.putArray("scores");
        proof.scores().forEach(change -> {
            ObjectNode one = scores.addObject();
            change.stage().ifPresent(stage -> one.put("stage", stage.name()));
            one.set("before", score(change.before()));
            one.set("after", score(change.after()));
        });
        proof.undecided().forEach(node.putArray("undecided")::add);
        return node;
    }

    private static ObjectNode access(Proof.Access access) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("reachability", access.reachability().name());
        access.by().forEach(node.putArray("by")::add);
        return node.put("because", access.because()).put("signIn", access.signIn());
    }

    private static ObjectNode score(Score score) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("percent", score.percent())
                .put("assessed", score.assessed())
                .put("items", score.items());
    }
}
