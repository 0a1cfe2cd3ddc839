package dev.parc.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Check;
import dev.parc.check.Stage;
import dev.parc.collect.AwaitedPermissions;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.AccessTokens;
import dev.parc.collect.http.Answer;
import dev.parc.facts.AppRole;
import dev.parc.report.docs.Permissions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at everything that PARC needs to work, and says what is wrong and what to do. Nothing is changed. */
public final class Doctor {

    /** The queues: runs and deliveries to do, what failed five times, and what was no run. */
    public static final List<String> QUEUES = List.of(
            "parc-runs", "parc-runs-poison", "parc-runs-unreadable", "parc-deliveries", "parc-deliveries-poison");

    private static final int RUNS_LOOKED_AT = 200;

    private final Settings settings;
    private final List<Check> checks;
    private final Clock clock;
    private final Sources sources;

    /**
     * Where to look.
     *
     * @param graph the tokens for Microsoft Graph
     * @param azure the tokens for Azure Resource Manager
     * @param organization what Microsoft Graph answers when it is asked for the organisation
     * @param awaited what was granted and is not in the token yet
     * @param subscriptions what Azure Resource Manager answers when it is asked for the subscriptions
     * @param tables the names of PARC's tables; empty where runs are kept in files
     * @param queues the lengths of queues; empty where no queue service is named
     */
    record Sources(
            Supplier<AccessTokens> graph,
            Supplier<AccessTokens> azure,
            Supplier<Answer> organization,
            Supplier<Optional<AwaitedPermissions>> awaited,
            Supplier<Answer> subscriptions,
            Optional<Supplier<List<String>>> tables,
            Optional<Function<String, Optional<Long>>> queues,
            Supplier<RunStore> store) {}

    /** How something is. */
    public enum Health {
        WELL,
        /** It works, with less than it could. */
        LACKING,
        /** It does not work. */
        BROKEN,
        /** It could not be looked at, or has not happened yet. */
        UNKNOWN
    }

    /**
     * One thing that was looked at.
     *
     * @param remedy what to do; empty if there is nothing to do
     */
    public record Condition(String part, Health health, String detail, String remedy) {}

    Doctor(Settings settings, List<Check> checks, Clock clock, Sources sources) {
        this.settings = settings;
        this.checks = List.copyOf(checks);
        this.clock = clock;
        this.sources = sources;
    }

    /** Looks at everything. What cannot be looked at is a condition too; nothing throws. */
    public List<Condition> examine() {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(new Condition(
                "version",
                Health.WELL,
                "PARC " + version() + ", Java " + Runtime.version().feature() + ", " + checks.size() + " items",
                ""));
        if (settings.graphGranted()) {
            conditions.add(token(
                    "token for Microsoft Graph",
                    sources.graph(),
                    settings.graphEndpoint().toString()));
            conditions.add(graph(conditions.get(conditions.size() - 1)));
            conditions.addAll(permissions());
        } else {
            conditions.add(new Condition(
                    "Microsoft Graph",
                    Health.LACKING,
                    "not checked yet: PARC has not been told that its identity was granted permissions there, and a"
                            + " token from before the grant would stay in use for up to a day",
                    "infra/grant-permissions.sh grants what is missing and tells PARC; if that is done already: azd"
                            + " hooks run postprovision"));
        }
        conditions.add(
                token("token for Azure", sources.azure(), settings.armEndpoint().toString()));
        conditions.add(azure(conditions.get(conditions.size() - 1)));
        conditions.add(tables());
        conditions.addAll(queues());
        conditions.addAll(timers());
        return conditions;
    }

