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
import dev.parc.app.Runs;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Check;
import dev.parc.check.Stage;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The stages of the roadmap and their newest answers. */
public final class StagesApi {

    private final Supplier<Access> access;
    private final Supplier<Runs> runs;
    private final Supplier<RunStore> store;
    private final Supplier<List<Check>> checks;

    public StagesApi(
            Supplier<Access> access, Supplier<Runs> runs, Supplier<RunStore> store, Supplier<List<Check>> checks) {
        this.access = access;
        this.runs = runs;
        this.store = store;
        this.checks = checks;
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
        return Http.answer(request, context, access, Role.READER, caller -> {
            List<ObjectNode> stages = Stream.of(Stage.values()).map(this::view).toList();
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
        return Http.answer(request, context, access, Role.READER, caller -> {
            Stage stage = runs.get().stage(name);
            ObjectNode view = Views.answered(view(stage), stage, store.get().latest(stage));
            return Reply.json(200, view.toString());
        });
    }

    private ObjectNode view(Stage stage) {
        return Views.stage(checks.get(), access.get().settings().deadline(stage), stage);
    }
}
