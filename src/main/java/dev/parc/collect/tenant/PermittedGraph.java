package dev.parc.collect.tenant;

import dev.parc.collect.AwaitedPermissions;
import dev.parc.collect.graph.Graph;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.AccessTokens.Bearer;
import dev.parc.collect.http.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A Graph that tells with every 403 what the identity holds, and what it was granted and does not hold yet, so that nobody is
 * told to grant what is granted.
 */
final class PermittedGraph implements Graph {

    private final Graph graph;
    private final Supplier<Optional<Set<String>>> permissions;
    private final Supplier<Optional<Bearer>> bearer;
    private Optional<AwaitedPermissions> awaited = Optional.empty();
    private boolean asked;

    /**
     * @param permissions asked at the first 403: the token that was refused is there then
     * @param bearer asked with it
     */
    PermittedGraph(Graph graph, Supplier<Optional<Set<String>>> permissions, Supplier<Optional<Bearer>> bearer) {
        this.graph = graph;
        this.permissions = permissions;
        this.bearer = bearer;
    }

    @Override
    public <K> Map<K, Answer> ask(Map<K, GraphRequest> requests) {
        Map<K, Answer> answers = new LinkedHashMap<>(graph.ask(requests));
        answers.replaceAll((key, answer) -> answer instanceof Answer.Refused refused && refused.status() == 403
                ? refused.with(held(), awaited())
                : answer);
        return answers;
    }

    @Override
    public Optional<Set<String>> held() {
        return permissions.get();
    }

    /** Asked of the directory once, and counted like every request. */
    @Override
    public synchronized Optional<AwaitedPermissions> awaited() {
        if (!asked) {
            awaited = held().flatMap(held -> bearer.get().flatMap(app -> awaited(graph, held, app)));
            asked = true;
        }
        return awaited;
    }

    /**
     * What was granted and is not held yet.
     *
     * @return empty if the directory does not tell, or nothing is awaited
     */
    static Optional<AwaitedPermissions> awaited(Graph graph, Set<String> held, Bearer app) {
        return OwnGrants.of(graph, app.objectId())
                .map(granted -> granted.stream()
                        .filter(permission -> !held.contains(permission))
                        .collect(Collectors.toSet()))
                .filter(granted -> !granted.isEmpty())
                .map(granted -> new AwaitedPermissions(granted, app.ends()));
    }
}
