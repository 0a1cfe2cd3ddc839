package dev.parc.analysis.signin;

import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.signin.AuthenticationStrengths.Level;
import dev.parc.facts.Designations;
import java.util.EnumSet;
import java.util.Set;

/** What may be asked of every sign-in of an account; ask by {@link ConditionalAccess#require}. */
public enum Requirement {
    /** More than one factor. */
    MFA("MFA", "need no MFA", Level.SINGLE_FACTOR),
    /** Methods that cannot be phished: Windows Hello for Business, passkeys (FIDO2), certificates with two factors. */
    PHISHING_RESISTANT_MFA("phishing-resistant MFA", "need no phishing-resistant MFA", Level.MFA),
    /** No sign-in by a client that cannot do MFA: Exchange ActiveSync and other legacy clients. */
    LEGACY_AUTHENTICATION_BLOCKED("legacy authentication blocked", "not be blocked", Level.SINGLE_FACTOR),
    /** A device that Intune calls compliant. */
    COMPLIANT_DEVICE("a compliant device", "need no compliant device", Level.PHISHING_RESISTANT),
    /** A device that is joined to Active Directory and to Microsoft Entra ID. */
    HYBRID_JOINED_DEVICE("a hybrid joined device", "need no hybrid joined device", Level.PHISHING_RESISTANT),
    /** A compliant or a hybrid joined device. */
    MANAGED_DEVICE(
            "a compliant or hybrid joined device",
            "need neither a compliant nor a hybrid joined device",
            Level.PHISHING_RESISTANT),
    /**
     * A privileged access workstation, known by {@link Designations#workstationFilter}. Met where sign-ins from devices
     * that do not match this very rule are blocked, or where nothing but the rule lets them out of a block.
     */
    PRIVILEGED_WORKSTATION(
            "a privileged access workstation", "need no privileged access workstation", Level.PHISHING_RESISTANT),
    /** MFA, or no sign-in at all, where the sign-in risk is medium or high. */
    MFA_AT_SIGN_IN_RISK("MFA at medium or high sign-in risk", "need no MFA", Level.SINGLE_FACTOR),
    /** A change of the password or another remedy, or no sign-in at all, where the user risk is high. */
    REMEDY_AT_USER_RISK(
            "a password change or other remedy at high user risk", "need no remedy", Level.PHISHING_RESISTANT);

    private static final Set<Requirement> OF_DEVICE =
            EnumSet.of(COMPLIANT_DEVICE, HYBRID_JOINED_DEVICE, MANAGED_DEVICE, PRIVILEGED_WORKSTATION);

    private final String title;
    private final String lack;
    private final Level brings;

    Requirement(String title, String lack, Level brings) {
        this.title = title;
        this.lack = lack;
        this.brings = brings;
    }

    /** In words, to stand after "needs". */
    public String title() {
        return title;
    }

    /** What a sign-in without it may do, to stand after "might". */
    public String lack() {
        return lack;
    }

    /** The best authentication that a sign-in without it brings. */
    public Level brings() {
        return brings;
    }

    /** Whether it is about the device and not about the person. */
    public boolean ofDevice() {
        return OF_DEVICE.contains(this);
    }
}
