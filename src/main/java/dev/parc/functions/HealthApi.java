package dev.parc.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.parc.app.Doctor;
import dev.parc.app.SettingsException;
import dev.parc.check.Check;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Caller;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the app is up. Anyone may ask, so that says nothing of the tenant, the settings or the runs; with
 * {@code deep=true} a reader gets everything that the {@link Doctor} finds.
 */
public final class HealthApi {

    private final Supplier<Access> access;
    private final Supplier<List<Check>> checks;
    private final Supplier<Doctor> doctor;

    public HealthApi(Supplier<Access> access, Supplier<List<Check>> checks, Supplier<Doctor> doctor) {
        this.access = access;
        this.checks = checks;
        this.doctor = doctor;
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
        if ("true".equals(request.getQueryParameters().get("deep"))) {
            return Http.answer(request, context, access, Caller.Role.READER, caller -> deep(doctor.get()));
        }
        return Http.answerAnybody(request, context, () -> {
            try {
                int items = checks.get().size();
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

    /** What was looked at; 503 if something does not work. */
    private static Reply deep(Doctor doctor) {
        List<Doctor.Condition> conditions = doctor.examine();
        boolean broken = conditions.stream().anyMatch(condition -> condition.health() == Doctor.Health.BROKEN);
        List<ObjectNode> views = conditions.stream()
                .map(condition -> Views.object()
                        .put("part", condition.part())
                        .put("health", condition.health().name())
                        .put("detail", condition.detail())
                        .put("remedy", condition.remedy()))
                .toList();
        return Reply.json(
                broken ? 503 : 200,
                Views.list("conditions", views)
                        .put("status", broken ? "broken" : "up")
                        .toString());
    }
}
