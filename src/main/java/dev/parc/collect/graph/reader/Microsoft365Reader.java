package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.MAILBOX_PURPOSES;
import static dev.parc.facts.FactKind.MICROSOFT_365_ACTIVITY;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.ServicePlan;
import dev.parc.facts.activity.Microsoft365Activity;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.MailboxPurpose;
import dev.parc.facts.directory.MailboxPurpose.Purpose;
import dev.parc.facts.directory.Microsoft365Service;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads how administrators use Microsoft 365: from the usage report, and what their mailboxes are for. */
public final class Microsoft365Reader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(
                    MICROSOFT_365_ACTIVITY,
                    context -> new Microsoft365Reader(context).activity(),
                    ACCOUNTS,
                    SERVICE_PLANS),
            ReadingTask.of(MAILBOX_PURPOSES, context -> new Microsoft365Reader(context).mailboxes(), ACCOUNTS));

    private static final String CONCEALED =
            "user names are concealed in usage reports, so nobody can be found in them: in the Microsoft"
                    + " 365 admin center, under Settings > Org settings > Reports, clear 'Display concealed user,"
                    + " group, and site names'";

    /** Microsoft makes the report two or three days late. */
    private static final int MOST_DAYS_LATE = 14;

    private static final Map<Microsoft365Service, String> LAST_USE = Map.of(
            Microsoft365Service.EXCHANGE, "exchangeLastActivityDate",
            Microsoft365Service.TEAMS, "teamsLastActivityDate",
            Microsoft365Service.SHAREPOINT, "sharePointLastActivityDate",
            Microsoft365Service.ONEDRIVE, "oneDriveLastActivityDate",
            Microsoft365Service.YAMMER, "yammerLastActivityDate",
            Microsoft365Service.SKYPE_FOR_BUSINESS, "skypeForBusinessLastActivityDate");

    /** Without these two the report says nothing about day-to-day work. */
    private static final Set<Microsoft365Service> NEEDED =
            Set.of(Microsoft365Service.EXCHANGE, Microsoft365Service.TEAMS);

    private final ReadingContext context;

    public Microsoft365Reader(ReadingContext context) {
        this.context = context;
    }

    /** The activity of every account. */
    public Reading activity() {
        Optional<Reading> unread = context.unreadFor(ACCOUNTS);
        if (unread.isPresent()) {
            return unread.get();
        }
        Answer settings = context.graph()
                .ask(GraphRequest.of(V1.admin()
                        .reportSettings()
                        .toGetRequestInformation(
                                it -> it.queryParameters.select = new String[] {"displayConcealedNames"})));
        if (settings instanceof Answer.Value value
                && value.body().path("displayConcealedNames").asBoolean()) {
            return new Reading.Unread(CONCEALED);
        }
        Set<String> names = AccountReader.existing(context).stream()
                .map(Microsoft365Reader::name)
                .collect(Collectors.toSet());
        Answer report = context.graph()
                .ask(GraphRequest.of(V1.reports()
                                .getOffice365ActiveUserDetailWithPeriod("D90")
                                .toGetRequestInformation())
                        .ofUsers(names));
        ReadingBuilder activity = AccountReader.builder(context, MICROSOFT_365_ACTIVITY);
        if (!(report instanceof Answer.Value value)) {
            return activity.without(report, MICROSOFT_365_ACTIVITY.permissions())
                    .build();
        }
        if (value.body().path("rows").asLong() == 0) {
            return empty();
        }
        if (value.body().path("named").asLong() == 0) {
            return new Reading.Unread(CONCEALED);
        }
        activity.attempt(() -> take(new Item("usage reports", value.body()), activity));
        return activity.build();
    }

    /** A report without any row is what a tenant without Microsoft 365 has; in any other it is not ready. */
    private Reading empty() {
        boolean without = context.reading(SERVICE_PLANS) instanceof Reading.Read plans
                && plans.gaps().isEmpty()
                && !Licence.MICROSOFT_365.isIn(context.values(SERVICE_PLANS, ServicePlan.class));
        return without
                ? new Reading.Unlicensed(Licence.MICROSOFT_365)
                : new Reading.Unread("the usage report is empty");
    }

    private void take(Item report, ReadingBuilder activity) {
        LocalDate asOf = date(report, "reportRefreshDate").orElseThrow(() -> report.malformed("reportRefreshDate"));
        long late = ChronoUnit.DAYS.between(
                asOf, context.takenAt().atOffset(ZoneOffset.UTC).toLocalDate());
        if (late > MOST_DAYS_LATE) {
            activity.gap("the usage report ends on " + asOf + ", " + late + " days back");
        }
        Map<String, Item> rows = new HashMap<>();
        report.items("value")
                .forEach(row -> rows.put(row.requiredText("userPrincipalName").toLowerCase(Locale.ROOT), row));
        for (Account account : AccountReader.existing(context)) {
            Item row = rows.get(name(account));
            if (row == null) {
                activity.gap("not known whether the usage report lists " + account.signInName() + " was not asked");
            } else {
                activity.attempt(() -> activity.value(activity(account, asOf, row)));
            }
        }
        activity.used();
    }

    private static Microsoft365Activity activity(Account account, LocalDate asOf, Item row) {
        boolean listed = row.requiredFlag("listed");
        Map<Microsoft365Service, LocalDate> lastUse = new EnumMap<>(Microsoft365Service.class);
        if (listed) {
            LAST_USE.forEach((service, property) -> {
                if (NEEDED.contains(service) || row.has(property)) {
                    date(row, property).ifPresent(day -> lastUse.put(service, day));
                }
            });
        }
        return new Microsoft365Activity(account.id(), asOf, listed, lastUse);
    }

    private static Optional<LocalDate> date(Item item, String property) {
        return item.text(property).map(text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw item.malformed(property);
            }
        });
    }

    private static String name(Account account) {
        return account.signInName().toLowerCase(Locale.ROOT);
    }

    /** What the mailbox of every account is for that has an address or a licence for one. */
    public Reading mailboxes() {
        Optional<Reading> unread = context.unreadFor(ACCOUNTS);
        if (unread.isPresent()) {
            return unread.get();
        }
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        AccountReader.existing(context).stream()
                .filter(account -> !account.external())
                .filter(account -> account.mailbox() || account.mail().isPresent())
                .forEach(account -> requests.put(
                        account.id(),
                        GraphRequest.of(V1.users()
                                .byUserId(account.id())
                                .mailboxSettings()
                                .toGetRequestInformation(
                                        it -> it.queryParameters.select = new String[] {"userPurpose"}))));
        ReadingBuilder mailboxes = AccountReader.builder(context, MAILBOX_PURPOSES);
        context.graph().ask(requests).forEach((id, answer) -> {
            if (ReadingBuilder.notFound(answer)) {
                mailboxes.used().value(new MailboxPurpose(id, Purpose.NONE));
            } else {
                mailboxes.ofPrincipal(
                        id,
                        answer,
                        "mailboxes",
                        item -> new MailboxPurpose(id, purpose(item.requiredText("userPurpose"))),
                        MAILBOX_PURPOSES.permissions());
            }
        });
        return mailboxes.build();
    }

    private static Purpose purpose(String text) {
        return switch (text) {
            case "user", "linked" -> Purpose.USER;
            case "shared" -> Purpose.SHARED;
            case "room", "equipment" -> Purpose.RESOURCE;
            default -> Purpose.OTHER;
        };
    }
}
