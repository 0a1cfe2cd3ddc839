package dev.parc.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import dev.parc.app.Parc;
import dev.parc.app.SettingsException;
import dev.parc.app.UnknownItemException;
import dev.parc.assessment.StoreException;
import dev.parc.collect.TenantException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;

/** Between the HTTP of the platform and the API: replies, problems, addresses. */
final class Http {

    /** What every address begins with; host.json says the same. */
    static final String PREFIX = "/api/";

    private static final int MOST = 200;

    private Http() {}

    /** Answers with what the action gives, or with the problem that it meets; nothing inside is shown. */
    static HttpResponseMessage answer(
            HttpRequestMessage<Optional<String>> request, ExecutionContext context, Supplier<Reply> action) {
        Reply reply = replyOf(context, action);
        HttpResponseMessage.Builder response = request.createResponseBuilder(HttpStatusType.custom(reply.status()))
                .header("Content-Type", reply.contentType())
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .body(reply.body());
        reply.headers().forEach(response::header);
        return response.build();
    }

    private static Reply replyOf(ExecutionContext context, Supplier<Reply> action) {
        try {
            return action.get();
        } catch (ProblemException e) {
            return e.reply();
        } catch (UnknownItemException e) {
            return problem(e).reply(String.valueOf(e.getMessage()));
        } catch (SettingsException e) {
            return logged(context, e, Problem.SETTINGS);
        } catch (TenantException e) {
            return logged(context, e, Problem.TENANT_UNREACHABLE);
        } catch (StoreException e) {
            return logged(context, e, Problem.STORE_UNREACHABLE).with("Retry-After", "30");
        } catch (RuntimeException e) {
            context.getLogger().log(Level.SEVERE, "invocation " + context.getInvocationId() + " failed", e);
            return Problem.INTERNAL.reply(
                    "The log has the details under invocation " + context.getInvocationId() + ".");
        }
    }

    private static Reply logged(ExecutionContext context, RuntimeException e, Problem problem) {
        context.getLogger().warning(e.getMessage());
        return problem.reply(String.valueOf(e.getMessage()));
    }

    /** The problem that goes with what is not known. */
    static Problem problem(UnknownItemException e) {
        return e.item() == UnknownItemException.Item.STAGE ? Problem.UNKNOWN_STAGE : Problem.UNKNOWN_CHECK;
    }

    /**
     * The absolute address of something of the API: under the app's own name in Azure, elsewhere under the name that
     * the request was sent to.
     *
     * @param path below the route prefix
     */
    static String address(HttpRequestMessage<?> request, Parc parc, String path) {
        URI uri = request.getUri();
        String own = uri.getScheme() + "://" + uri.getAuthority();
        Optional<String> host = parc.settings().publicHost();
        // the Functions Core Tools name themselves too, but serve plain HTTP
        return host.filter(name -> !name.startsWith("localhost"))
                        .map(name -> "https://" + name)
                        .orElse(own)
                + PREFIX
                + path;
    }

    /** The value of a header, whatever the case of its name. */
    static Optional<String> header(HttpRequestMessage<?> request, String name) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Whether the request says that its body is JSON. */
    static boolean isJson(HttpRequestMessage<?> request) {
        String type = header(request, "Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.split(";", 2)[0].strip().equals("application/json");
    }

    /** The query parameter {@code limit}, from 1 to 200. */
    static int limit(HttpRequestMessage<?> request) {
        String text = request.getQueryParameters().getOrDefault("limit", "50");
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw new ProblemException(Problem.INVALID_REQUEST.reply("limit must be a number from 1 to " + MOST + "."));
        }
        return Integer.parseInt(text);
    }
}
