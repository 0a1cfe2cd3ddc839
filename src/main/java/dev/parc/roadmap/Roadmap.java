package dev.parc.roadmap;

import dev.parc.check.Check;
import dev.parc.roadmap.breakglass.BG01EmergencyAccountsAreWatched;
import dev.parc.roadmap.breakglass.BG02PlaybookIsOnFile;
import dev.parc.roadmap.stage1.S101PimIsOn;
import dev.parc.roadmap.stage1.S102AccountsAreCategorised;
import dev.parc.roadmap.stage1.S103UnneededAccountsAreOut;
import dev.parc.roadmap.stage1.S104EmergencyAccountsExist;
import dev.parc.roadmap.stage1.S105MfaIsRegistered;
import dev.parc.roadmap.stage1.S106MfaIsRequired;
import dev.parc.roadmap.stage1.S107GlobalAdministratorsAreFew;
import dev.parc.roadmap.stage2.S201AdministratorsAreInventoried;
import dev.parc.roadmap.stage2.S202MailAddressesWork;
import dev.parc.roadmap.stage2.S203AllAdministratorsAreRegistered;
import dev.parc.roadmap.stage2.S204JustificationIsRecorded;
import dev.parc.roadmap.stage2.S205UnneededAccessIsRemoved;
import dev.parc.roadmap.stage2.S206NoMicrosoftAccountAdministers;
import dev.parc.roadmap.stage2.S209SignInsAndPasswordsAreRecent;
import dev.parc.roadmap.stage2.S210SharedPasswordsAreRecent;
import dev.parc.roadmap.stage2.S211PasswordHashesAreSynchronised;
import dev.parc.roadmap.stage2.S212MfaIsRequiredOfAllUsers;
import dev.parc.roadmap.stage2.S213IdentityProtectionIsConfigured;
import dev.parc.roadmap.stage2.S214SecureScoreIsTracked;
import dev.parc.roadmap.stage2.S215GuidanceIsReviewed;
import dev.parc.roadmap.stage2.S217ResponseOwnersAreSet;
import dev.parc.roadmap.stage2.S218OnPremisesAdministratorsAreSecured;
import dev.parc.roadmap.stage2.S219SubscriptionsAreInventoried;
import dev.parc.roadmap.stage2.S220NoMicrosoftAccountAdministersAzure;
import dev.parc.roadmap.stage2.S221AzureActivityIsMonitored;
import dev.parc.roadmap.stage2.S222PoliciesCoverApplications;
import dev.parc.roadmap.stage2.S223NoSynchronisedAccountAdministers;
import dev.parc.roadmap.stage3.S301AccessReviewsAreCompleted;
import dev.parc.roadmap.stage3.S302AdministratorsAreEligible;
import dev.parc.roadmap.stage3.S303StrongAuthenticationIsRequired;
import dev.parc.roadmap.stage3.S304AdministratorsUseWorkstations;
import dev.parc.roadmap.stage3.S305IncidentGuidanceIsReviewed;
import dev.parc.roadmap.stage3.S306RoleSettingsAreStrict;
import dev.parc.roadmap.stage3.S307LegacyAuthenticationIsBlocked;
import dev.parc.roadmap.stage3.S308Microsoft365RolesAreRight;
import dev.parc.roadmap.stage3.S309IncidentManagementIsCompared;
import dev.parc.roadmap.stage3.S310OnPremisesIsSecuredFurther;
import dev.parc.roadmap.stage3.S311DefenderPlansAreOn;
import dev.parc.roadmap.stage3.S312MachineAdministratorsAreInventoried;
import dev.parc.roadmap.stage3.S313AzureAdministratorsAreEligible;
import dev.parc.roadmap.stage3.S314AzureLogsReachTheSiem;
import dev.parc.roadmap.stage3.S315ApplicationsAreProvisioned;
import dev.parc.roadmap.stage3.S316InformationIsLabelled;
import dev.parc.roadmap.stage3.S317PoliciesDecideByGroupLocationAndApplication;
import dev.parc.roadmap.stage3.S318CloudApplicationsAreMonitored;
import dev.parc.roadmap.stage3.S319NewAdministratorsAreNoticed;
import dev.parc.roadmap.stage4.S401RolesAreStillRight;
import dev.parc.roadmap.stage4.S402DeviceAdministratorsAreReviewed;
import dev.parc.roadmap.stage4.S403Microsoft365RolesAreReviewed;
import dev.parc.roadmap.stage4.S404ResponsePlanIsValidated;
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
            new S201AdministratorsAreInventoried(),
            new S202MailAddressesWork(),
            new S203AllAdministratorsAreRegistered(),
            new S204JustificationIsRecorded(),
            new S205UnneededAccessIsRemoved(),
            new S206NoMicrosoftAccountAdministers(),
            new S209SignInsAndPasswordsAreRecent(),
            new S210SharedPasswordsAreRecent(),
            new S211PasswordHashesAreSynchronised(),
            new S212MfaIsRequiredOfAllUsers(),
            new S213IdentityProtectionIsConfigured(),
            new S214SecureScoreIsTracked(),
            new S215GuidanceIsReviewed(),
            new S217ResponseOwnersAreSet(),
            new S218OnPremisesAdministratorsAreSecured(),
            new S219SubscriptionsAreInventoried(),
            new S220NoMicrosoftAccountAdministersAzure(),
            new S221AzureActivityIsMonitored(),
            new S222PoliciesCoverApplications(),
            new S223NoSynchronisedAccountAdministers(),
            new S301AccessReviewsAreCompleted(),
            new S302AdministratorsAreEligible(),
            new S303StrongAuthenticationIsRequired(),
            new S304AdministratorsUseWorkstations(),
            new S305IncidentGuidanceIsReviewed(),
            new S306RoleSettingsAreStrict(),
            new S307LegacyAuthenticationIsBlocked(),
            new S308Microsoft365RolesAreRight(),
            new S309IncidentManagementIsCompared(),
            new S310OnPremisesIsSecuredFurther(),
            new S311DefenderPlansAreOn(),
            new S312MachineAdministratorsAreInventoried(),
            new S313AzureAdministratorsAreEligible(),
            new S314AzureLogsReachTheSiem(),
            new S315ApplicationsAreProvisioned(),
            new S316InformationIsLabelled(),
            new S317PoliciesDecideByGroupLocationAndApplication(),
            new S318CloudApplicationsAreMonitored(),
            new S319NewAdministratorsAreNoticed(),
            new S401RolesAreStillRight(),
            new S402DeviceAdministratorsAreReviewed(),
            new S403Microsoft365RolesAreReviewed(),
            new S404ResponsePlanIsValidated(),
            new S406AccessIsGrantedWhenNeeded(),
            new S407AuditLogsAreKept(),
            new S408SubscriptionOwnershipIsDetermined(),
            new BG01EmergencyAccountsAreWatched(),
            new BG02PlaybookIsOnFile());

    private Roadmap() {}

    public static List<Check> checks() {
        return CHECKS;
    }
}
