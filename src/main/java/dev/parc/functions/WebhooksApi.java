package dev.parc.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.parc.app.Webhooks;
import dev.parc.assessment.json.DeliveryJson;
import dev.parc.assessment.register.WebhookSubscriptions;
import dev.parc.assessment.webhook.WebhookSubscription;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Body;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Reply;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Subscriptions to change events: what a webhook trigger of Logic Apps subscribes with, and what delivers to it. */
public final class WebhooksApi {

    /** A message is a delivery: the run and the subscription. */
    static final String QUEUE = "parc-deliveries";

    /** Who gets what is for no subscriber. */
    private static final String PARC = "parc";

    static final String POISON = QUEUE + "-poison";

    private final Supplier<Access> access;
    private final Supplier<Webhooks> webhooks;

    public WebhooksApi(Supplier<Access> access, Supplier<Webhooks> webhooks) {
        this.access = access;
        this.webhooks = webhooks;
    }

    /** Subscribes; answers 201 with the address to which DELETE is sent to unsubscribe, and the key of the signatures once. */
    @FunctionName("Subscribe")
    public HttpResponseMessage subscribe(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "hooks")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            Body body = Body.of(
                    request,
                    Set.of("callbackUrl", "stages", "severities", "kinds"),
                    "{\"callbackUrl\":\"https://...\",\"kinds\":[\"NEW_ADMINISTRATOR\"]}");
            WebhookSubscription subscription =
                    webhooks.get().subscribe(body.text("callbackUrl"), WebhookFilters.of(body), caller.name());
            context.getLogger().info(caller.id() + " subscribed " + subscription);
            return Reply.json(
                            201,
                            view(subscription)
                                    .put("signingKey", subscription.key())
                                    .toString())
                    .with("Location", Http.address(request, access.get(), "hooks/" + subscription.id()));
        });
    }

    /** All subscriptions, without their secrets. */
    @FunctionName("ListHooks")
    public HttpResponseMessage listWebhooks(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "hooks")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(
                request,
                context,
                access,
                Role.READER,
                caller -> Reply.json(
                        200,
                        Views.list(
                                        "hooks",
                                        webhooks.get().all().stream()
                                                .map(WebhooksApi::view)
                                                .toList())
                                .toString()));
    }

    /** Unsubscribes; 204 also where there is nothing, so that whoever sends it twice is content. */
    @FunctionName("Unsubscribe")
    public HttpResponseMessage unsubscribe(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.DELETE,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "hooks/{hookId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("hookId") String hookId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            if (webhooks.get().remove(hookId)) {
                context.getLogger().info(caller.id() + " removed hook " + hookId);
            }
            return Reply.none();
        });
    }

    /**
     * Unsubscribes an address: what the HTTP Webhook trigger of Logic Apps can send, which knows its callback and not what
     * subscribing answered; 204 also where there is nothing.
     */
    @FunctionName("UnsubscribeCallback")
    public HttpResponseMessage unsubscribeCallback(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.DELETE,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "hooks")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            Body body = Body.of(request, Set.of("callbackUrl"), "{\"callbackUrl\":\"https://...\"}");
            webhooks.get()
                    .removeAll(body.text("callbackUrl"))
                    .forEach(subscription -> context.getLogger().info(caller.id() + " removed " + subscription));
            return Reply.none();
        });
    }

    /**
     * For whom a message of a queue is: each subscriber gets its deliveries in order, and none waits for another.
     *
     * @param queue its name
     */
    public static Function<String, Optional<String>> receivers(String queue) {
        return queue.equals(QUEUE) ? message -> Optional.of(receiver(message)) : message -> Optional.empty();
    }

    private static String receiver(String message) {
        try {
            return DeliveryJson.readMessage(message).hookId();
        } catch (IllegalArgumentException e) {
            return PARC; // what finds out who is due what does so in order too
        }
    }

    /** How many messages of a queue may be tried at once on one machine: of deliveries one for each subscription there may be. */
    public static int sideBySide(String queue) {
        return queue.equals(QUEUE) ? WebhookSubscriptions.MOST + 1 : 1;
    }

    /**
     * Delivers the changes of a run to one subscriber, or finds out who is due a delivery and asks for it. What fails throws, and
     * the platform tries again.
     */
    @FunctionName("Deliver")
    public void deliver(
            @QueueTrigger(name = "message", queueName = QUEUE, connection = RunQueue.CONNECTION) String message,
            @QueueOutput(name = "further", queueName = QUEUE, connection = RunQueue.CONNECTION)
                    OutputBinding<String> further,
            ExecutionContext context) {
        RunQueue.put(further, webhooks.get().work(message, context.getLogger()));
    }

    /** Says in the log that a delivery was given up; the changes stay where they can be read. */
    @FunctionName("GiveUpDelivery")
    public void giveUpDelivery(
            @QueueTrigger(name = "message", queueName = POISON, connection = RunQueue.CONNECTION) String message,
            ExecutionContext context) {
        webhooks.get().giveUp(message, context.getLogger());
    }

    private static ObjectNode view(WebhookSubscription subscription) {
        ObjectNode view = Views.object()
                .put("id", subscription.id())
                .put("host", subscription.host())
                .put("createdBy", subscription.createdBy())
                .put("createdAt", subscription.createdAt().toString());
        view.set("filter", WebhookSubscriptions.filter(subscription.filter()));
        return view;
    }
}
