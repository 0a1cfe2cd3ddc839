package dev.parc.facts;

/** What may be asked of every sign-in of an account. */
public enum Requirement {
    /** More than one factor. */
    MFA("MFA"),
    /** Methods that cannot be phished: Windows Hello for Business, passkeys (FIDO2), certificates with two factors. */
    PHISHING_RESISTANT_MFA("phishing-resistant MFA"),
    /** No sign-in by a client that cannot do MFA: Exchange ActiveSync and other legacy clients. */
    LEGACY_AUTHENTICATION_BLOCKED("legacy authentication blocked"),
    /** A device that Intune calls compliant. */
    COMPLIANT_DEVICE("a compliant device"),
    /** A device that is joined to Active Directory and to Microsoft Entra ID. */
    HYBRID_JOINED_DEVICE("a hybrid joined device"),
    /** A compliant or a hybrid joined device. */
    MANAGED_DEVICE("a compliant or hybrid joined device"),
    /** MFA, or no sign-in at all, where the sign-in risk is medium or high. */
    MFA_AT_SIGN_IN_RISK("MFA at medium or high sign-in risk");

    private final String title;

    Requirement(String title) {
        this.title = title;
    }

    /** In words, to stand after "needs". */
    public String title() {
        return title;
    }
}
