package dev.parc.analysis.emergency;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.Reach;
import dev.parc.analysis.conditionalaccess.ReachDecision;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.DirectoryRole;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who can repair federation while it does not work. Asks for what {@link Reach} rests on, and for who the administrators are.
 *
 * @param lockedOut the enabled Global Administrators, for good or eligible, who certainly do not get in then, and do otherwise
 * @param everybody whether these are certainly all there are
 */
public record FederationLoss(List<Account> lockedOut, boolean everybody) {

    public FederationLoss {
        lockedOut = List.copyOf(lockedOut);
    }

    /** Which Global Administrators are locked out while no identity provider of a federated domain answers. */
    public static FederationLoss of(Facts facts) {
        if (facts.reading(FactKind.ACCOUNTS) instanceof Reading.Unread
                || facts.reading(FactKind.CONDITIONAL_ACCESS_POLICIES) instanceof Reading.Unread) {
            return new FederationLoss(List.of(), false);
        }
        Reach reach = ConditionalAccess.of(facts).reach();
        List<Account> lockedOut = new ArrayList<>();
        boolean othersGetIn = false;
        for (Administrator one : Administrators.of(facts).in(Set.of(DirectoryRole.GLOBAL_ADMINISTRATOR))) {
            for (Account account : facts.account(one.id()).stream().toList()) {
                if (account.state() == Account.State.ENABLED) {
                    boolean down =
                            reach.decide(account, Set.of(SignInMeans.FEDERATION)) instanceof ReachDecision.LockedOut;
                    boolean up = reach.decide(account, Set.of()) instanceof ReachDecision.LockedOut;
                    othersGetIn |= !down;
                    if (down && !up) {
                        lockedOut.add(account);
                    }
                }
            }
        }
        Set<FactKind> who = EnumSet.copyOf(FactKind.ADMINISTRATORS);
        who.add(FactKind.ACCOUNTS);
        return new FederationLoss(
                lockedOut,
                !lockedOut.isEmpty()
                        && !othersGetIn
                        && UnseenHolders.gaps(facts.only(who)).isEmpty());
    }
}
