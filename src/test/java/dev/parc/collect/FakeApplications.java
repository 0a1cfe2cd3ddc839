package dev.parc.collect;

import static dev.parc.collect.FakeTenant.appId;
import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Fills a {@link FakeTenant} with applications, their permissions and their provisioning. */
interface FakeApplications extends FakeContents {

    String ENTERPRISE_TAG = "WindowsAzureActiveDirectoryIntegratedApp";

    String MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000";

    /** Adds an enabled application of the tenant, and gives the id of its service principal. */
    default String servicePrincipal(String name) {
        String id = id(name);
        ObjectNode application = json("{servicePrincipalType:'Application', accountEnabled:true}");
        application.put("@odata.type", "#microsoft.graph.servicePrincipal").put("id", id);
        application.put("appId", id("app of " + name)).put("displayName", name);
        application.put("appOwnerOrganizationId", FakeTenant.TENANT_ID);
        directory().store("/servicePrincipals/" + id, application);
        add("/servicePrincipals", application);
        ObjectNode registration = json("{'@odata.type':'#microsoft.graph.application'}");
        registration.put("id", id("registration of " + name)).put("appId", id("app of " + name));
        add("/applications", registration);
        return id;
    }

    /** Adds an enabled application that users sign in to, and gives the id of its service principal. */
    default String enterpriseApplication(String name) {
        String id = servicePrincipal(name);
        object(id).putArray("tags").add(ENTERPRISE_TAG);
        return id;
    }

    /** Publishes an application on-premises, and gives its id. */
    default String published(String name, String authentication) {
        ObjectNode application = json("{'@odata.type':'#microsoft.graph.application'}");
        application
                .put("id", id("registration of " + name))
                .put("appId", appId(name))
                .put("displayName", name);
        application
                .putObject("onPremisesPublishing")
                .put("isOnPremPublishingEnabled", true)
                .put("externalAuthenticationType", authentication)
                .put("internalUrl", "https://" + name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".corp.test/")
                .put("externalUrl", "https://" + name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".msappproxy.test/");
        add("/beta/applications", application);
        ObjectNode principal = json("{servicePrincipalType:'Application', accountEnabled:true}");
        principal.put("@odata.type", "#microsoft.graph.servicePrincipal").put("id", id("principal of " + name));
        principal.put("appId", appId(name)).put("displayName", name);
        principal.put("appOwnerOrganizationId", FakeTenant.TENANT_ID);
        directory().store("/servicePrincipals/" + id("principal of " + name), principal);
        add("/servicePrincipals", principal);
        return application.path("id").asText();
    }

    /** Gives the application a provisioning job that stands like this. */
    default ObjectNode provisioning(String servicePrincipalId, String code) {
        ObjectNode job = json("{templateId:'scim', schedule:{state:'Active', interval:'PT40M'}}");
        job.put("id", "scim." + FakeTenant.TENANT_ID.replace("-", "") + "." + id("job of " + servicePrincipalId));
        job.putObject("status").put("code", code);
        return add("/servicePrincipals/" + servicePrincipalId + "/synchronization/jobs", job);
    }

    /** The application has a template to make a provisioning job from. */
    default void provisionable(String servicePrincipalId, String template) {
        add(
                "/servicePrincipals/" + servicePrincipalId + "/synchronization/templates",
                json("{default:true}").put("id", template));
    }

    /** Where a provisioning job goes, by its schema. */
    default void direction(
            String servicePrincipalId, ObjectNode job, @Nullable String source, @Nullable String target) {
        ObjectNode schema = json("{version:'1'}");
        schema.putArray("synchronizationRules")
                .addObject()
                .put("sourceDirectoryName", source)
                .put("targetDirectoryName", target);
        directory()
                .store(
                        "/servicePrincipals/" + servicePrincipalId + "/synchronization/jobs/"
                                + job.path("id").asText() + "/schema",
                        schema);
    }

    /** Somebody is assigned to the application. */
    default void assigned(String servicePrincipalId, String principalId) {
        add(
                "/servicePrincipals/" + servicePrincipalId + "/appRoleAssignedTo",
                json("{principalType:'User'}").put("principalId", principalId));
    }

    /** The service principal was last used then as a client by itself, and as a resource later; null for never. */
    default void lastUsed(String servicePrincipalId, @Nullable String at) {
        ObjectNode row = json("{delegatedClientSignInActivity:null}");
        row.put("id", id("use of " + servicePrincipalId))
                .put("appId", object(servicePrincipalId).path("appId").asText());
        row.putObject("applicationAuthenticationClientSignInActivity")
                .put("lastSignInDateTime", at == null ? "0001-01-01T00:00:00Z" : at);
        row.putObject("applicationAuthenticationResourceSignInActivity")
                .put("lastSignInDateTime", "2026-08-31T00:00:00Z");
        add("/beta/reports/servicePrincipalSignInActivities", row);
    }

    /** The tenant's own service principal of Microsoft Graph. */
    default ObjectNode microsoftGraph() {
        return collection("/servicePrincipals").stream()
                .filter(one -> one.path("appId").asText().equals(MICROSOFT_GRAPH))
                .findFirst()
                .orElseThrow();
    }

    /** Grants the application permission of Microsoft Graph with this app role id. */
    default ObjectNode graphAppRole(String servicePrincipalId, String appRoleId) {
        ObjectNode grant = json("{principalType:'ServicePrincipal', resourceDisplayName:'Microsoft Graph'}");
        grant.put("id", id(servicePrincipalId + appRoleId)).put("principalId", servicePrincipalId);
        grant.set("principalDisplayName", object(servicePrincipalId).get("displayName"));
        grant.put("appRoleId", appRoleId);
        return add("/servicePrincipals/" + id("Microsoft Graph") + "/appRoleAssignedTo", grant);
    }
}
