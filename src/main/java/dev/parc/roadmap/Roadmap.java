package dev.parc.roadmap;

import dev.parc.check.Check;
import dev.parc.roadmap.stage1.S101PimIsOn;
import dev.parc.roadmap.stage1.S102AccountsAreCategorised;
import dev.parc.roadmap.stage1.S103UnneededAccountsAreOut;
import dev.parc.roadmap.stage1.S104EmergencyAccountsExist;
import dev.parc.roadmap.stage1.S105MfaIsRegistered;
import dev.parc.roadmap.stage1.S106MfaIsRequired;
import dev.parc.roadmap.stage1.S107GlobalAdministratorsAreFew;
import dev.parc.roadmap.stage2.S222PoliciesCoverApplications;
import dev.parc.roadmap.stage3.S315ApplicationsAreProvisioned;
import dev.parc.roadmap.stage3.S316InformationIsLabelled;
import dev.parc.roadmap.stage3.S317PoliciesDecideByGroupLocationAndApplication;
import dev.parc.roadmap.stage3.S318CloudApplicationsAreMonitored;
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
            new S222PoliciesCoverApplications(),
            new S315ApplicationsAreProvisioned(),
            new S316InformationIsLabelled(),
            new S317PoliciesDecideByGroupLocationAndApplication(),
            new S318CloudApplicationsAreMonitored());

    private Roadmap() {}

    public static List<Check> checks() {
        return CHECKS;
    }
}