    /** The version of the build; empty words where it was not packaged. */
    public static String version() {
        @Nullable String version = Doctor.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    private static Condition token(String part, Supplier<AccessTokens> tokens, String endpoint) {
        try {
            String tenant = tokens.get().tenantId().orElse("a tenant that it does not tell");
            return new Condition(part, Health.WELL, "given for " + endpoint + ", tenant " + tenant, "");
        } catch (TenantException e) {
            return new Condition(part, Health.BROKEN, String.valueOf(e.getMessage()), "");
        }
    }

    private Condition graph(Condition token) {
        String part = "Microsoft Graph";
        return answered(part, token, sources.organization(), "PARC_GRAPH_ENDPOINT", body -> {
            String name = body.path("value").path(0).path("displayName").asText();
            return new Condition(part, Health.WELL, "reached" + (name.isBlank() ? "" : ": " + name), "");
        });
    }

    private Condition azure(Condition token) {
        String part = "Azure Resource Manager";
        return answered(part, token, sources.subscriptions(), "PARC_ARM_ENDPOINT", body -> {
            int count = body.path("value").size();
            return count == 0
                    ? new Condition(
                            part,
                            Health.LACKING,
                            "reached, but shows no subscription",
                            "If there are any: infra/grant-permissions.sh --azure")
                    : new Condition(
                            part,
                            Health.WELL,
                            "reached: shows " + count + " subscription" + (count == 1 ? "" : "s"),
                            "");
        });
    }

    private static Condition answered(
            String part, Condition token, Supplier<Answer> asked, String setting, Function<JsonNode, Condition> read) {
        if (token.health() != Health.WELL) {
            return unknown(part, "without a token it is not asked", "");
        }
        try {
            Answer answer = asked.get();
            if (answer instanceof Answer.Value value) {
                return read.apply(value.body());
            }
            if (answer instanceof Answer.Refused refused) {
                return new Condition(
                        part,
                        refused.status() == 403 ? Health.LACKING : Health.BROKEN,
                        "reached, but answers " + refused.status() + " " + refused.code(),
                        refused.status() == 403 ? "" : "Check " + setting + ".");
            }
            return new Condition(
                    part, Health.BROKEN, ((Answer.Failed) answer).reason(), "Check the network and " + setting + ".");
        } catch (TenantException e) {
            return new Condition(part, Health.BROKEN, String.valueOf(e.getMessage()), "");
        }
    }

    private List<Condition> permissions() {
        Optional<Set<String>> told;
        try {
            told = sources.graph().get().applicationPermissions();
        } catch (TenantException e) {
            return List.of(unknown("permissions", "without a token nobody can tell", ""));
        }
        if (told.isEmpty()) {
            return List.of(unknown(
                    "permissions",
                    "the token belongs to a person, so what it can read depends on their roles in the tenant",
                    "Run this as the app to see its permissions."));
        }
        Set<String> held = told.get();
        Optional<AwaitedPermissions> awaited = awaited();
        List<Condition> conditions = new ArrayList<>();
        Permissions.items(checks).forEach((permission, items) -> {
            if (!held.contains(permission)) {
                String set = AppRole.of(permission)
                        .map(role -> role.tier().name().toLowerCase(Locale.ROOT))
                        .orElse("optional");
                boolean granted = awaited.filter(it -> it.permissions().contains(permission))
                        .isPresent();
                conditions.add(new Condition(
                        "permission " + permission,
                        Health.LACKING,
                        (granted ? "granted, and not in the token yet (" : "not in the token (") + set + "); "
                                + (items.isEmpty() ? "no item" : String.join(", ", items))
                                + (items.size() == 1 ? " lacks" : " lack") + " what it reads",
                        granted
                                ? "Nothing is to be done: " + awaited.get().inWords() + "."
                                : "infra/grant-permissions.sh --set " + set));
            }
        });
        long asked = Permissions.items(checks).size();
        long missing = conditions.size();
        conditions.add(
                0,
                new Condition(
                        "permissions",
                        missing == 0 ? Health.WELL : Health.LACKING,
                        (asked - missing) + " of " + asked + " are in the token",
                        missing == 0 ? "" : renewal()));
        return conditions;
    }

    private Optional<AwaitedPermissions> awaited() {
        try {
            return sources.awaited().get();
        } catch (TenantException e) {
            return Optional.empty(); // the condition of Microsoft Graph tells
        }
    }

    private String renewal() {
        return "A grant takes effect when the token is renewed, "
                + sources.graph()
                        .get()
                        .bearer()
                        .map(app -> "by " + seconds(app.ends()) + " at the latest.")
                        .orElse("which may take a day.");
    }

    private Condition tables() {
        if (sources.tables().isEmpty()) {
            return unknown("tables", "runs are stored in files: PARC_TABLES is not set", "");
        }
        try {
            List<String> names = sources.tables().get().get();
            return new Condition(
                    "tables",
                    Health.WELL,
                    names.isEmpty()
                            ? "reached; no tables yet, the first run creates them"
                            : "reached: " + String.join(", ", names),
                    "");
        } catch (StoreException e) {
            return new Condition("tables", Health.BROKEN, String.valueOf(e.getMessage()), "");
        }
    }

    private List<Condition> queues() {
        if (sources.queues().isEmpty()) {
            return List.of(unknown(
                    "queues", "not checked: AzureWebJobsStorage__queueServiceUri does not name a queue service", ""));
        }
        List<Condition> conditions = new ArrayList<>();
        for (String name : QUEUES) {
            conditions.add(queue(name, sources.queues().get()));
        }
        return conditions;
    }

    private static Condition queue(String name, Function<String, Optional<Long>> queues) {
        String part = "queue " + name;
        try {
            Optional<Long> length = queues.apply(name);
            if (length.isEmpty()) {
                return unknown(part, "missing: the platform creates it when it is first used", "");
            }
            boolean waits = length.get() > 0 && name.endsWith("-unreadable");
            return new Condition(
                    part,
                    waits ? Health.LACKING : Health.WELL,
                    "about " + length.get() + " messages",
                    waits ? "Inspect and delete them: someone put a message on the queue that is not a run." : "");
        } catch (StoreException e) {
            return new Condition(part, Health.BROKEN, String.valueOf(e.getMessage()), "");
        }
    }

    private List<Condition> timers() {
        List<RunRecord> runs;
        try {
            runs = sources.store().get().newest(RUNS_LOOKED_AT);
        } catch (StoreException | TenantException e) {
            return List.of(unknown("timers", "the runs cannot be read: " + e.getMessage(), ""));
        }
        List<Condition> conditions = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            conditions.add(timer(stage, runs));
        }
        return conditions;
    }

