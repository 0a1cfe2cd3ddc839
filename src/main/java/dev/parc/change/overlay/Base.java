package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.collect.recording.RememberedWire;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The answers as they came, and the transport that has what was not asked yet. */
final class Base {

    private static final int MOST_PAGES = 10_000;

    private final RememberedWire memory;
    private final Wire wire;

    /** @param beneath what was not asked yet is asked there */
    Base(RememberedWire memory, Wire beneath) {
        this.memory = memory;
        this.wire = memory.over(beneath);
    }

    WireResponse send(WireRequest request) {
        try {
            return wire.send(request);
        } catch (IOException e) {
            throw new TenantException("what the change is about could not be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TenantException("the reading was interrupted; run it again", e);
        }
    }

    /** Where Graph is: a national cloud has a host of its own. */
    URI graph() {
        return memory.graph().orElse(Overlay.HOST);
    }

    Collection<RememberedWire.Asked> asked(String path) {
        return memory.asked(path);
    }

    /** The bodies of what was answered under a path, whatever the query. */
    List<ObjectNode> askedUnder(String path) {
        return asked(path).stream()
                .flatMap(one -> JsonBody.told(one.answer()).stream())
                .toList();
    }

    /** A GET of a path with its version, which is asked for if nobody did. */
    WireResponse get(String path) {
        for (RememberedWire.Asked one : asked(path)) {
            if (one.method().equals("GET")
                    && one.answer().status() == 200
                    && one.target().query().keySet().stream().noneMatch(name -> name.startsWith("$skip"))) {
                return one.answer();
            }
        }
        return fetch(path);
    }

    /** A GET of a path with its version, and its query. */
    WireResponse fetch(String pathAndQuery) {
        return send(WireRequest.get(graph().resolve(pathAndQuery.replace(" ", "%20"))));
    }

    /** The items of all pages of a list; empty if they were not all answered. */
    Optional<List<ObjectNode>> list(String path) {
        return pages(get(path));
    }

    /**
     * The items of all pages of a list without which nothing can be proved.
     *
     * @param what it is a list of, to begin a phrase
     * @throws TenantException if they were not all answered
     */
    List<ObjectNode> whole(String path, String what) {
        return list(path)
                .orElseThrow(() -> new TenantException("the change cannot be proved: " + what
                        + " could not be read completely; `parc doctor` shows what is missing"));
    }

    /**
     * The same of a list that nobody may have asked for.
     *
     * @param query with which it is asked for then
     */
    Optional<List<ObjectNode>> list(String path, String query) {
        return asked(path).stream().anyMatch(one -> one.answer().status() == 200)
                ? list(path)
                : pages(fetch(path + query));
    }

    /** The items of a list of Azure that was asked for; empty if it was not answered. */
    Optional<List<ObjectNode>> azureList(String path) {
        for (String known : memory.paths()) {
            if (known.equalsIgnoreCase(path)) {
                List<ObjectNode> answers = askedUnder(known);
                if (!answers.isEmpty()) {
                    List<ObjectNode> items = new ArrayList<>();
                    answers.forEach(answer -> answer.path("value").forEach(item -> items.add((ObjectNode) item)));
                    return Optional.of(items);
                }
            }
        }
        return Optional.empty();
    }

    /** The scopes of the management groups whose role assignments were asked for. */
    List<String> azureGroups() {
        String groups = "/providers/Microsoft.Management/managementGroups/";
        String list = "/providers/Microsoft.Authorization/roleAssignments";
        return memory.paths().stream()
                .filter(path -> path.startsWith(groups) && path.endsWith(list))
                .map(path -> path.substring(0, path.length() - list.length()))
                .toList();
    }

    private Optional<List<ObjectNode>> pages(WireResponse first) {
        List<ObjectNode> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        WireResponse response = first;
        while (true) {
            Optional<ObjectNode> body = JsonBody.told(response);
            if (body.isEmpty() || !body.get().path("value").isArray()) {
                return Optional.empty();
            }
            for (JsonNode item : body.get().path("value")) {
                if (item instanceof ObjectNode object) {
                    items.add(object);
                }
            }
            String next = body.get().path("@odata.nextLink").asText();
            if (next.isEmpty()) {
                return Optional.of(items);
            }
            if (!seen.add(next) || seen.size() > MOST_PAGES) {
                return Optional.empty();
            }
            response = send(WireRequest.get(URI.create(next)));
        }
    }
}
