package dev.parc.analysis.accounts;

import dev.parc.facts.Category;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.activity.Microsoft365Activity;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Microsoft365Service;
import dev.parc.facts.directory.SyncState;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What tells that an account is used for day-to-day work. What would, each to stand after the account's name, is empty
 * where nothing does.
 *
 * @param certain what leaves no doubt
 * @param possible what a person must judge
 * @param unknown what is not known, a sentence each
 */
public record DailyUse(List<String> certain, List<String> possible, List<String> unknown) {

    /** Use within so many days counts as day-to-day. */
    public static final int DAYS = 30;

    public DailyUse {
        certain = List.copyOf(certain);
        possible = List.copyOf(possible);
        unknown = List.copyOf(unknown);
    }

    /** What tells that the account is used for day-to-day work; asks for its activity in Microsoft 365. */
    public static DailyUse of(Facts facts, Account account) {
        Optional<Category> category = facts.designations().category(account.id());
        List<String> certain = new ArrayList<>();
        List<String> possible = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        if (category.filter(Category.DUAL_USE::equals).isPresent()) {
            certain.add("is also used for day-to-day work, the operator says");
        }
        Optional<Microsoft365Activity> activity = facts.microsoft365Activity(account);
        activity.ifPresent(found -> {
            used(facts, found, service -> service.isDailyWork() && has(account, service))
                    .ifPresent(certain::add);
            used(facts, found, service -> service.isDailyWork() && !has(account, service))
                    .ifPresent(words -> possible.add(words + ", and has no mailbox any more"));
            used(facts, found, service -> !service.isDailyWork())
                    .ifPresent(words -> possible.add(words + ", which administering it may look like too"));
        });
        boolean licensed =
                facts.lacksLicenceFor(FactKind.MICROSOFT_365_ACTIVITY).isEmpty();
        if (activity.isEmpty() && licensed) {
            unknown.add(FactKind.MICROSOFT_365_ACTIVITY.title() + ": nothing is known of " + account.signInName());
        }
        if (category.filter(Category.DEDICATED::equals).isEmpty()) {
            if (account.external()) {
                possible.add("is an external account, whose use at home cannot be seen");
            } else if (account.sync() == SyncState.SYNCED) {
                possible.add("is synchronised from on-premises, as accounts for day-to-day work are");
            }
            if (account.mailbox()) {
                possible.add("has a mailbox");
            }
        } else if (account.mailbox()
                && activity.filter(found -> !found.listed()).isPresent()) {
            possible.add("has a mailbox, and the usage report does not list it");
        }
        return new DailyUse(certain, possible, unknown);
    }

    /** Whether the account can go on using the service: mail takes a mailbox, of the others no account tells. */
    private static boolean has(Account account, Microsoft365Service service) {
        return service != Microsoft365Service.EXCHANGE || account.mailbox();
    }

    private static Optional<String> used(
            Facts facts, Microsoft365Activity activity, Predicate<Microsoft365Service> wanted) {
        LocalDate today = facts.takenAt().atOffset(ZoneOffset.UTC).toLocalDate();
        String services = activity.lastUse().entrySet().stream()
                .filter(use -> wanted.test(use.getKey()))
                .filter(use -> Duration.between(use.getValue().atStartOfDay(), today.atStartOfDay())
                                .toDays()
                        <= DAYS)
                .sorted(Map.Entry.comparingByKey())
                .map(use -> use.getKey().title() + " on " + use.getValue())
                .collect(Collectors.joining(", "));
        return services.isEmpty() ? Optional.empty() : Optional.of("used " + services);
    }
}
