package dev.parc.roadmap.stage1;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.roles.DirectoryRole.HIGHLY_PRIVILEGED;

import dev.parc.analysis.accounts.Categories;
import dev.parc.analysis.accounts.Categorisation;
import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Category;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.RelevantRoles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists who holds the highly privileged roles and what each account is for; a person confirms what no API tells. */
@RoadmapItem(
        id = "S1-02",
        title = "Accounts in the highly privileged roles are listed and categorised",
        severity = HIGH,
        effort = HOURS,
        remedy = "Confirm or correct the category of each listed account, then split up dual-use and shared"
                + " accounts",
        needs = {ACCOUNTS, SERVICE_PRINCIPALS},
        completedBy = {CONDITIONAL_ACCESS_POLICIES, GROUP_MEMBERSHIPS},
        administrators = true,
        roles = RelevantRoles.HIGHLY_PRIVILEGED)
public final class S102AccountsAreCategorised implements Check {

    private record Listed(Administrator administrator, Categorisation categorisation) {}

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators administrators = Administrators.of(facts);
        Categories categories = Categories.of(facts);
        List<Listed> listed = administrators.in(HIGHLY_PRIVILEGED).stream()
                .map(one -> new Listed(one, categories.of(one)))
                .sorted(Comparator.comparing(one -> one.categorisation().confirmed()))
                .toList();
        long open =
                listed.stream().filter(one -> !one.categorisation().confirmed()).count();
        String counts = counts(listed);
        List<Finding> strays = strays(facts, administrators);
        if (open == 0 && strays.isEmpty()) {
            return Verdict.pass(
                    Counted.say("all %d [account|accounts] [is|are] categorised: %s", listed.size(), counts));
        }
        List<Finding> findings = new ArrayList<>(strays);
        for (Listed one : listed) {
            Categorisation categorisation = one.categorisation();
            findings.add(Finding.of(
                    facts,
                    one.administrator(),
                    Details.of(categorisation.confirmed() ? "S1-02.confirmed" : "S1-02.to-confirm")
                            .with("roles", administrators.inWords(one.administrator()))
                            .with(
                                    "category",
                                    categorisation.category().written(),
                                    categorisation.category().title())
                            .with("reason", categorisation.reason())));
        }
        return Verdict.review(
                open == 0
                        ? Counted.say(
                                "all %d [account|accounts] [is|are] categorised, but %d [category belongs|categories belong] to no administrator",
                                listed.size(), strays.size())
                        : Counted.say(
                                "%d of %d [account|accounts] [1:needs its|need their] category confirmed: %s",
                                open, listed.size(), counts),
                findings);
    }

    /** Categories of ids that hold no role: mistyped, or left over from somebody who is gone. */
    private static List<Finding> strays(Facts facts, Administrators administrators) {
        Set<String> known = Stream.concat(
                        administrators.all().stream().map(Administrator::id),
                        facts.accounts().stream().map(Account::id))
                .map(id -> id.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return facts.designations().categories().entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Finding(
                        entry.getKey(),
                        SubjectType.PRINCIPAL,
                        entry.getKey(),
                        Details.of("S1-02.stray")
                                .with(
                                        "category",
                                        entry.getValue().written(),
                                        entry.getValue().written())))
                .toList();
    }

    private static String counts(List<Listed> listed) {
        Map<Category, Long> counts = listed.stream()
                .collect(Collectors.groupingBy(
                        one -> one.categorisation().category(),
                        () -> new EnumMap<>(Category.class),
                        Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().written())
                .collect(Collectors.joining(", "));
    }
}
