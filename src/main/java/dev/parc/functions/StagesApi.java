package dev.parc.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.parc.app.Parc;
import dev.parc.check.Stage;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The stages of the roadmap and their newest answers. */
public final class StagesApi {

    private final Supplier<Parc> parc;

    public StagesApi(Supplier<Parc> parc) {
        this.parc = parc;
    }

    /** All stages, without their answers. */
    @FunctionName("ListStages")
    public HttpResponseMessage listStages(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "stages")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, parc, Role.READER, caller -> {
            List<ObjectNode> stages = Stream.of(Stage.values())
                    .map(stage -> Views.stage(parc.get(), stage))
                    .toList();
            return Reply.json(200, Views.list("stages", stages).toString());
        });
    }

    /** One stage with the answers of the newest run that covered all of it. */
    @FunctionName("GetStage")
    public HttpResponseMessage getStage(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "stages/{stage}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("stage") String name,
            ExecutionContext context) {
        return Http.answer(request, context, parc, Role.READER, caller -> {
            Stage stage = parc.get().runs().stage(name);
            ObjectNode view = Views.stage(parc.get(), stage, parc.get().store().latest(stage));
            return Reply.json(200, view.toString());
        });
    }
}
