package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.CLOUD_APP_ALERTS;
import static dev.parc.facts.FactKind.SENSITIVITY_LABELS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.CloudAppAlert;
import dev.parc.facts.directory.SensitivityLabel;
import java.util.List;
import java.util.Optional;

/** Reads what the protection services of Microsoft 365 have: sensitivity labels, alerts of Defender for Cloud Apps. */
public final class ProtectionReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(
                    SENSITIVITY_LABELS, context -> new ProtectionReader(context).sensitivityLabels(), SERVICE_PLANS),
            ReadingTask.of(CLOUD_APP_ALERTS, context -> new ProtectionReader(context).cloudAppAlerts(), SERVICE_PLANS));

    private static final int DAYS = 30;

    /** Alerts name people, files and addresses; a handful proves that the service works. */
    private static final int ALERTS = 5;

    private final ReadingContext context;

    public ProtectionReader(ReadingContext context) {
        this.context = context;
    }

    public Reading sensitivityLabels() {
        Optional<Reading> unlicensed = context.unlicensedFor(Licence.INFORMATION_PROTECTION);
        if (unlicensed.isPresent()) {
            return unlicensed.get();
        }
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.security()
                        .dataSecurityAndGovernance()
                        .sensitivityLabels()
                        .toGetRequestInformation()));
        ReadingBuilder reading = new ReadingBuilder(SENSITIVITY_LABELS);
        reading.each(answer, "sensitivity labels", item -> label(reading, "", item));
        return reading.build();
    }

    /** Labels come with those below them; two levels are all there is. */
    private static void label(ReadingBuilder reading, String above, Item item) {
        String id = item.id("id");
        String name = above + item.firstText("displayName", "name").orElse(id);
        List<Item> below = above.isEmpty() ? item.optionalItems("sublabels").toList() : List.of();
        if (below.isEmpty()) {
            reading.value(new SensitivityLabel(
                    id,
                    name,
                    item.requiredFlag("hasProtection"),
                    !item.has("isEnabled") || item.flag("isEnabled").orElse(true)));
        }
        below.forEach(label -> reading.attempt(() -> label(reading, name + " / ", label)));
    }

    /** The latest, if there are any; that there is none proves nothing. */
    public Reading cloudAppAlerts() {
        Optional<Reading> unlicensed = context.unlicensedFor(Licence.DEFENDER_FOR_CLOUD_APPS);
        if (unlicensed.isPresent()) {
            return unlicensed.get();
        }
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.security().alertsV2().toGetRequestInformation(it -> {
                            it.queryParameters.filter =
                                    "serviceSource eq 'microsoftDefenderForCloudApps' and createdDateTime ge "
                                            + context.daysAgo(DAYS);
                            it.queryParameters.top = ALERTS;
                        }))
                        .firstPage());
        return ReadingBuilder.ofCollection(
                CLOUD_APP_ALERTS,
                answer,
                "alerts",
                item -> new CloudAppAlert(
                        item.requiredText("id"),
                        item.time("createdDateTime").orElseThrow(() -> item.malformed("createdDateTime"))));
    }
}
