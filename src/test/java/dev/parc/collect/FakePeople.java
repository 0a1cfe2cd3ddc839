package dev.parc.collect;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Fills a {@link FakeTenant} with users and groups, and with how users sign in. */
interface FakePeople extends FakeContents {

    /** Adds an enabled cloud user that is registered for MFA and signed in lately, and gives its id. */
    default String user(String name) {
        return user(name, name + "@" + directory().initialDomain);
    }

    /** Adds an enabled cloud user that is registered for MFA and signed in lately, and gives its id. */
    default String user(String name, String signInName) {
        String id = id(name);
        ObjectNode user = json("""
            {accountEnabled:true, userType:'Member', externalUserState:null, mail:null, otherMails:[],
             identities:[], onPremisesSyncEnabled:null, assignedPlans:[],
             createdDateTime:'2024-03-04T09:12:44Z', lastPasswordChangeDateTime:'2026-07-02T06:30:00Z',
             signInActivity:{lastSignInDateTime:'2026-08-28T07:44:10Z',
                             lastSuccessfulSignInDateTime:'2026-08-28T07:44:10Z'}}\
            """);
        user.put("@odata.type", "#microsoft.graph.user").put("id", id);
        user.put("userPrincipalName", signInName).put("displayName", name);
        user.withArray("identities")
                .addObject()
                .put("signInType", "userPrincipalName")
                .put("issuer", directory().initialDomain)
                .put("issuerAssignedId", signInName);
        directory().store("/users/" + id, user);
        directory().store("/users/" + signInName, user);
        registration(id, true, "microsoftAuthenticatorPush");
        directory().methods.put(id, (ArrayNode)
                json("{a:[{'@odata.type':'#microsoft.graph.passwordAuthenticationMethod'},"
                                + "{'@odata.type':'#microsoft.graph.microsoftAuthenticatorAuthenticationMethod'}]}")
                        .get("a"));
        return id;
    }

    /** Adds a group with these members, and gives its id. */
    default String group(String name, String... memberIds) {
        String id = id(name);
        groupOfId(id, name);
        directory().members.put(id, new ArrayList<>(List.of(memberIds)));
        return id;
    }

    /** Adds an empty group with this id. */
    default ObjectNode groupOfId(String id, String name) {
        ObjectNode group = json("{'@odata.type':'#microsoft.graph.group', isAssignableToRole:true,"
                + " isManagementRestricted:false, membershipRule:null, onPremisesSyncEnabled:null}");
        directory().store("/groups/" + id, group.put("id", id).put("displayName", name));
        directory().members.put(id, new ArrayList<>());
        return group;
    }

    default void member(String groupId, String memberId) {
        directory().members.computeIfAbsent(groupId, id -> new ArrayList<>()).add(memberId);
    }

    /** Puts so many users of no name into the group. */
    default void ordinaryMembers(String groupId, int count) {
        directory().ordinaryMembers.put(groupId, count);
    }

    /** Takes a member out of the group, as far as it is one directly. */
    default boolean leave(String groupId, String memberId) {
        return directory().members.getOrDefault(groupId, new ArrayList<>()).remove(memberId);
    }

    /** Makes the principal an owner of a group, a service principal or a registration. */
    default void owner(String ownedId, String ownerId) {
        directory().owners.computeIfAbsent(ownedId, id -> new ArrayList<>()).add(ownerId);
    }

    /** Takes an owner from what it owns. */
    default boolean disown(String ownedId, String ownerId) {
        return directory().owners.getOrDefault(ownedId, new ArrayList<>()).remove(ownerId);
    }

    /** Takes it out of every group, and from everything that it owns. */
    default void leaveAll(String id) {
        directory().members.values().forEach(list -> list.remove(id));
        directory().owners.values().forEach(list -> list.remove(id));
    }

    /** Deletes something, which Entra ID keeps for 30 days; what points to it stays. */
    default void delete(String id) {
        directory().objects.values().stream()
                .filter(node -> node.path("id").asText().equals(id))
                .findFirst()
                .ifPresent(node -> directory().store("/directory/deletedItems/" + id, node));
        directory()
                .objects
                .entrySet()
                .removeIf(one -> one.getValue().path("id").asText().equals(id)
                        && !one.getKey().startsWith("/directory/deleteditems/"));
    }

    default void methods(String userId, String... types) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Stream.of(types)
                .forEach(type -> all.addObject()
                        .put("@odata.type", "#microsoft.graph." + type + "AuthenticationMethod")
                        .put("id", id(userId + type)));
        directory().methods.put(userId, all);
    }

    /** The user has this passkey (FIDO2), and no other method. */
    default void passkey(String userId, String model) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        all.addObject()
                .put("@odata.type", "#microsoft.graph.fido2AuthenticationMethod")
                .put("id", id(userId + model))
                .put("aaGuid", model);
        directory().methods.put(userId, all);
    }

    default void registration(String userId, boolean capable, String... methodNames) {
        ObjectNode row = json("{isAdmin:true, methodsRegistered:[]}").put("id", userId);
        row.put("isMfaCapable", capable).put("isMfaRegistered", capable);
        Stream.of(methodNames).forEach(row.withArray("methodsRegistered")::add);
        directory().registrations.put(userId, row);
    }

    /** To the registration report the account is no administrator: it has its row, and not among theirs. */
    default void notAdministrator(String userId) {
        directory().notAdministrators.add(userId);
    }

    /** The registration report takes no filter on ids. */
    default void withoutBlocksOfRegistrations() {
        directory().withoutBlocks = true;
    }

    /** Logs take no filter by which several questions share a page. */
    default void refuseSharedPages() {
        directory().withoutSharedPages = true;
    }

    /** The registration report has no row of the account. */
    default void unreported(String userId) {
        directory().registrations.remove(userId);
    }

    /** The account's row of the registration report, to change it. */
    default ObjectNode reportRow(String userId) {
        return Optional.ofNullable(directory().registrations.get(userId)).orElseThrow();
    }

    /** Sets the account's per-user MFA: disabled, enabled or enforced. */
    default void perUserMfa(String userId, String state) {
        directory().perUserMfa.put(userId, state);
    }

    /** Holds the user to be at risk. */
    default ObjectNode risky(String userId, String level, String state) {
        ObjectNode row = json("{isDeleted:false, riskDetail:'none', riskLastUpdatedDateTime:'2026-08-29T06:00:00Z'}");
        row.put("id", userId).put("riskLevel", level).put("riskState", state);
        row.set("userPrincipalName", object(userId).get("userPrincipalName"));
        return add("/identityProtection/riskyUsers", row);
    }
}
