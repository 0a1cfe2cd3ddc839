package dev.parc.analysis.conditionalaccess;

import static java.util.stream.Collectors.joining;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupWriter;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.policies.ExcludedGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A group that enabled policies exclude, so that whoever changes its members takes an account out of them. Told by what
 * the group is, by its owners, and by the actions and scopes of roles, never by a list of role names. Groups to which roles
 * can be assigned, and those in restricted management administrative units, are nobody's else to change.
 *
 * @param policies the names of the policies that exclude it
 * @param doubts who or what can change it that no policy holds to the same, a sentence part each
 * @param administrators the sign-in names of administrators who can, and who are themselves held to the same
 */
public record OpenExclusion(
        ExcludedGroup group, List<String> policies, List<String> doubts, Set<String> administrators) {

    private static final int MOST_NAMES = 5;

    /** Members or owners of groups that carry no roles, by an action of Graph's. Source: "Microsoft Entra built-in roles". */
    private static final Pattern CHANGES_GROUPS =
            Pattern.compile("microsoft\\.directory/groups(\\.security|\\.unified)?(\\.assignedmembership)?"
                    + "/(members|owners|allproperties)/(update|alltasks)");

    private static final Pattern CHANGES_RULES = Pattern.compile(
            "microsoft\\.directory/groups(\\.security|\\.unified)?/(dynamicmembershiprule|allproperties)/(update|alltasks)");
    private static final Pattern ATTRIBUTE = Pattern.compile("user\\.(\\w+)", Pattern.CASE_INSENSITIVE);

    /** What a user can set of the own account. Source: "Default user permissions", "Dynamic membership rules". */
    private static final Set<String> SET_BY_USERS = Set.of("mobile", "othermails", "preferredlanguage");

    public OpenExclusion {
        policies = List.copyOf(policies);
        doubts = List.copyOf(doubts);
        administrators = Set.copyOf(administrators);
    }

    /**
     * The open ones among the groups that the enabled policies of these names exclude; those that nobody can change are
     * left out.
     *
     * @param held whether an account is itself held to what the policies demand
     */
    static List<OpenExclusion> of(Facts facts, Collection<String> policyNames, Predicate<Account> held) {
        List<ConditionalAccessPolicy> policies =
                facts.<ConditionalAccessPolicy>list(FactKind.CONDITIONAL_ACCESS_POLICIES).stream()
                        .filter(policy -> policy.state() == State.ENABLED && policyNames.contains(policy.displayName()))
                        .toList();
        List<OpenExclusion> open = new ArrayList<>();
        for (ExcludedGroup group : facts.excludedGroups()) {
            List<String> excluding = policies.stream()
                    .filter(policy -> policy.users().excludeGroups().contains(group.id()))
                    .map(ConditionalAccessPolicy::displayName)
                    .sorted()
                    .toList();
            if (!excluding.isEmpty() && group.exists() && !group.guarded()) {
                Weighed weighed = new Weighed(facts, held);
                weighed.weigh(group);
                if (!weighed.doubts.isEmpty() || !weighed.administrators.isEmpty()) {
                    open.add(new OpenExclusion(group, excluding, weighed.doubts, weighed.administrators));
                }
            }
        }
        return open;
    }

    /**
     * Which applications can change who is in the groups that these policies exclude, in words, to stand after the tenant as
     * the subject; empty where there are no such groups, or no such applications were read.
     */
    static Optional<String> byApplications(
            Facts facts, Collection<String> policyNames, Predicate<String> heldByOthers) {
        if (!facts.asksFor(FactKind.GROUP_WRITERS)) {
            return Optional.empty();
        }
        List<ExcludedGroup> open = facts.excludedGroups().stream()
                .filter(group -> group.exists() && !group.guarded() && group.sync() != SyncState.SYNCED)
                .filter(group -> facts.<ConditionalAccessPolicy>list(FactKind.CONDITIONAL_ACCESS_POLICIES).stream()
                        .anyMatch(policy -> policy.state() == State.ENABLED
                                && policyNames.contains(policy.displayName())
                                && policy.users().excludeGroups().contains(group.id())))
                .filter(group -> !heldByOthers.test(group.id()))
                .toList();
        Map<String, Set<String>> writers = new TreeMap<>();
        facts.<GroupWriter>list(FactKind.GROUP_WRITERS).stream()
                .filter(writer ->
                        open.stream().anyMatch(group -> group.membershipRule().isEmpty() || writer.changesRules()))
                .forEach(writer -> writers.computeIfAbsent(writer.principalName(), name -> new TreeSet<>())
                        .add(writer.permission()));
        if (writers.isEmpty()) {
            return Optional.empty();
        }
        String names = writers.entrySet().stream()
                .limit(MOST_NAMES)
                .map(writer -> writer.getKey() + " (" + String.join(", ", writer.getValue()) + ")")
                .collect(joining("; "));
        String more = writers.size() > MOST_NAMES ? "; and " + (writers.size() - MOST_NAMES) + " more" : "";
        return Optional.of("has applications that can put an account into a group that policies exclude, %s: %s"
                .formatted(
                        open.stream()
                                .map(group -> "'" + group.displayName() + "'")
                                .sorted()
                                .limit(MOST_NAMES)
                                .collect(joining(", ")),
                        names + more));
    }

    /** In words, to stand after the name of the group. */
    public String inWords() {
        return "is excluded from %s, and %s"
                .formatted(
                        policies.stream().map(name -> "'" + name + "'").collect(joining(", ")),
                        String.join("; ", doubts));
    }

    /**
     * Who of the administrators can change these groups, to stand at the end of a summary; empty text if nobody can.
     */
    public static String changedBy(Collection<OpenExclusion> exclusions) {
        List<String> names = exclusions.stream()
                .flatMap(exclusion -> exclusion.administrators().stream())
                .distinct()
                .sorted()
                .toList();
        String first = names.stream().limit(MOST_NAMES).collect(joining(", "));
        String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
        return names.isEmpty() ? "" : "; whom it excludes can be changed by " + first + more;
    }

    /** What speaks against one group while it is being gathered. */
    private static final class Weighed {

        private final Facts facts;
        private final Predicate<Account> held;
        private final List<String> doubts = new ArrayList<>();
        private final Set<String> administrators = new TreeSet<>();

        Weighed(Facts facts, Predicate<Account> held) {
            this.facts = facts;
            this.held = held;
        }

        void weigh(ExcludedGroup group) {
            if (group.sync() == SyncState.SYNCED) {
                doubts.add("its members come from on-premises, where others can change them");
                return;
            }
            group.membershipRule().ifPresent(rule -> {
                Set<String> own = new TreeSet<>();
                Matcher attributes = ATTRIBUTE.matcher(rule);
                while (attributes.find()) {
                    String attribute = attributes.group(1);
                    if (SET_BY_USERS.contains(attribute.toLowerCase(Locale.ROOT))) {
                        own.add(attribute);
                    }
                }
                if (!own.isEmpty()) {
                    doubts.add("its membership rule asks for what users set themselves: " + String.join(", ", own));
                }
            });
            group.owners().forEach(this::owner);
            boolean byRule = group.membershipRule().isPresent();
            Administrators.of(facts).all().forEach(one -> role(one, group, byRule ? CHANGES_RULES : CHANGES_GROUPS));
        }

        private void owner(ExcludedGroup.Principal owner) {
            Optional<Account> account = facts.account(owner.id());
            if (account.filter(this::trusted).isPresent()) {
                administrators.add(account.get().signInName());
            } else if (owner.type() == PrincipalType.SERVICE_PRINCIPAL) {
                doubts.add("its owner, the application " + owner.name() + ", can change its members");
            } else {
                doubts.add("its owner " + owner.name() + (account.isPresent() ? "" : ", who is no administrator,")
                        + " can change its members");
            }
        }

        private void role(Administrator administrator, ExcludedGroup group, Pattern change) {
            Administrators all = Administrators.of(facts);
            List<String> by = administrator.holdings().stream()
                    .filter(holding -> !holding.onlyAWayIn() && reaches(holding.scope(), group.id()))
                    .filter(holding -> all.actions(holding.roleId()).stream()
                            .anyMatch(action -> change.matcher(action).matches()))
                    .map(holding -> all.roleName(holding.roleId()))
                    .distinct()
                    .sorted()
                    .toList();
            if (by.isEmpty()) {
                return;
            }
            Optional<Account> account = facts.account(administrator.id());
            if (account.filter(this::trusted).isPresent()) {
                administrators.add(account.get().signInName());
            } else if (account.filter(
                            one -> one.state() == Account.State.DISABLED || one.state() == Account.State.DELETED)
                    .isEmpty()) {
                doubts.add("%s%s can change its members as %s"
                        .formatted(
                                administrator.type() == PrincipalType.SERVICE_PRINCIPAL ? "the application " : "",
                                account.map(Account::signInName).orElse(administrator.name()),
                                String.join(", ", by)));
            }
        }

        /** The whole directory, the group itself, or an administrative unit, of which nobody knows what is in it. */
        private static boolean reaches(String scope, String groupId) {
            return scope.equals("/")
                    || scope.equalsIgnoreCase("/" + groupId)
                    || scope.toLowerCase(Locale.ROOT).startsWith("/administrativeunits/");
        }

        private boolean trusted(Account account) {
            return account.state() == Account.State.ENABLED
                    && (facts.designations().isEmergency(account) || held.test(account));
        }
    }
}
