package dev.parc.analysis.accounts;

import static dev.parc.check.TenantBuilder.Change.GUEST;
import static dev.parc.check.TenantBuilder.Change.MAILBOX;
import static dev.parc.check.TenantBuilder.Change.SYNCED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.TenantBuilder;
import dev.parc.facts.Category;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.Microsoft365Activity;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Microsoft365Service;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DailyUseTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final DailyUse NONE = new DailyUse(List.of(), List.of(), List.of());

    private static DailyUse of(TenantBuilder tenant, Account account) {
        return DailyUse.of(tenant.facts(), account);
    }

    @Test
    void nothingTellsOfAny() {
        assertThat(of(tenant().usedNoMicrosoft365(ANN), ANN)).isEqualTo(NONE);
    }

    @Test
    void mailOfThirtyDaysAgoIsDayToDayAndOfThirtyOneIsNot() {
        Account withMailbox = account("ann@contoso.com", MAILBOX);
        assertThat(of(tenant().usedMicrosoft365(ANN, Microsoft365Service.EXCHANGE, 30), withMailbox)
                        .certain())
                .containsExactly("used mail on 2026-08-02");
        assertThat(of(tenant().usedMicrosoft365(ANN, Microsoft365Service.EXCHANGE, 31), ANN))
                .isEqualTo(NONE);
    }

    @Test
    void administeringSharePointMayLookLikeUsingIt() {
        assertThat(of(tenant().usedMicrosoft365(ANN, Microsoft365Service.SHAREPOINT, 3), ANN))
                .isEqualTo(new DailyUse(
                        List.of(),
                        List.of("used SharePoint on 2026-08-29, which administering it may look like too"),
                        List.of()));
    }

    @Test
    void servicesAreToldTogether() {
        Microsoft365Activity activity = new Microsoft365Activity(
                ANN.id(),
                LocalDate.parse("2026-08-30"),
                true,
                Map.of(
                        Microsoft365Service.TEAMS, LocalDate.parse("2026-08-28"),
                        Microsoft365Service.EXCHANGE, LocalDate.parse("2026-08-29"),
                        Microsoft365Service.ONEDRIVE, LocalDate.parse("2026-08-27")));
        DailyUse use = of(tenant().add(FactKind.MICROSOFT_365_ACTIVITY, activity), account("ann@contoso.com", MAILBOX));
        assertThat(use.certain()).containsExactly("used mail on 2026-08-29, Teams on 2026-08-28");
        assertThat(use.possible())
                .containsExactly(
                        "used OneDrive on 2026-08-27, which administering it may look like too", "has a mailbox");
    }

    @Test
    void mailThatWasReadWhileThereWasAMailboxIsForAPersonToJudge() {
        DailyUse use = of(
                tenant().usedMicrosoft365(ANN, Microsoft365Service.EXCHANGE, 3)
                        .usedMicrosoft365(account("bob@contoso.com"), Microsoft365Service.TEAMS, 3),
                ANN);
        assertThat(use.certain()).isEmpty();
        assertThat(use.possible()).containsExactly("used mail on 2026-08-29, and has no mailbox any more");
    }

    @Test
    void theOperatorSaysThatItIsAlsoForDailyWork() {
        assertThat(of(tenant().usedNoMicrosoft365(ANN).category(ANN, Category.DUAL_USE), ANN)
                        .certain())
                .containsExactly("is also used for day-to-day work, the operator says");
    }

    @Test
    void whatItLooksLikeIsSettledByTheOperatorsWord() {
        Account both = account("ann@contoso.com", SYNCED, MAILBOX);
        TenantBuilder tenant = tenant().usedMicrosoft365(both, Microsoft365Service.EXCHANGE, 31);
        assertThat(of(tenant, both).possible())
                .containsExactly(
                        "is synchronised from on-premises, as accounts for day-to-day work are", "has a mailbox");
        assertThat(of(tenant.category(both, Category.DEDICATED), both)).isEqualTo(NONE);
    }

    @Test
    void mailThatWasReadIsNotSettledByTheOperatorsWord() {
        assertThat(of(
                                tenant().usedMicrosoft365(ANN, Microsoft365Service.TEAMS, 1)
                                        .category(ANN, Category.DEDICATED),
                                ANN)
                        .certain())
                .containsExactly("used Teams on 2026-08-31");
    }

    @Test
    void aMailboxThatTheReportDoesNotListIsForAPerson() {
        Account ben = account("ben@contoso.com", MAILBOX);
        assertThat(of(tenant().usedNoMicrosoft365(ben).category(ben, Category.DEDICATED), ben)
                        .possible())
                .containsExactly("has a mailbox, and the usage report does not list it");
    }

    @Test
    void whatAGuestDoesAtHomeIsNotSeen() {
        Account guest = account("guest@contoso.com", GUEST);
        assertThat(of(tenant().usedNoMicrosoft365(guest), guest).possible())
                .containsExactly("is an external account, whose use at home cannot be seen");
    }

    @Test
    void anAccountOfWhichNothingWasReadIsUnknownAndNotUnused() {
        assertThat(of(tenant(), ANN).unknown())
                .containsExactly("administrators' activity in Microsoft 365: nothing is known of ann@contoso.com");
    }

    @Test
    void withoutMicrosoft365ThereIsNothingToUse() {
        assertThat(of(tenant().without(Licence.MICROSOFT_365), ANN)).isEqualTo(NONE);
    }
}
