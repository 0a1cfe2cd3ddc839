package dev.parc.facts.policies;

import java.util.Set;

/**
 * Values of enumerations in Conditional Access policies that PARC knows: a policy with another one is not understood whole, and a
 * change that would write one is refused. Source: the resource types of conditionalAccessPolicy.
 */
public final class PolicyValues {

    /** Of {@code clientAppTypes}. */
    public static final Set<String> CLIENT_APP_TYPES =
            Set.of("all", "browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other");

    /** Of platforms. */
    public static final Set<String> PLATFORMS =
            Set.of("all", "android", "iOS", "windows", "windowsPhone", "macOS", "linux");

    /** Of the risk of sign-ins, users and service principals. */
    public static final Set<String> RISKS = Set.of("low", "medium", "high", "hidden", "none");

    /** Of insider risk. */
    public static final Set<String> INSIDER_RISKS = Set.of("minor", "moderate", "elevated");

    /** Of authentication flows. */
    public static final Set<String> FLOWS = Set.of("deviceCodeFlow", "authenticationTransfer");

    /** Of built-in grant controls. */
    public static final Set<String> CONTROLS = Set.of(
            "block",
            "mfa",
            "compliantDevice",
            "domainJoinedDevice",
            "approvedApplication",
            "compliantApplication",
            "passwordChange",
            "riskRemediation");

    /** Of kinds of guests. */
    public static final Set<String> GUEST_TYPES = Set.of(
            "internalGuest",
            "b2bCollaborationGuest",
            "b2bCollaborationMember",
            "b2bDirectConnectUser",
            "otherExternalUser",
            "serviceProvider");

    private PolicyValues() {}
}
