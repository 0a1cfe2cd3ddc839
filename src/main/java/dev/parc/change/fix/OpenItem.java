package dev.parc.change.fix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.CheckResult;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * An item that is open in a tenant, with everything that was read of the tenant.
 *
 * @param result what the item found
 * @param answers the bodies that were answered under a path of Graph with its version, like {@code /v1.0/users}, or of Azure,
 *     whatever the query; none of them is to be changed
 * @param spared ids of accounts that what was proposed before would lock out: what is new has to leave them out
 */
public record OpenItem(
        Check check, CheckResult result, Facts facts, Function<String, List<ObjectNode>> answers, Set<String> spared) {

    public OpenItem {
        spared = Set.copyOf(spared);
    }

    /** With nobody to be spared. */
    public OpenItem(Check check, CheckResult result, Facts facts, Function<String, List<ObjectNode>> answers) {
        this(check, result, facts, answers, Set.of());
    }

    /** The same, with these accounts to be spared too. */
    public OpenItem sparing(Set<String> accounts) {
        Set<String> all = new HashSet<>(spared);
        all.addAll(accounts);
        return new OpenItem(check, result, facts, answers, all);
    }

    /** What the item found. */
    public List<Finding> findings() {
        return result.findings();
    }

    /** The objects of the lists that were answered under a path, or the objects that were answered themselves. */
    public List<ObjectNode> objects(String path) {
        List<ObjectNode> objects = new ArrayList<>();
        for (ObjectNode answer : answers.apply(path)) {
            if (answer.path("value").isArray()) {
                for (JsonNode one : answer.path("value")) {
                    if (one instanceof ObjectNode object) {
                        objects.add(object);
                    }
                }
            } else {
                objects.add(answer);
            }
        }
        return objects;
    }

    /**
     * What the item would answer if these readings were others. That proves nothing, since other facts may follow from them; it
     * tells which alternatives are worth a proof.
     */
    public Verdict answerWith(Map<FactKind, Reading> others) {
        return Assessor.assess(check, facts.with(others));
    }
}
