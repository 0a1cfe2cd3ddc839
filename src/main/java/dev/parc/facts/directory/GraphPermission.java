package dev.parc.facts.directory;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The application permissions of Microsoft Graph with which an application can make itself, or anybody, Global
 * Administrator. The <a href="https://learn.microsoft.com/graph/permissions-reference">permissions reference</a> gives
 * ids and descriptions, and warns of those that grant authorisation or manage credentials; the pages of the APIs that
 * they open tell that an application, unlike a user, needs no directory role beside them. {@code Directory.ReadWrite.All}
 * is not among them: it can neither assign roles, nor change role-assignable groups, nor touch credentials. Nor are those for
 * Microsoft Authenticator, Windows Hello and platform credentials, which can only be taken away by them.
 */
public enum GraphPermission {
    ROLE_MANAGEMENT(
            "RoleManagement.ReadWrite.Directory",
            "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
            "can assign any directory role"),
    ROLE_ASSIGNMENTS(
            "RoleAssignmentSchedule.ReadWrite.Directory",
            "dd199f4a-f148-40a4-a2ec-f0069cc799ec",
            "can assign any directory role in PIM"),
    ROLE_ELIGIBILITIES(
            "RoleEligibilitySchedule.ReadWrite.Directory",
            "fee28b28-e1f3-4841-818e-2704dc62245f",
            "can make anybody eligible for any directory role"),
    APP_ROLE_ASSIGNMENTS(
            "AppRoleAssignment.ReadWrite.All",
            "06b708a9-e830-4db3-a914-8e69da51d44f",
            "can grant itself every other permission"),
    APPLICATIONS(
            "Application.ReadWrite.All",
            "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
            "can add a credential to every application and act as it"),
    GROUP_ASSIGNMENTS(
            "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
            "41202f2c-f7ab-45be-b001-85c9728b9d69",
            "can make anybody a member of a role-assignable group"),
    GROUP_ELIGIBILITIES(
            "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
            "618b6020-bca8-4de6-99f6-ef445fa4d857",
            "can make anybody eligible for a role-assignable group"),
    GROUP_ACCESS(
            "PrivilegedAccess.ReadWrite.AzureADGroup",
            "2f6817f8-7b12-4f0f-bc18-eeaf60705a9e",
            "can make anybody a member of a role-assignable group"),
    AUTHENTICATION_METHODS(
            "UserAuthenticationMethod.ReadWrite.All",
            "50483e42-d915-4231-9639-7fdb7fd190e5",
            "can give any administrator's account a sign-in method of its own"),
    PASSKEYS(
            "UserAuthMethod-Passkey.ReadWrite.All",
            "0400e371-7db1-4338-a269-96069eb65227",
            "can give any administrator's account a passkey of its own"),
    /** A second factor, of sign-ins and of password resets: the first one, or another for the reset, is needed beside it. */
    PHONES(
            "UserAuthMethod-Phone.ReadWrite.All",
            "can give any administrator's account a phone number of its own, by which second factors and password resets go"),
    EMAIL(
            "UserAuthMethod-Email.ReadWrite.All",
            "can give any administrator's account an address of its own, by which password resets go"),
    SOFTWARE_TOKENS(
            "UserAuthMethod-SoftwareOATH.ReadWrite.All",
            "can give any administrator's account an authenticator app of its own, by which second factors go"),
    HARDWARE_TOKENS(
            "UserAuthMethod-HardwareOATH.ReadWrite.All",
            "can give any administrator's account a hardware token of its own, by which second factors go"),
    EXTERNAL_METHODS(
            "UserAuthMethod-External.ReadWrite.All",
            "can let a provider outside the tenant vouch for the MFA of any administrator's account"),
    QR_CODES(
            "UserAuthMethod-QR.ReadWrite.All",
            "can give any administrator's account a QR code and a PIN to sign in with, where these are allowed"),
    TEMPORARY_ACCESS_PASSES(
            "UserAuthMethod-TAP.ReadWrite.All",
            "627169a8-8c15-451c-861a-5b80e383de5c",
            "can give any administrator's account a Temporary Access Pass and sign in with it"),
    ORGANIZATION(
            "Organization.ReadWrite.All",
            "292d869f-3427-49a8-9dab-8c70152b74e9",
            "can let certificates of an authority of its own sign in any account"),
    DOMAINS(
            "Domain.ReadWrite.All",
            "7e05723c-0bb0-42da-be95-ae9f08a6e53c",
            "can let a domain's sign-ins be vouched for by a server of its own"),
    FEDERATIONS(
            "Domain-InternalFederation.ReadWrite.All",
            "64d40371-8d58-4270-bc8a-b4a66de36b9a",
            "can let a domain's sign-ins be vouched for by a server of its own");

    private final String value;
    private final Optional<String> appRoleId;
    private final String power;

    GraphPermission(String value, String appRoleId, String power) {
        this.value = value;
        this.appRoleId = Optional.of(appRoleId);
        this.power = power;
    }

    /** One that is known by its name only, which the tenant's own list of permissions tells. */
    GraphPermission(String value, String power) {
        this.value = value;
        this.appRoleId = Optional.empty();
        this.power = power;
    }

    /** The permission of this app role id; empty for one that does not lead to Global Administrator. */
    public static Optional<GraphPermission> of(String appRoleId) {
        Optional<String> id = Optional.of(appRoleId.toLowerCase(Locale.ROOT));
        return Stream.of(values())
                .filter(permission -> permission.appRoleId.equals(id))
                .findFirst();
    }

    /** The permission of this name; empty for one that does not lead to Global Administrator. */
    public static Optional<GraphPermission> named(String value) {
        return Stream.of(values())
                .filter(permission -> permission.value.equals(value))
                .findFirst();
    }

    /** The name by which it is granted. */
    public String value() {
        return value;
    }

    /** The id of the app role on the Microsoft Graph service principal, the same in every tenant; empty if not known here. */
    public Optional<String> appRoleId() {
        return appRoleId;
    }

    /** What makes it dangerous, with the application as the subject. */
    public String power() {
        return power;
    }
}
