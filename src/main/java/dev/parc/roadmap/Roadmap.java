package dev.parc.roadmap;

import dev.parc.check.Check;
import dev.parc.roadmap.breakglass.BG01EmergencyAccountsAreWatched;
import dev.parc.roadmap.stage1.S101PimIsOn;
import dev.parc.roadmap.stage1.S102AccountsAreCategorised;
import dev.parc.roadmap.stage1.S103UnneededAccountsAreOut;
import dev.parc.roadmap.stage1.S104EmergencyAccountsExist;
import dev.parc.roadmap.stage1.S105MfaIsRegistered;
import dev.parc.roadmap.stage1.S106MfaIsRequired;
import dev.parc.roadmap.stage1.S107GlobalAdministratorsAreFew;
import dev.parc.roadmap.stage2.S202MailAddressesWork;
import dev.parc.roadmap.stage2.S203AllAdministratorsAreRegistered;
import dev.parc.roadmap.stage2.S205UnneededAccessIsRemoved;
import dev.parc.roadmap.stage2.S206NoMicrosoftAccountAdministers;
import dev.parc.roadmap.stage2.S209SignInsAndPasswordsAreRecent;
import dev.parc.roadmap.stage2.S210SharedPasswordsAreRecent;
import dev.parc.roadmap.stage2.S212MfaIsRequiredOfAllUsers;
import dev.parc.roadmap.stage2.S213IdentityProtectionIsConfigured;
import dev.parc.roadmap.stage2.S217ResponseOwnersAreSet;
import dev.parc.roadmap.stage2.S219SubscriptionsAreInventoried;
import dev.parc.roadmap.stage2.S220NoMicrosoftAccountAdministersAzure;
import dev.parc.roadmap.stage2.S221AzureActivityIsMonitored;
import dev.parc.roadmap.stage2.S222PoliciesCoverApplications;
import dev.parc.roadmap.stage2.S223NoSynchronisedAccountAdministers;
import dev.parc.roadmap.stage3.S302AdministratorsAreEligible;
import dev.parc.roadmap.stage3.S303StrongAuthenticationIsRequired;
import dev.parc.roadmap.stage3.S304AdministratorsUseWorkstations;
import dev.parc.roadmap.stage3.S306RoleSettingsAreStrict;
import dev.parc.roadmap.stage3.S307LegacyAuthenticationIsBlocked;
import dev.parc.roadmap.stage3.S311DefenderPlansAreOn;
import dev.parc.roadmap.stage3.S312MachineAdministratorsAreInventoried;
import dev.parc.roadmap.stage3.S313AzureAdministratorsAreEligible;
import dev.parc.roadmap.stage3.S314AzureLogsReachTheSiem;
import dev.parc.roadmap.stage3.S315ApplicationsAreProvisioned;
import dev.parc.roadmap.stage3.S316InformationIsLabelled;
import dev.parc.roadmap.stage3.S317PoliciesDecideByGroupLocationAndApplication;
import dev.parc.roadmap.stage3.S318CloudApplicationsAreMonitored;
import dev.parc.roadmap.stage4.S406AccessIsGrantedWhenNeeded;
import dev.parc.roadmap.stage4.S407AuditLogsAreKept;
import dev.parc.roadmap.stage4.S408SubscriptionOwnershipIsDetermined;
import java.util.List;

/** All checks, in the order of the published roadmap. */
public final class Roadmap {

    private static final List<Check> CHECKS = List.of(
            new S101PimIsOn(),
            new S102AccountsAreCategorised(),
            new S103UnneededAccountsAreOut(),
            new S104EmergencyAccountsExist(),
            new S105MfaIsRegistered(),
            new S106MfaIsRequired(),
            new S107GlobalAdministratorsAreFew(),
            new S202MailAddressesWork(),
            new S203AllAdministratorsAreRegistered(),
            new S205UnneededAccessIsRemoved(),
            new S206NoMicrosoftAccountAdministers(),
            new S209SignInsAndPasswordsAreRecent(),
            new S210SharedPasswordsAreRecent(),
            new S212MfaIsRequiredOfAllUsers(),
            new S213IdentityProtectionIsConfigured(),
            new S217ResponseOwnersAreSet(),
            new S219SubscriptionsAreInventoried(),
            new S220NoMicrosoftAccountAdministersAzure(),
            new S221AzureActivityIsMonitored(),
            new S222PoliciesCoverApplications(),
            new S223NoSynchronisedAccountAdministers(),
            new S302AdministratorsAreEligible(),
            new S303StrongAuthenticationIsRequired(),
            new S304AdministratorsUseWorkstations(),
            new S306RoleSettingsAreStrict(),
            new S307LegacyAuthenticationIsBlocked(),
            new S311DefenderPlansAreOn(),
            new S312MachineAdministratorsAreInventoried(),
            new S313AzureAdministratorsAreEligible(),
            new S314AzureLogsReachTheSiem(),
            new S315ApplicationsAreProvisioned(),
            new S316InformationIsLabelled(),
            new S317PoliciesDecideByGroupLocationAndApplication(),
            new S318CloudApplicationsAreMonitored(),
            new S406AccessIsGrantedWhenNeeded(),
            new S407AuditLogsAreKept(),
            new S408SubscriptionOwnershipIsDetermined(),
            new BG01EmergencyAccountsAreWatched());

    private Roadmap() {}

    public static List<Check> checks() {
        return CHECKS;
    }
}