    private Condition timer(Stage stage, List<RunRecord> runs) {
        String part = "timer of " + stage.title();
        Optional<Instant> last = runs.stream()
                .filter(run -> run.state() == State.DONE
                        && run.request().trigger() == Trigger.TIMER
                        && run.request().covers(stage))
                .map(run -> OverdueStages.asked(run, clock.instant()))
                .max(Instant::compareTo);
        Optional<Instant> next = next(stage, clock.instant());
        String soon = next.map(time -> "; fires next at " + seconds(time)).orElse("");
        if (last.isEmpty()) {
            return unknown(part, "none of its runs among the newest " + RUNS_LOOKED_AT + " is done" + soon, "");
        }
        Optional<Instant> due = Optional.ofNullable(settings.schedules().get(stage))
                .flatMap(schedule -> schedule.missed(last.get(), clock.instant()));
        if (due.isPresent()) {
            return new Condition(
                    part,
                    Health.BROKEN,
                    "the last finished run was requested at " + seconds(last.get()) + ", and nothing since "
                            + seconds(due.get()),
                    "See docs/operations.md, \"No run is finished\".");
        }
        return new Condition(part, Health.WELL, "done last at " + seconds(last.get()) + soon, "");
    }

    private Optional<Instant> next(Stage stage, Instant after) {
        return Optional.ofNullable(settings.schedules().get(stage)).flatMap(schedule -> schedule.next(after));
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Condition unknown(String part, String detail, String remedy) {
        return new Condition(part, Health.UNKNOWN, detail, remedy);
    }
}
