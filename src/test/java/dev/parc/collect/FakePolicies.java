package dev.parc.collect;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fills a {@link FakeTenant} with policies and settings of the whole tenant, its domains and licences. */
interface FakePolicies extends FakeContents {

    String POLICIES = "/identity/conditionalAccess/policies";

    default void domain(String name, boolean initial, boolean federated) {
        ObjectNode domain = json("{isVerified:true, isDefault:false}").put("id", name);
        domain.put("isInitial", initial).put("authenticationType", federated ? "Federated" : "Managed");
        add("/domains", domain);
        if (federated) {
            directory()
                    .collections
                    .put(
                            "/domains/" + name + "/federationConfiguration",
                            List.of(json("{displayName:'AD FS', federatedIdpMfaBehavior:'rejectMfaByFederatedIdp'}")));
        }
    }

    default ObjectNode subscription(String name, String... planIds) {
        ObjectNode sku = json("{capabilityStatus:'Enabled', servicePlans:[]}");
        sku.put("skuId", id("sku " + name)).put("skuPartNumber", name);
        for (String planId : planIds) {
            sku.withArray("servicePlans")
                    .addObject()
                    .put("servicePlanId", planId)
                    .put("servicePlanName", planId.equals(FakeTenant.P2_PLAN) ? "AAD_PREMIUM_P2" : "AAD_PREMIUM")
                    .put("provisioningStatus", "Success")
                    .put("appliesTo", "User");
        }
        return add("/subscribedSkus", sku);
    }

    /** Adds a subscription with one plan of this name. */
    default void plan(String subscription, String planName) {
        ((ObjectNode) subscription(subscription, id("plan " + planName))
                        .withArray("servicePlans")
                        .get(0))
                .put("servicePlanName", planName);
    }

    /** Enables these authentication methods, and no others. */
    default void authenticationMethods(String... enabled) {
        ObjectNode policy = json("{id:'authenticationMethodsPolicy', policyMigrationState:'migrationComplete'}");
        Stream.of("Fido2", "MicrosoftAuthenticator", "Sms", "TemporaryAccessPass", "X509Certificate", "Voice")
                .forEach(method -> policy.withArray("authenticationMethodConfigurations")
                        .add(json("{excludeTargets:[], includeTargets:[{targetType:'group', id:'all_users',"
                                        + " isRegistrationRequired:false}]}")
                                .put("id", method)
                                .put("state", List.of(enabled).contains(method) ? "enabled" : "disabled")));
        directory().store("/policies/authenticationMethodsPolicy", policy);
    }

    /** The policy that {@link #authenticationMethods} made. */
    default ObjectNode authenticationMethodsPolicy() {
        return directory().stored("/policies/authenticationMethodsPolicy").orElseThrow();
    }

    /** An enabled policy for all applications, every other condition unset; the group is excluded unless empty. */
    default ObjectNode policy(String name, String includeUsers, String excludeGroup, String control) {
        ObjectNode policy = json("""
            {state:'enabled', createdDateTime:'2025-05-05T05:05:05Z', modifiedDateTime:null, templateId:null,
             conditions:{clientAppTypes:['all'], platforms:null, locations:null, devices:null, times:null,
               deviceStates:null, clientApplications:null, signInRiskLevels:[], userRiskLevels:[],
               users:{includeUsers:[], excludeUsers:[], includeGroups:[], excludeGroups:[], includeRoles:[],
                 excludeRoles:[], includeGuestsOrExternalUsers:null, excludeGuestsOrExternalUsers:null},
               applications:{includeApplications:['All'], excludeApplications:[], includeUserActions:[],
                 includeAuthenticationContextClassReferences:[], applicationFilter:null}},
             grantControls:{operator:'OR', builtInControls:[], customAuthenticationFactors:[], termsOfUse:[],
               authenticationStrength:null},
             sessionControls:null}\
            """);
        policy.put("id", id("policy " + name)).put("displayName", name);
        policy.withObject("/conditions/users").withArray("includeUsers").add(includeUsers);
        if (!excludeGroup.isEmpty()) {
            policy.withObject("/conditions/users").withArray("excludeGroups").add(excludeGroup);
        }
        policy.withObject("/grantControls").withArray("builtInControls").add(control);
        return add(POLICIES, policy);
    }

    /** Version 1.0 of Graph leaves the policy out, and beta shows it. */
    default ObjectNode inPreview(ObjectNode policy) {
        collection(POLICIES).remove(policy);
        return add("/beta" + POLICIES, policy);
    }

    /** What only beta shows of the policy, a copy to change. */
    default ObjectNode asOfBeta(ObjectNode policy) {
        return add("/beta" + POLICIES, policy.deepCopy());
    }

    /** Makes the tenant one that is synchronised from an on-premises directory; hashes last came then, if ever. */
    default void synchronised(boolean hashesOn, @Nullable String hashesReceivedAt) {
        collection("/organization").get(0).put("onPremisesSyncEnabled", true);
        collection("/beta/organization")
                .get(0)
                .put("onPremisesSyncEnabled", true)
                .put("onPremisesLastPasswordSyncDateTime", hashesReceivedAt);
        collection("/directory/onPremisesSynchronization")
                .get(0)
                .withObject("/features")
                .put("passwordSyncEnabled", hashesOn);
    }

    /** The policy for joining devices, to change it. */
    default ObjectNode deviceRegistration() {
        return directory().stored("/policies/deviceRegistrationPolicy").orElseThrow();
    }

    /** Adds the Secure Score of a day, with the points of each control; the newest comes first, so begin with the oldest. */
    default ObjectNode secureScore(String day, double max, Map<String, Double> controls) {
        ObjectNode score = json("{vendorInformation:{provider:'SecureScore', vendor:'Microsoft'}}");
        score.put("id", FakeTenant.TENANT_ID + "_" + day)
                .put("azureTenantId", FakeTenant.TENANT_ID)
                .put("createdDateTime", day + "T00:00:00Z");
        score.put("maxScore", max);
        double current = 0;
        ArrayNode list = score.putArray("controlScores");
        for (Map.Entry<String, Double> control : new TreeMap<>(controls).entrySet()) {
            current += control.getValue();
            list.addObject()
                    .put("controlCategory", "Identity")
                    .put("controlName", control.getKey())
                    .put("score", control.getValue());
        }
        collection("/security/secureScores").add(0, score.put("currentScore", current));
        return score;
    }

    default ObjectNode securityDefaults() {
        return directory()
                .stored("/policies/identitySecurityDefaultsEnforcementPolicy")
                .orElseThrow();
    }

    default ObjectNode label(String name) {
        ObjectNode label = json("{description:'', priority:1, hasProtection:true}");
        return add(
                "/security/dataSecurityAndGovernance/sensitivityLabels",
                label.put("id", id("label " + name)).put("name", name).put("displayName", name));
    }
}
