package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.ledger.Sha256;
import dev.parc.change.ProofBasis;
import dev.parc.collect.http.JsonBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a change was proved on, and what of it is no longer so. */
public final class Evidence {

    private Evidence() {}

    /** The objects that a change touches, as they were before it. */
    public static ProofBasis of(String tenantId, Instant takenAt, List<ChangedObject> touched) {
        Map<String, ProofBasis.State> states = new LinkedHashMap<>();
        first(touched)
                .forEach((url, one) -> one.before()
                        .ifPresent(before -> states.put(
                                url, new ProofBasis.State(url, one.name(), modified(before), digest(before)))));
        return new ProofBasis(tenantId, takenAt, List.copyOf(states.values()));
    }

    private static Map<String, ChangedObject> first(List<ChangedObject> touched) {
        Map<String, ChangedObject> first = new LinkedHashMap<>();
        touched.forEach(one -> first.putIfAbsent(one.url(), one));
        return first;
    }

    private static Optional<String> modified(ObjectNode object) {
        return Optional.of(object.path("modifiedDateTime").asText(""))
                .filter(text -> !text.isEmpty() && !text.equals("null"));
    }

    private static String digest(ObjectNode object) {
        return HexFormat.of().formatHex(Sha256.of(JsonBody.canonical(object)), 0, 16);
    }

    /** What has changed since a change was proved, a sentence each. */
    public static List<String> changedSince(ProofBasis proved, String tenantId, List<ChangedObject> touched) {
        List<String> changed = new ArrayList<>();
        if (!proved.tenantId().equalsIgnoreCase(tenantId)) {
            changed.add("the change was proved on another tenant, " + proved.tenantId());
            return changed;
        }
        Map<String, ChangedObject> now = first(touched);
        for (ProofBasis.State state : proved.objects()) {
            ChangedObject one = now.get(state.url());
            if (one == null) {
                changed.add("'" + state.name() + "' (" + state.url() + ") is no longer what the change touches");
            } else {
                one.before().ifPresent(before -> {
                    if (!digest(before).equals(state.digest())) {
                        changed.add("'%s' (%s) is not as it was%s"
                                .formatted(
                                        state.name(),
                                        state.url(),
                                        modified(before)
                                                .map(when -> ": last modified at " + when)
                                                .orElse("")));
                    }
                });
            }
        }
        return changed;
    }
}
