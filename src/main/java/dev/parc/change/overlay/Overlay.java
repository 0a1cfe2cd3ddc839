package dev.parc.change.overlay;

import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeRequest;
import dev.parc.change.Kind;
import dev.parc.change.References;
import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.collect.recording.RememberedWire;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A change laid over a tenant's answers as they came: whoever reads through it meets the answers that the tenant would give
 * once the change is made. Each request is checked as the service checks it, in order; nothing is half applied.
 */
public final class Overlay {

    static final URI HOST = URI.create("https://graph.microsoft.com");

    private final List<Layer> layers;
    private final List<ChangedObject> touched;

    private Overlay(List<Layer> layers, List<ChangedObject> touched) {
        this.layers = List.copyOf(layers);
        this.touched = List.copyOf(touched);
    }

    /**
     * Lays a change over what was answered.
     *
     * @param memory what was asked and answered
     * @param beneath where else to ask; what was answered is not asked there
     * @param at when the change is thought to be made
     * @throws ChangeException if PARC does not understand a request, or the service would refuse it
     * @throws dev.parc.collect.TenantException if what a request is about could not be read
     */
    public static Overlay of(Change change, RememberedWire memory, Wire beneath, Instant at) {
        Base base = new Base(memory, beneath);
        References references = new References();
        Directory directory = new Directory(base);
        People people = new People(base, directory);
        Roles roles = new Roles(base, people, at);
        Policies policies = new Policies(base, at);
        Settings settings = new Settings(base);
        AzureRoles azure = new AzureRoles(base, people, at);
        List<ChangedObject> touched = new ArrayList<>();
        for (ChangeRequest given : change.requests()) {
            ChangeRequest request = references.resolved(given);
            Kind kind = Kind.of(request);
            ChangedObject one = switch (kind) {
                case POLICIES,
                        POLICY,
                        NAMED_LOCATIONS,
                        NAMED_LOCATION,
                        SECURITY_DEFAULTS,
                        STRENGTHS,
                        STRENGTH,
                        STRENGTH_COMBINATIONS -> policies.apply(request, kind);
                case ROLE_ASSIGNMENTS, ROLE_ASSIGNMENT, ROLE_ASSIGNMENT_REQUESTS, ROLE_ELIGIBILITY_REQUESTS, PIM_RULE ->
                    roles.apply(request, kind);
                case GROUPS, GROUP, GROUP_MEMBERS, GROUP_MEMBER, GROUP_OWNERS, GROUP_OWNER, USER ->
                    people.apply(request, kind, roles);
                case METHODS_POLICY, METHOD, DIRECTORY_EXPORT, SUBSCRIPTION_EXPORT -> settings.apply(request, kind);
                case AZURE_ROLE -> azure.apply(request);
            };
            touched.add(one);
            one.after().ifPresent(object -> references.created(request, object));
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(directory);
        layers.add(people);
        layers.addAll(roles.layers());
        layers.addAll(policies.layers());
        layers.addAll(settings.layers());
        layers.add(azure);
        return new Overlay(layers, touched);
    }

    /** What the change touches, in its order. */
    public List<ChangedObject> touched() {
        return touched;
    }

    /** The transport that answers as the tenant would. */
    public Wire over(Wire wire) {
        return request -> BatchBody.isBatch(request) ? batch(request, wire) : single(request, wire);
    }

    private WireResponse batch(WireRequest request, Wire wire) throws IOException, InterruptedException {
        Map<String, WireRequest> asked = BatchBody.requests(request);
        Map<String, WireRequest> plain = new LinkedHashMap<>();
        Map<String, WireResponse> answers = new LinkedHashMap<>();
        for (Map.Entry<String, WireRequest> one : asked.entrySet()) {
            if (isConcerned(one.getValue())) {
                answers.put(one.getKey(), single(one.getValue(), wire));
            } else {
                plain.put(one.getKey(), one.getValue());
            }
        }
        if (answers.isEmpty()) {
            return wire.send(request);
        }
        if (!plain.isEmpty()) {
            String version = request.uri().getPath().split("/", 3)[1];
            WireResponse response = wire.send(BatchBody.of(request.uri(), version, plain));
            if (response.status() != 200) {
                return response;
            }
            answers.putAll(BatchBody.answers(JsonBody.whole(response.body())));
        }
        return BatchBody.answer(answers);
    }

    private boolean isConcerned(WireRequest request) {
        RequestTarget target = RequestTarget.of(request.uri());
        return layers.stream().anyMatch(layer -> layer.concerns(request, target));
    }

    private WireResponse single(WireRequest request, Wire wire) throws IOException, InterruptedException {
        RequestTarget target = RequestTarget.of(request.uri());
        Supplier<WireResponse> answer = () -> sent(request, wire);
        for (Layer layer : layers) {
            if (layer.concerns(request, target)) {
                Supplier<WireResponse> beneath = answer;
                answer = () -> layer.answer(request, target, beneath);
            }
        }
        try {
            return answer.get();
        } catch (Carried e) {
            if (e.getCause() instanceof InterruptedException) {
                throw (InterruptedException) e.getCause();
            }
            throw (IOException) e.getCause();
        }
    }

    private static WireResponse sent(WireRequest request, Wire wire) {
        try {
            return wire.send(request);
        } catch (IOException | InterruptedException e) {
            throw new Carried(e);
        }
    }

    /** Carries what a transport throws through a supplier. */
    private static final class Carried extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Carried(Exception cause) {
            super(cause);
        }
    }

    /** What the directory says of an object that it does not have. */
    static WireResponse notFound() {
        return new WireResponse(
                404,
                Map.of(),
                JsonBody.object(Map.of(
                                "error",
                                Map.of("code", "Request_ResourceNotFound", "message", "the change deletes it")))
                        .toString());
    }
}
