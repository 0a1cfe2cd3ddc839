package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.PER_USER_MFA;

import dev.parc.collect.graph.BetaOnly;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.PerUserMfa;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the per-user MFA setting of the accounts that it is told to, all in batches. Only beta tells it. */
public final class PerUserMfaReader {

    private final ReadingContext context;

    public PerUserMfaReader(ReadingContext context) {
        this.context = context;
    }

    /** What an account has set; of one for which Graph refuses to tell, that it does. */
    public Reading read(Set<String> accountIds) {
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        new TreeSet<>(accountIds)
                .forEach(id ->
                        requests.put(id, GraphRequest.of(BetaOnly.SIGN_IN_REQUIREMENTS.toGetRequestInformation(id))));
        ReadingBuilder reading = new ReadingBuilder(PER_USER_MFA);
        context.graph().ask(requests).forEach((id, answer) -> {
            reading.object(answer, "sign-in requirements", item -> perUserMfa(id, item), PER_USER_MFA.permissions());
            if (answer instanceof Answer.Refused) {
                reading.value(new PerUserMfa(id, PerUserMfa.State.UNREAD));
            }
        });
        return reading.build();
    }

    private static PerUserMfa perUserMfa(String id, Item item) {
        return new PerUserMfa(
                id,
                switch (item.requiredText("perUserMfaState")) {
                    case "disabled" -> PerUserMfa.State.DISABLED;
                    case "enabled" -> PerUserMfa.State.ENABLED;
                    case "enforced" -> PerUserMfa.State.ENFORCED;
                    default -> throw item.malformed("perUserMfaState");
                });
    }
}
