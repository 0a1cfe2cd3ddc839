package dev.parc.roadmap.stage4;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.APPLICATION_USE;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.PIM_ACTIVATIONS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.FactKind.SIGN_INS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;

import dev.parc.analysis.accounts.UnneededHolders;
import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.Holding;
import dev.parc.analysis.administrators.IdleEligibility;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.PrincipalType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows where somebody may hold more than needed; that a role is needed, and no narrower one would do, its owner says. */
@RoadmapItem(
        id = "S4-01",
        title = "Administrators hold only the roles they need",
        severity = MEDIUM,
        effort = DAYS,
        remedy = "Give each listed administrator the least privileged role for their tasks, and attest it",
        needs = {ACCOUNTS, SERVICE_PRINCIPALS},
        completedBy = {ORGANIZATION, SIGN_INS},
        signals = {APPLICATION_USE, PIM_ACTIVATIONS},
        administrators = true,
        attests = {
            "Everyone who holds a role needs it, and no narrower role would do.",
            "We have compared the roles in use with today's built-in roles."
        })
public final class S401RolesAreStillRight implements Check {

    private static final int MANY = 5;

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators all = Administrators.of(facts);
        List<Administrator> administrators = all.all();
        UnneededHolders unneeded = UnneededHolders.of(facts, administrators);
        Map<Administrator, List<String>> hints = new LinkedHashMap<>();
        if (!unneeded.holders().isEmpty()) {
            return Verdict.fail(
                    "%d of %d who hold a role appear not to need one"
                            .formatted(unneeded.holders().size(), administrators.size()),
                    unneeded.holders().stream()
                            .map(holder -> Finding.of(facts, holder))
                            .toList());
        }
        if (!unneeded.unknown().isEmpty()) {
            return Verdict.notAssessed(unneeded.unknown());
        }
        Map<String, IdleEligibility> idle = new LinkedHashMap<>();
        IdleEligibility.of(facts).forEach(one -> idle.put(one.roles().id(), one));
        for (Administrator one : administrators) {
            List<String> words = hints(all, one);
            Optional.ofNullable(idle.get(one.id())).ifPresent(unused -> words.add(unused.inWords(all)));
            unneeded.unused().stream()
                    .filter(unused -> unused.administrator().equals(one))
                    .forEach(unused -> words.add(unused.why()));
            if (!words.isEmpty()) {
                hints.put(one, words);
            }
        }
        return Verdict.attest(
                Counted.say(
                        "%d [holds|hold] a role, and %d of them may hold more than they need",
                        administrators.size(), hints.size()),
                hints.entrySet().stream()
                        .map(hint -> Finding.of(
                                facts,
                                hint.getKey(),
                                Details.of("S4-01.hints").with("hints", String.join("; ", hint.getValue()))))
                        .toList());
    }

    private static List<String> hints(Administrators all, Administrator one) {
        List<String> words = new ArrayList<>();
        List<String> roles = one.holdings().stream()
                .map(holding -> all.templateId(holding.roleId()))
                .distinct()
                .toList();
        boolean global = one.holding(
                        holding -> all.templateId(holding.roleId()).equals(GLOBAL_ADMINISTRATOR.templateId())
                                && !holding.limited())
                .isPresent();
        if (global && roles.size() > 1) {
            words.add(Counted.say(
                    "holds Global Administrator and %d other [role|roles], which that contains", roles.size() - 1));
        } else if (roles.size() > MANY) {
            words.add(Counted.say("holds %d [role|roles]", roles.size()));
        }
        if (global && one.type() == PrincipalType.SERVICE_PRINCIPAL) {
            words.add("is an application and holds Global Administrator; give it the permissions that it uses instead");
        }
        if (one.holdings().stream().map(Holding::roleId).anyMatch(role -> all.isCustom(role))) {
            words.add("holds a custom role, which may allow more than its name says");
        }
        return words;
    }
}
