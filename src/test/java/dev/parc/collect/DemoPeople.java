package dev.parc.collect;

import static dev.parc.collect.DemoTenant.DOMAIN;
import static dev.parc.collect.DemoTenant.HELPDESK_ADMINISTRATOR;
import static dev.parc.collect.DemoTenant.INITIAL_DOMAIN;
import static dev.parc.collect.DemoTenant.SECURITY_ADMINISTRATOR;
import static dev.parc.collect.DemoTenant.USER_ADMINISTRATOR;
import static dev.parc.collect.FakeTenant.json;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.SHAREPOINT_ADMINISTRATOR;

import dev.parc.facts.directory.GraphPermission;
import java.util.Map;
import java.util.stream.IntStream;

/** Who is in the tenant of the demo, and who administers it how. */
final class DemoPeople {

    private final FakeTenant tenant;

    DemoPeople(FakeTenant tenant) {
        this.tenant = tenant;
    }

    private static final int EMPLOYEES = 48;

    void organisation() {
        tenant.plan("EXCHANGEENTERPRISE", "EXCHANGE_S_ENTERPRISE");
        tenant.domain(DOMAIN, false, false);
        tenant.role(USER_ADMINISTRATOR, "User Administrator");
        tenant.role(SECURITY_ADMINISTRATOR, "Security Administrator");
        tenant.role(HELPDESK_ADMINISTRATOR, "Helpdesk Administrator");
        IntStream.rangeClosed(1, EMPLOYEES)
                .mapToObj("employee-%02d"::formatted)
                .forEach(name -> tenant.user(name, name + "@" + DOMAIN));
    }

    /** The emergency accounts, and the group that keeps them out of Conditional Access. */
    String breakGlass() {
        String one = administrator("bg-one", "Break Glass One", "2026-06-15T09:00:00Z");
        String two = administrator("bg-two", "Break Glass Two", "2026-06-15T09:20:00Z");
        tenant.registration(one, true, "fido2SecurityKey");
        tenant.registration(two, true, "fido2SecurityKey");
        tenant.permanent(one, GLOBAL_ADMINISTRATOR.templateId());
        tenant.permanent(two, GLOBAL_ADMINISTRATOR.templateId());
        return tenant.group("sg-break-glass", one, two);
    }

    void administrators() {
        String adele = administrator("adm.vance", "Adele Vance (admin)", "2026-08-31T06:12:09Z");
        tenant.eligible(adele, GLOBAL_ADMINISTRATOR.templateId());

        String marco = administrator("adm.keller", "Marco Keller (admin)", "2026-09-01T07:02:51Z");
        tenant.activated(marco, GLOBAL_ADMINISTRATOR.templateId(), "2026-09-01T15:02:44Z");
        tenant.permanent(marco, SECURITY_ADMINISTRATOR);

        String priya = tenant.user("Priya Nair", "priya.nair@" + DOMAIN);
        tenant.object(priya).put("onPremisesSyncEnabled", true).put("mail", "priya.nair@" + DOMAIN);
        tenant.object(priya).withArray("assignedPlans").add(json("{service:'exchange', capabilityStatus:'Enabled'}"));
        tenant.permanent(priya, EXCHANGE_ADMINISTRATOR.templateId());

        String sam = administrator("adm.okoro", "Sam Okoro (admin)", "2026-08-30T10:00:00Z");
        tenant.object(sam).putNull("signInActivity");
        tenant.timeBound(sam, EXCHANGE_ADMINISTRATOR.templateId(), "2026-12-31T23:00:00Z");

        String lena = administrator("adm.fischer", "Lena Fischer (admin)", "2026-01-09T16:41:00Z");
        tenant.object(lena).put("accountEnabled", false);
        tenant.permanent(lena, SHAREPOINT_ADMINISTRATOR.templateId());

        administratorsByGroup();
        outsiders();
        applications();
    }

    /** Addresses of all but one, one who reads mail with the account that administers, and what employees did. */
    void mailAndUse() {
        Map.of(
                        "adm.vance",
                        "adele.vance",
                        "adm.okoro",
                        "sam.okoro",
                        "adm.berg",
                        "tomas.berg",
                        "adm.costa",
                        "ines.costa")
                .forEach((account, owner) -> tenant.object(FakeTenant.id(account))
                        .withArray("otherMails")
                        .add(owner + "@" + DOMAIN));
        String marco = FakeTenant.id("adm.keller");
        tenant.object(marco).put("mail", "adm.keller@" + DOMAIN);
        tenant.object(marco).withArray("assignedPlans").add(json("{service:'exchange', capabilityStatus:'Enabled'}"));
        tenant.object(marco).put("lastPasswordChangeDateTime", "2026-01-19T08:05:00Z");
        tenant.mailbox(marco, "user");
        tenant.used(marco, "Exchange", "2026-08-29");
        tenant.used(marco, "Teams", "2026-08-28");
        String priya = FakeTenant.id("Priya Nair");
        tenant.mailbox(priya, "user");
        tenant.used(priya, "Exchange", "2026-08-30");
        tenant.used(priya, "OneDrive", "2026-08-27");
        String ines = FakeTenant.id("adm.costa");
        tenant.used(ines, "SharePoint", "2026-08-26");
        IntStream.rangeClosed(1, EMPLOYEES)
                .forEach(number -> tenant.used(
                        FakeTenant.id("employee-%02d".formatted(number)),
                        "Teams",
                        "2026-08-%02d".formatted(1 + number % 30)));
    }

