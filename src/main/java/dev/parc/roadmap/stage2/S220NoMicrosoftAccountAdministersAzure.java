package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.azure.AzureEstate;
import dev.parc.analysis.conditionalaccess.AdministratorAccounts;
import dev.parc.analysis.conditionalaccess.AdministratorAccounts.Held;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.RelevantRoles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whoever signs in with a personal account is outside every rule of the directory. */
@RoadmapItem(
        id = "S2-20",
        title = "No personal Microsoft account holds a role in Azure",
        severity = HIGH,
        effort = HOURS,
        remedy = "Assign the Azure roles to work accounts and remove them from the Microsoft accounts",
        needs = {AZURE_SUBSCRIPTIONS, ACCOUNTS},
        completedBy = {AZURE_MANAGEMENT_GROUPS, AZURE_ROLE_ASSIGNMENTS, AZURE_ELIGIBILITIES, SERVICE_PRINCIPALS},
        administrators = true,
        roles = RelevantRoles.AZURE)
public final class S220NoMicrosoftAccountAdministersAzure implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators all = Administrators.of(facts);
        AdministratorAccounts accounts = AdministratorAccounts.of(facts, all.changingAzure());
        Set<String> converted = AzureEstate.of(facts).convertedClassicAdministrators().stream()
                .map(AzureRoleAssignment::principalId)
                .collect(Collectors.toSet());
        Weighing weighing = new Weighing();
        for (Held held : accounts.held()) {
            Account account = held.account();
            String roles = all.inWords(held.administrator());
            if (account.microsoftAccount()) {
                weighing.certain(Finding.of(
                        account, Details.of("S2-20.microsoft-account").with("roles", roles)));
            } else {
                doubt(account, converted)
                        .ifPresent(why -> weighing.doubtful(Finding.of(
                                account,
                                Details.of("S2-20.unclear").with("why", why).with("roles", roles))));
            }
        }
        weighing.holdersWithoutAccount(accounts);
        int held = accounts.held().size();
        return weighing.verdict(
                        personal -> Counted.say(
                                "%d of %d [user|users] who can change something in Azure [1:is|are] Microsoft accounts",
                                personal, held),
                        unclear -> Counted.say(
                                        "%d of %d [user|users] who can change something in Azure may be Microsoft accounts, or were classic",
                                        unclear, held)
                                + " administrators; review them")
                .orElseGet(() -> nothingFound(facts, held));
    }

    private static Verdict nothingFound(Facts facts, int held) {
        if (held > 0) {
            return Verdict.pass(Counted.say(
                    "of %d [user|users] who can change something in Azure none is a Microsoft account", held));
        }
        return AzureEstate.of(facts).subscriptions().isEmpty()
                ? Verdict.notApplicable("the tenant has no Azure subscription")
                : Verdict.review("no user was found who can change something in Azure", List.of());
    }

    private static Optional<String> doubt(Account account, Set<String> converted) {
        return account.doubtAboutIssuer()
                .or(() -> converted.contains(account.id())
                        ? Optional.of("was a classic administrator, as Microsoft accounts often were, and Azure made it"
                                + " Owner when it retired these")
                        : Optional.empty());
    }
}
