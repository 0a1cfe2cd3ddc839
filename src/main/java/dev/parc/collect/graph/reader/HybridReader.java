package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.BETA;
import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.DEFENDER_HEALTH_ISSUES;
import static dev.parc.facts.FactKind.DEFENDER_SENSORS;
import static dev.parc.facts.FactKind.DEFENDER_SENSOR_CANDIDATES;
import static dev.parc.facts.FactKind.LAPS_BACKUPS;
import static dev.parc.facts.FactKind.PASSWORD_HASH_SYNC;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.DefenderHealthIssue;
import dev.parc.facts.activity.DefenderSensor;
import dev.parc.facts.activity.SensorCandidate;
import dev.parc.facts.directory.LapsBackups;
import dev.parc.facts.directory.PasswordHashSync;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads what Microsoft's cloud knows of an organisation's own Active Directory and computers. */
public final class HybridReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(PASSWORD_HASH_SYNC, context -> new HybridReader(context).passwordHashSync()),
            ReadingTask.of(LAPS_BACKUPS, context -> new HybridReader(context).lapsBackups()),
            ReadingTask.of(DEFENDER_SENSORS, context -> new HybridReader(context).sensors()),
            ReadingTask.of(DEFENDER_SENSOR_CANDIDATES, context -> new HybridReader(context).sensorCandidates()),
            ReadingTask.of(DEFENDER_HEALTH_ISSUES, context -> new HybridReader(context).healthIssues()));

    private static final String FEATURES = "features";
    private static final String TIME = "time";
    private static final String LAST_PASSWORD = "onPremisesLastPasswordSyncDateTime";
    private static final int DEVICES = 100;
    private static final Duration RECENT_BACKUP = Duration.ofDays(60);

    private final ReadingContext context;

    public HybridReader(ReadingContext context) {
        this.context = context;
    }

    /** The switch, which takes the optional permission, and the time of the last hashes; one of them is enough. */
    public Reading passwordHashSync() {
        GraphRequest features = GraphRequest.of(V1.directory()
                .onPremisesSynchronization()
                .toGetRequestInformation(it -> it.queryParameters.select = new String[] {"id", "features"}));
        GraphRequest time = GraphRequest.of(BETA.organization()
                .toGetRequestInformation(
                        it -> it.queryParameters.select = new String[] {"id", "onPremisesSyncEnabled", LAST_PASSWORD}));
        Map<String, Answer> answers = context.graph().ask(Map.of(FEATURES, features, TIME, time));
        ReadingBuilder sync = new ReadingBuilder(PASSWORD_HASH_SYNC);
        sync.collection(
                answer(answers, TIME),
                "organisations",
                item -> new PasswordHashSync.LastReceived(item.time(LAST_PASSWORD)),
                PASSWORD_HASH_SYNC.permissions());
        sync.collection(
                answer(answers, FEATURES),
                "synchronisation features",
                item -> item.requiredItem("features").requiredFlag("passwordSyncEnabled"),
                PASSWORD_HASH_SYNC.optionalPermission().stream().toList());
        Reading reading = sync.build();
        if (!(reading instanceof Reading.Read read)) {
            return reading;
        }
        Optional<Boolean> on = first(read, Boolean.class);
        Optional<PasswordHashSync.LastReceived> received = first(read, PasswordHashSync.LastReceived.class);
        return on.isEmpty() && received.isEmpty()
                ? new Reading.Unread("Graph returned nothing about this tenant's synchronisation")
                : new Reading.Read(List.of(new PasswordHashSync(on, received)), List.of());
    }

    /** One page: the list grows with devices, and the first hundred tell whether it is filled at all. */
    public Reading lapsBackups() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.directory().deviceLocalCredentials().toGetRequestInformation(it -> {
                            it.queryParameters.select = new String[] {"id", "lastBackupDateTime"};
                            it.queryParameters.top = DEVICES;
                        }))
                        .firstPage());
        ReadingBuilder devices = new ReadingBuilder(LAPS_BACKUPS)
                .collection(answer, "devices", item -> item.time("lastBackupDateTime"), LAPS_BACKUPS.permissions());
        Reading reading = devices.build();
        if (!(reading instanceof Reading.Read read)) {
            return reading;
        }
        int recent = (int) read.values().stream()
                .filter(time -> time instanceof Optional<?> it
                        && it.filter(this::isRecent).isPresent())
                .count();
        boolean more = answer instanceof Answer.Value value && value.body().has("@odata.nextLink");
        return new Reading.Read(List.of(new LapsBackups(read.values().size(), recent, more)), read.gaps());
    }

    private boolean isRecent(Object time) {
        return time instanceof Instant at
                && Duration.between(at, context.takenAt()).compareTo(RECENT_BACKUP) <= 0;
    }

    public Reading sensors() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.security().identities().sensors().toGetRequestInformation()));
        return ReadingBuilder.ofCollection(DEFENDER_SENSORS, answer, "sensors", item -> {
            String id = item.requiredText("id");
            return new DefenderSensor(
                    id,
                    item.firstText("displayName").orElse(id),
                    item.firstText("domainName").orElse(""),
                    item.requiredText("healthStatus"),
                    item.requiredText("deploymentStatus"));
        });
    }

    public Reading sensorCandidates() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(
                        V1.security().identities().sensorCandidates().toGetRequestInformation()));
        return ReadingBuilder.ofCollection(
                DEFENDER_SENSOR_CANDIDATES,
                answer,
                "servers",
                item -> new SensorCandidate(
                        item.requiredText("id"),
                        item.requiredText("computerDnsName"),
                        item.has("lastSeenDateTime") ? item.time("lastSeenDateTime") : Optional.empty()));
    }

    public Reading healthIssues() {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.security()
                        .identities()
                        .healthIssues()
                        .toGetRequestInformation(it -> it.queryParameters.filter = "status eq 'open'")));
        return ReadingBuilder.ofCollection(DEFENDER_HEALTH_ISSUES, answer, "health issues", item -> {
            String id = item.requiredText("id");
            return new DefenderHealthIssue(id, item.firstText("displayName").orElse(id), item.requiredText("severity"));
        });
    }

    private static Answer answer(Map<String, Answer> answers, String key) {
        return Objects.requireNonNull(answers.get(key), key);
    }

    private static <T> Optional<T> first(Reading.Read read, Class<T> type) {
        return read.values().stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
