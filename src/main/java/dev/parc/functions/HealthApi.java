package dev.parc.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.parc.app.Parc;
import dev.parc.app.SettingsException;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the app is up. Anyone may ask, so it says nothing of the tenant, the settings or the runs. */
public final class HealthApi {

    private final Supplier<Parc> parc;

    public HealthApi(Supplier<Parc> parc) {
        this.parc = parc;
    }

    /** 200 if the app runs and its settings can be read, 503 if they are wrong; the log says which. */
    @FunctionName("Health")
    public HttpResponseMessage health(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "health")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answerAnybody(request, context, () -> {
            try {
                int items = parc.get().checks().size();
                return Reply.json(
                        200,
                        Views.object().put("status", "up").put("items", items).toString());
            } catch (SettingsException e) {
                context.getLogger().severe(e.getMessage());
                return Reply.json(
                        503, Views.object().put("status", "misconfigured").toString());
            }
        });
    }
}
