package dev.parc.roadmap;

import dev.parc.check.Check;
import dev.parc.roadmap.stage1.S101PimIsOn;
import dev.parc.roadmap.stage1.S102AccountsAreCategorised;
import dev.parc.roadmap.stage1.S103UnneededAccountsAreOut;
import dev.parc.roadmap.stage1.S104EmergencyAccountsExist;
import dev.parc.roadmap.stage1.S105MfaIsRegistered;
import dev.parc.roadmap.stage1.S106MfaIsRequired;
import dev.parc.roadmap.stage1.S107GlobalAdministratorsAreFew;
import dev.parc.roadmap.stage2.S202MailAddressesWork;
import dev.parc.roadmap.stage2.S203AllAdministratorsAreRegistered;
import dev.parc.roadmap.stage2.S206NoMicrosoftAccountAdministers;
import dev.parc.roadmap.stage2.S209SignInsAndPasswordsAreRecent;
import dev.parc.roadmap.stage2.S210SharedPasswordsAreRecent;
import dev.parc.roadmap.stage2.S223NoSynchronisedAccountAdministers;
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
            new S206NoMicrosoftAccountAdministers(),
            new S209SignInsAndPasswordsAreRecent(),
            new S210SharedPasswordsAreRecent(),
            new S223NoSynchronisedAccountAdministers());

    private Roadmap() {}

    public static List<Check> checks() {
        return CHECKS;
    }
}