    /** By a group, by a group that may join a group, and by PIM for Groups. */
    void administratorsByGroup() {
        String tomas = administrator("adm.berg", "Tomas Berg (admin)", "2026-08-27T13:30:00Z");
        String ines = administrator("adm.costa", "Ines Costa (admin)", "2026-08-20T08:15:00Z");
        String jonas = administrator("adm.weber", "Jonas Weber (admin)", "2026-08-29T11:45:30Z");
        String roleAdministrators = tenant.group("sg-role-privileged-role-administrators");
        tenant.groupAssigned(roleAdministrators, tomas);
        tenant.permanent(roleAdministrators, PRIVILEGED_ROLE_ADMINISTRATOR.templateId());
        String identityTeam = tenant.group("sg-identity-team", ines);
        tenant.groupEligible(roleAdministrators, identityTeam);
        tenant.permanent(ines, HELPDESK_ADMINISTRATOR);
        String sharePointAdministrators = tenant.group("sg-role-sharepoint-administrators");
        tenant.groupEligible(sharePointAdministrators, jonas);
        tenant.permanent(sharePointAdministrators, SHAREPOINT_ADMINISTRATOR.templateId());
    }

    void outsiders() {
        String dana = guest("Dana Reyes (Fabrikam)", "dana.reyes_fabrikam.com", "ExternalAzureAD");
        tenant.timeBound(dana, EXCHANGE_ADMINISTRATOR.templateId(), "2026-10-31T17:00:00Z");

        String hana = guest("Hana Sato", "hana.sato_outlook.com", "MicrosoftAccount");
        signedIn(hana, "2026-02-11T19:05:12Z");
        tenant.eligible(hana, SHAREPOINT_ADMINISTRATOR.templateId());
        tenant.assignedFrom(
                hana, SHAREPOINT_ADMINISTRATOR.templateId(), "2026-10-05T06:00:00Z", "2026-10-16T16:00:00Z");
    }

    void applications() {
        String archive = tenant.servicePrincipal("Contoso Mail Archive");
        tenant.permanent(archive, EXCHANGE_ADMINISTRATOR.templateId());
        tenant.lastUsed(archive, "2026-08-31T02:00:00Z");
        String identity = tenant.servicePrincipal("func-joiner-leaver");
        tenant.object(identity).put("servicePrincipalType", "ManagedIdentity");
        tenant.permanent(identity, USER_ADMINISTRATOR);
    }

    /** Two employees who hold no role and are one step away from one. */
    void waysIn() {
        tenant.owner(FakeTenant.id("sg-role-sharepoint-administrators"), FakeTenant.id("employee-07"));
        String onboarding = tenant.servicePrincipal("Contoso Onboarding Portal");
        tenant.graphAppRole(onboarding, FakeTenant.appRoleId(GraphPermission.APP_ROLE_ASSIGNMENTS.value()));
        tenant.owner(FakeTenant.registration("Contoso Onboarding Portal"), FakeTenant.id("employee-21"));
    }

    /** A cloud-only account for administration, which last signed in then. */
    String administrator(String name, String displayName, String signedInAt) {
        String id = tenant.user(name);
        tenant.object(id).put("displayName", displayName);
        signedIn(id, signedInAt);
        return id;
    }

    String guest(String displayName, String name, String issuer) {
        String id = tenant.user(displayName, name + "#EXT#@" + INITIAL_DOMAIN);
        tenant.object(id)
                .put("userType", "Guest")
                .put("externalUserState", "Accepted")
                .put("mail", name.replace('_', '@'))
                .putArray("identities")
                .add(json("{signInType:'federated', issuerAssignedId:null}").put("issuer", issuer));
        return id;
    }

    void signedIn(String id, String at) {
        tenant.object(id)
                .putObject("signInActivity")
                .put("lastSignInDateTime", at)
                .put("lastSuccessfulSignInDateTime", at);
    }
}
