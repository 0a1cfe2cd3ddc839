package dev.parc.functions;

import com.microsoft.azure.functions.HttpRequestMessage;
import dev.parc.functions.http.Body;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The body of {@code POST /api/runs}: the stages and checks to answer, all of them if it names none. */
record RunOrder(List<String> stages, List<String> checks) {

    RunOrder {
        stages = List.copyOf(stages);
        checks = List.copyOf(checks);
    }

    static RunOrder of(HttpRequestMessage<Optional<String>> request) {
        Body body = Body.of(request, Set.of("stages", "checks"), "{\"stages\":[\"S1\"]}; {} asks for everything");
        return new RunOrder(body.names("stages"), body.names("checks"));
    }
}
