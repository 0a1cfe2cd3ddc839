package dev.parc.collect.graph;

import dev.parc.collect.exchange.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A Graph that tells with every 403 what the identity holds, so that nobody is told to grant what is granted.
 *
 * @param permissions asked at the first 403: the token that was refused is there then
 */
record PermittedGraph(Graph graph, Supplier<Optional<Set<String>>> permissions) implements Graph {

    @Override
    public <K> Map<K, Answer> ask(Map<K, GraphRequest> requests) {
        Map<K, Answer> answers = new LinkedHashMap<>(graph.ask(requests));
        answers.replaceAll((key, answer) ->
                answer instanceof Answer.Refused refused && refused.status() == 403 ? refused.with(held()) : answer);
        return answers;
    }

    @Override
    public Optional<Set<String>> held() {
        return permissions.get();
    }
}
