package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeRequest;
import dev.parc.change.ChangeUrl;
import dev.parc.change.DirectoryRules;
import dev.parc.change.Kind;
import java.util.Optional;

/** What is asked of every request of a change before it is applied. */
final class Requests {

    private Requests() {}

    /** A copy of the body. */
    static ObjectNode body(ChangeRequest request) {
        return request.body()
                .map(ObjectNode::deepCopy)
                .orElseThrow(() -> ChangeException.of(request, "it needs a body"));
    }

    /**
     * A copy of the body, which the service would take.
     *
     * @throws ChangeException if it would not
     */
    static ObjectNode body(ChangeRequest request, Kind kind) {
        ObjectNode body = body(request);
        unlessRefused(request, DirectoryRules.refuses(kind, request.method(), body));
        return body;
    }

    /**
     * Goes on where the service would take the request.
     *
     * @param why the service would refuse it; empty if it would not
     * @throws ChangeException if there is a reason
     */
    static void unlessRefused(ChangeRequest request, Optional<String> why) {
        why.ifPresent(reason -> {
            throw refused(request, reason);
        });
    }

    /** That the service would refuse it. */
    static ChangeException refused(ChangeRequest request, String why) {
        String service =
                request.url().service() == ChangeUrl.Service.GRAPH ? "Microsoft Graph" : "Azure Resource Manager";
        return ChangeException.of(request, service + " would refuse it: " + why);
    }
}
