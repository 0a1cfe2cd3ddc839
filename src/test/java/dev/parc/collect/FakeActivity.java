package dev.parc.collect;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;

/** Fills a {@link FakeTenant} with sign-ins, alerts and the use of services. */
interface FakeActivity extends FakeContents {

    /** A row of the sign-in log, which keeps 30 days. */
    default ObjectNode legacySignIn(String userId, String client, String event, String at, int errorCode) {
        ObjectNode row = json("{appDisplayName:'Office 365 Exchange Online', ipAddress:'203.0.113.99',"
                + "location:{city:'Basel', geoCoordinates:{latitude:47.55, longitude:7.58}}}");
        row.put("id", id(userId + client + at)).put("userId", userId).put("clientAppUsed", client);
        row.set("userPrincipalName", object(userId).get("userPrincipalName"));
        row.put("createdDateTime", at).putObject("status").put("errorCode", errorCode);
        row.putArray("signInEventTypes").add(event);
        return add("/auditLogs/signIns", row);
    }

    /** Adds a sign-in to the log, with an error code or 0. */
    default void signIn(String userId, String at, int errorCode) {
        ObjectNode signIn = json("{appDisplayName:'Azure Portal', isInteractive:true, ipAddress:'203.0.113.7',"
                + " location:{city:'Basel', state:'Basel-Stadt', countryOrRegion:'CH',"
                + " geoCoordinates:{latitude:47.56, longitude:7.59}}}");
        signIn.put("id", id("sign-in " + userId + at)).put("userId", userId).put("createdDateTime", at);
        signIn.put("userPrincipalName", object(userId).path("userPrincipalName").asText());
        signIn.putObject("status").put("errorCode", errorCode);
        add("/auditLogs/signIns", signIn);
    }

    default ObjectNode cloudAppAlert(String title, String at) {
        ObjectNode alert = json("{serviceSource:'microsoftDefenderForCloudApps', status:'new', evidence:["
                + "{'@odata.type':'#microsoft.graph.security.ipEvidence', ipAddress:'203.0.113.99'}]}");
        return add(
                "/security/alerts_v2",
                alert.put("id", "ma" + id(title)).put("title", title).put("createdDateTime", at));
    }

    /** The last day that the usage report covers. */
    default void refreshed(String day) {
        directory().refreshed = day;
    }

    /** Puts the user into the usage report, though it used nothing. */
    default void usedNothing(String userId) {
        directory().activities.computeIfAbsent(userId, id -> new HashMap<>());
    }

    /** The settings of usage reports, to change them. */
    default ObjectNode reportSettings() {
        return directory().stored("/admin/reportSettings").orElseThrow();
    }

    /** Gives the user a mailbox for a purpose: user, shared ... */
    default void mailbox(String userId, String purpose) {
        directory().mailboxes.put(userId, purpose);
    }
}
