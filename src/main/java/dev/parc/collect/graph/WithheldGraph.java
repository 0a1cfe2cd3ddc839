package dev.parc.collect.graph;

import dev.parc.collect.http.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Instead of Microsoft Graph while the identity is known to hold nothing there: asking it would fetch a token, and one without
 * permissions is kept for up to a day. Nothing is sent.
 *
 * @param reason what every request is answered with
 */
public record WithheldGraph(String reason) implements Graph {

    @Override
    public <K> Map<K, Answer> ask(Map<K, GraphRequest> requests) {
        Map<K, Answer> answers = new LinkedHashMap<>();
        requests.keySet().forEach(key -> answers.put(key, new Answer.Failed(reason)));
        return answers;
    }

    @Override
    public Optional<Set<String>> held() {
        return Optional.of(Set.of());
    }
}
