package dev.parc.functions.http;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import dev.parc.app.SettingsException;
import dev.parc.app.UnknownItemException;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.collect.TenantException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Between the HTTP of the platform and the API: replies, problems, addresses. */
public final class Http {

    /** What every address begins with; host.json says the same. */
    public static final String PREFIX = "/api/";

    private static final Pattern TAG = Pattern.compile("\"([1-9]\\d{0,8})\"");

    private Http() {}

    /**
     * Answers a caller who may do this with what the action gives, or with the problem that it meets; nothing inside is
     * shown.
     *
     * @param role what it takes
     */
    public static HttpResponseMessage answer(
            HttpRequestMessage<Optional<String>> request,
            ExecutionContext context,
            Supplier<Access> access,
            Caller.Role role,
            Function<Caller, Reply> action) {
        return answerAnybody(request, context, access, known -> action.apply(Callers.require(request, known, role)));
    }

    /**
     * Answers a caller who may see a page with it; a browser in which nobody is signed in is sent to sign in and comes back.
     *
     * @param back the page's own path and query
     */
    public static HttpResponseMessage answerPage(
            HttpRequestMessage<Optional<String>> request,
            ExecutionContext context,
            Supplier<Access> access,
            Supplier<String> back,
            Function<Caller, Reply> action) {
        return answerAnybody(
                request,
                context,
                access,
                known -> Callers.signIn(request, known, back.get())
                        .orElseGet(() -> action.apply(Callers.require(request, known, Caller.Role.READER))));
    }

    /** Answers whoever asks with what takes the settings, of which it says nothing if they cannot be read. */
    public static HttpResponseMessage answerAnybody(
            HttpRequestMessage<Optional<String>> request,
            ExecutionContext context,
            Supplier<Access> access,
            Function<Access, Reply> action) {
        return answerAnybody(request, context, () -> {
            Access known;
            try {
                known = access.get();
            } catch (SettingsException e) {
                // nobody can be told before the settings can be read, so nobody is told what is wrong with them
                context.getLogger().severe(e.getMessage());
                return Problem.SETTINGS.reply("The log says which one, and what is expected.");
            }
            return action.apply(known);
        });
    }

    /** Answers whoever asks. */
    public static HttpResponseMessage answerAnybody(
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

    /** What the action gives, or the problem that it meets; nothing inside is shown. */
    public static Reply replyOf(ExecutionContext context, Supplier<Reply> action) {
        try {
            return action.get();
        } catch (ProblemException e) {
            return e.reply();
        } catch (UnknownItemException e) {
            return problem(e).reply(String.valueOf(e.getMessage()));
        } catch (RefusedException e) {
            return Problem.INVALID_REQUEST.reply(sentence(e));
        } catch (ChangedException e) {
            return Problem.PRECONDITION_FAILED.reply(sentence(e) + " Read it again.");
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

    private static String sentence(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
    }

    private static Reply logged(ExecutionContext context, RuntimeException e, Problem problem) {
        context.getLogger().warning(e.getMessage());
        return problem.reply(String.valueOf(e.getMessage()));
    }

    /** The problem that goes with what is not known. */
    public static Problem problem(UnknownItemException e) {
        return e.item() == UnknownItemException.Item.STAGE ? Problem.UNKNOWN_STAGE : Problem.UNKNOWN_CHECK;
    }

    /**
     * The absolute address of something of the API: under the app's own name in Azure, elsewhere under the name that
     * the request was sent to.
     *
     * @param path below the route prefix
     */
    public static String address(HttpRequestMessage<?> request, Access access, String path) {
        URI uri = request.getUri();
        String own = uri.getScheme() + "://" + uri.getAuthority();
        Optional<String> host = access.settings().publicHost();
        // the Functions Core Tools name themselves too, but serve plain HTTP
        return host.filter(name -> !name.startsWith("localhost"))
                        .map(name -> "https://" + name)
                        .orElse(own)
                + PREFIX
                + path;
    }

    /** The value of a header, whatever the case of its name. */
    public static Optional<String> header(HttpRequestMessage<?> request, String name) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Whether the request says that its body is JSON. */
    public static boolean isJson(HttpRequestMessage<?> request) {
        return contentType(request).equals("application/json");
    }

    /** Whether the request says that its body is YAML, by its registered name or by those used before it had one. */
    public static boolean isYaml(HttpRequestMessage<?> request) {
        return Set.of("application/yaml", "application/x-yaml", "text/yaml").contains(contentType(request));
    }

    /** What the request says that its body is, in lower case and without parameters; empty if it says nothing. */
    public static String contentType(HttpRequestMessage<?> request) {
        String type = header(request, "Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.split(";", 2)[0].strip();
    }

    /**
     * Changes something if it is as the request says: by {@code If-Match} what was read, by {@code If-None-Match: *} or
     * without either nothing that stands.
     */
    public static <T> T change(HttpRequestMessage<?> request, Function<Precondition, T> change) {
        Optional<String> match = header(request, "If-Match");
        boolean absent = header(request, "If-None-Match").filter("*"::equals).isPresent();
        try {
            return change.apply(
                    absent ? Precondition.ABSENT : match.map(Http::matching).orElse(Precondition.ABSENT));
        } catch (ChangedException e) {
            if (match.isPresent() || absent) {
                throw e;
            }
            throw new ProblemException(Problem.PRECONDITION_REQUIRED.reply(
                    "Send If-Match with the ETag that you read, so that nobody's change is lost."));
        }
    }

    private static Precondition matching(String header) {
        Matcher tag = TAG.matcher(header.strip());
        if (!tag.matches()) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST.reply("If-Match must be one ETag from PARC, with its quotes."));
        }
        return Precondition.revision(Integer.parseInt(tag.group(1)));
    }

    /** The reply under the ETag of the revision, if there is one. */
    public static Reply tagged(Reply reply, Optional<? extends Revision<?>> kept) {
        return kept.map(one -> reply.with("ETag", "\"" + one.revision() + "\"")).orElse(reply);
    }
}
