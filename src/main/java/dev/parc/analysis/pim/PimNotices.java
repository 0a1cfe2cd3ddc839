package dev.parc.analysis.pim;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupOwner;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.PimRule;
import dev.parc.facts.roles.PimSettings;
import dev.parc.facts.roles.RelevantRoles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether somebody hears of changes in PIM. A mailbox that is named hears. The default recipients of a role are those who
 * hold one of three roles actively; who is only eligible hears of nothing until it has activated one. Those of a group are its
 * owners. Source: <a
 * href="https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-email-notifications">Email
 * notifications in PIM</a>. Asks for {@link FactKind#ADMINISTRATORS}, {@link FactKind#ACCOUNTS} and, of groups, {@link
 * FactKind#GROUP_OWNERS}.
 */
public final class PimNotices {

    private static final int MOST_NAMES = 5;
    private static final String SECURITY_ADMINISTRATOR = "194ae4cb-b126-40b2-bd5b-6091b380977d";
    private static final Set<String> TOLD = Set.of(
            DirectoryRole.GLOBAL_ADMINISTRATOR.templateId(),
            DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR.templateId(),
            SECURITY_ADMINISTRATOR);

    private final Facts facts;
    private final Audience holders;

    /**
     * Of which changes nobody hears.
     *
     * @param certain that nobody does, each to stand after the name of the role or group
     * @param doubtful that somebody does, and why
     */
    public record Silence(List<String> certain, List<String> doubtful) {
        public Silence {
            certain = List.copyOf(certain);
            doubtful = List.copyOf(doubtful);
        }
    }

    /**
     * The default recipients.
     *
     * @param nobody whether certainly none of them can be reached
     * @param why who they are and what keeps mail from them, or may, to stand after "notifies"; empty if one of them certainly gets it
     */
    private record Audience(boolean nobody, Optional<String> why) {
        static final Audience REACHED = new Audience(false, Optional.empty());
    }

    private PimNotices(Facts facts) {
        this.facts = facts;
        this.holders = holders(facts);
    }

    /** Whether somebody hears of changes in PIM. */
    public static PimNotices of(Facts facts) {
        return new PimNotices(facts);
    }

    /** Of which changes of a role with these settings nobody hears. */
    public Silence ofRole(PimSettings settings) {
        return silence(settings, "is assigned the role", holders);
    }

    /** Of which changes of who is in the group nobody hears; nothing where its settings were not told. */
    public Silence ofGroup(ActivatableGroup group) {
        return group.settings()
                .map(settings -> silence(settings, "is assigned to it", owners(group)))
                .orElseGet(() -> new Silence(List.of(), List.of()));
    }

    private static Silence silence(PimSettings settings, String assigned, Audience audience) {
        List<String> off = new ArrayList<>();
        List<String> unheard = new ArrayList<>();
        List<String> urgent = new ArrayList<>();
        for (PimSettings.Change change : PimSettings.Change.values()) {
            String words = change == PimSettings.Change.ASSIGNED ? assigned : change.words();
            Optional<PimRule> rule = settings.notice(change);
            if (rule.filter(PimRule::notifies).isEmpty()) {
                off.add(words);
            } else if (rule.get().level() == PimRule.Level.CRITICAL) {
                urgent.add(words);
            } else if (rule.get().recipients().isEmpty() && audience.why().isPresent()) {
                unheard.add(words);
            }
        }
        List<String> certain = new ArrayList<>();
        List<String> doubtful = new ArrayList<>();
        if (!off.isEmpty()) {
            certain.add("notifies no administrator " + of(off));
        }
        if (!unheard.isEmpty()) {
            (audience.nobody() ? certain : doubtful)
                    .add("notifies %s %s".formatted(audience.why().orElse(""), of(unheard)));
        }
        if (!urgent.isEmpty()) {
            doubtful.add("sends only critical mail, which asks for an action, " + of(urgent));
        }
        return new Silence(certain, doubtful);
    }

    private static String of(List<String> changes) {
        return changes.size() == PimSettings.Change.values().length
                ? "of any change"
                : "when somebody " + String.join(", or when somebody ", changes);
    }

    /** Those who hold one of the three roles. */
    private static Audience holders(Facts facts) {
        Administrators all = Administrators.of(facts);
        Recipients recipients = new Recipients(facts);
        for (Administrator administrator : all.all()) {
            administrator
                    .holding(holding -> TOLD.contains(all.templateId(holding.roleId())))
                    .ifPresent(held -> recipients.add(
                            administrator.id(),
                            administrator.type(),
                            administrator.name(),
                            held.holdings().stream().anyMatch(holding -> lasts(holding.kind()))));
        }
        return recipients.audience(
                "those who actively hold Global, Privileged Role or Security Administrator",
                UnseenHolders.gaps(facts, RelevantRoles.ALL).isEmpty());
    }

    private static boolean lasts(AssignmentKind kind) {
        return switch (kind) {
            case PERMANENT, TIME_BOUND, ACTIVE -> true;
            case ACTIVATED, ELIGIBLE -> false;
        };
    }

    private Audience owners(ActivatableGroup group) {
        Recipients recipients = new Recipients(facts);
        facts.<GroupOwner>list(FactKind.GROUP_OWNERS).stream()
                .filter(owner -> owner.groupId().equalsIgnoreCase(group.id()))
                .forEach(owner ->
                        recipients.add(owner.principalId(), owner.principalType(), owner.principalName(), true));
        return recipients.audience(
                "its owners", facts.gapsOf(FactKind.GROUP_OWNERS).findAny().isEmpty());
    }

    /** Those who would get a mail, by how sure it is that it reaches them. */
    private static final class Recipients {
        private final Facts facts;
        private boolean reached;
        private final List<String> later = new ArrayList<>();
        private final List<String> emergency = new ArrayList<>();
        private final List<String> elsewhere = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();

        Recipients(Facts facts) {
            this.facts = facts;
        }

        void add(String id, PrincipalType type, String name, boolean active) {
            Optional<Account> read = facts.account(id);
            if (type == PrincipalType.SERVICE_PRINCIPAL
                    || read.filter(it -> it.state() != Account.State.ENABLED).isPresent()) {
                return;
            }
            if (read.isEmpty()) {
                unknown.add(name);
                return;
            }
            Account account = read.get();
            if (account.addresses().isEmpty()) {
                return;
            }
            if (!active) {
                later.add(account.signInName());
            } else if (facts.designations().isEmergency(account)) {
                emergency.add(account.signInName());
            } else if (account.mail().isEmpty()) {
                elsewhere.add(account.signInName());
            } else {
                reached = true;
            }
        }

        Audience audience(String who, boolean complete) {
            if (reached) {
                return Audience.REACHED;
            }
            List<String> doubts = new ArrayList<>();
            add(doubts, unknown, "of %s nothing was read");
            add(doubts, elsewhere, "of %s only other addresses are known");
            add(doubts, emergency, "nobody may read the mail of the emergency account %s");
            add(doubts, later, "%s would get it only while the role is activated");
            return new Audience(
                    complete && doubts.isEmpty(),
                    Optional.of("only %s (%s)"
                            .formatted(
                                    who,
                                    doubts.isEmpty()
                                            ? "none has a mail address"
                                            : "whether anybody gets the mail is open: " + String.join("; ", doubts))));
        }

        private static void add(List<String> doubts, List<String> names, String words) {
            if (!names.isEmpty()) {
                List<String> sorted = names.stream()
                        .distinct()
                        .sorted(Comparator.comparing(name -> name.toLowerCase(Locale.ROOT)))
                        .toList();
                String first = String.join(", ", sorted.subList(0, Math.min(MOST_NAMES, sorted.size())));
                doubts.add(words.formatted(
                        sorted.size() > MOST_NAMES
                                ? "%s and %d more".formatted(first, sorted.size() - MOST_NAMES)
                                : first));
            }
        }
    }
}
