package dev.parc.collect;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Single objects of a {@link FakeTenant}, who is in groups and owns what, and what reports say of accounts. */
final class FakeObjects {

    private static final int MOST_GROUPS_CHECKED = 20;

    private final FakeDirectory directory;
    private final FakePages pages;
    private final FakeComplaints complaints;

    FakeObjects(FakeDirectory directory, FakePages pages, FakeComplaints complaints) {
        this.directory = directory;
        this.pages = pages;
        this.complaints = complaints;
    }

    ObjectNode object(FakeRequest ask) {
        return directory
                .stored(ask.path())
                .map(object -> FakePages.ok(pages.select(ask, List.of(object)).get(0)))
                .orElseGet(() -> FakePages.notFound(ask.path()));
    }

    ObjectNode groupMembers(FakeRequest ask) {
        String group = ask.owner();
        if (!directory.exists("/groups/" + group)) {
            return FakePages.notFound(ask.path());
        }
        Stream<ObjectNode> named =
                directory.members.getOrDefault(group, List.of()).stream().map(this::objectOrShell);
        Stream<ObjectNode> ordinary = IntStream.range(0, directory.ordinaryMembers.getOrDefault(group, 0))
                .mapToObj(this::ordinary);
        return pages.page(ask, pages.select(ask, Stream.concat(named, ordinary).toList()));
    }

    /** With a count only where eventual consistency is asked for, as Graph does it. */
    ObjectNode transitiveMembers(FakeRequest ask) {
        String group = ask.owner();
        if (!directory.exists("/groups/" + group)) {
            return FakePages.notFound(ask.path());
        }
        complaints.require(
                "true".equals(ask.query().get("$count")) && ask.eventual(),
                "members are counted with ConsistencyLevel: eventual");
        Set<String> inside = new LinkedHashSet<>();
        collect(group, inside);
        List<ObjectNode> all = Stream.concat(
                        inside.stream().map(this::objectOrShell),
                        IntStream.range(0, directory.ordinaryMembers.getOrDefault(group, 0))
                                .mapToObj(this::ordinary))
                .filter(one -> !ask.path().endsWith("/graph.group")
                        || one.path("@odata.type").asText().equals("#microsoft.graph.group"))
                .toList();
        ObjectNode answer = pages.page(ask, pages.select(ask, all));
        ((ObjectNode) answer.get("body")).put("@odata.count", all.size());
        return answer;
    }

    private void collect(String group, Set<String> inside) {
        for (String member : directory.members.getOrDefault(group, List.of())) {
            if (inside.add(member)) {
                collect(member, inside);
            }
        }
    }

    private ObjectNode ordinary(int number) {
        return json("{'@odata.type':'#microsoft.graph.user'}")
                .put("id", id("ordinary " + number))
                .put("displayName", "ordinary " + number)
                .put("userPrincipalName", "ordinary" + number + "@" + directory.initialDomain);
    }

    ObjectNode ownersOf(FakeRequest ask) {
        String owned = ask.owner();
        boolean registered = directory.collection("/applications").stream()
                .anyMatch(application -> application.path("id").asText().equals(owned));
        if (!registered && !directory.exists("/groups/" + owned) && !directory.exists("/servicePrincipals/" + owned)) {
            return FakePages.notFound(ask.path());
        }
        return pages.page(
                ask,
                pages.select(
                        ask,
                        directory.owners.getOrDefault(owned, List.of()).stream()
                                .map(this::objectOrShell)
                                .toList()));
    }

    ObjectNode byIds(FakeRequest ask) {
        complaints.require(ask.method().equals("POST"), "getByIds is posted");
        complaints.require(
                ask.body().path("types").toString().equals("[\"user\",\"group\"]"), "users and groups are asked for");
        List<ObjectNode> there = new ArrayList<>();
        for (JsonNode id : ask.body().path("ids")) {
            Stream.of("/users/", "/groups/")
                    .flatMap(path -> directory.stored(path + id.asText()).stream())
                    .forEach(there::add);
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.withArray("value").addAll(pages.selected(ask, there));
        return FakePages.ok(answer);
    }

    ObjectNode checkMemberGroups(FakeRequest ask) {
        complaints.require(ask.method().equals("POST"), "checkMemberGroups is posted");
        String user = ask.owner();
        JsonNode groups = ask.body().path("groupIds");
        complaints.require(
                groups.size() >= 1 && groups.size() <= MOST_GROUPS_CHECKED, "checks " + groups.size() + " groups");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode holding = answer.withArray("value");
        if (!directory.exists("/users/" + user) && !directory.exists("/groups/" + user)) {
            return FakePages.notFound(ask.path());
        }
        for (JsonNode group : groups) {
            if (!directory.exists("/groups/" + group.asText())) {
                return FakePages.notFound("/groups/" + group.asText());
            }
            if (holds(group.asText(), user, new HashSet<>())) {
                holding.add(group.asText());
            }
        }
        return FakePages.ok(answer);
    }

    private boolean holds(String group, String user, Set<String> seen) {
        List<String> inside = directory.members.getOrDefault(group, List.of());
        return seen.add(group)
                && (inside.contains(user)
                        || inside.stream().anyMatch(it -> directory.members.containsKey(it) && holds(it, user, seen)));
    }

    private ObjectNode objectOrShell(String id) {
        return directory
                .anything(id)
                .orElseGet(
                        () -> json("{'@odata.type':'#microsoft.graph.device'}").put("id", id));
    }

    ObjectNode requirements(FakeRequest ask) {
        String user = ask.owner();
        return directory.exists("/users/" + user)
                ? FakePages.ok(JsonNodeFactory.instance
                        .objectNode()
                        .put("perUserMfaState", directory.perUserMfa.getOrDefault(user, "disabled")))
                : FakePages.notFound(ask.path());
    }

    ObjectNode mailboxSettings(FakeRequest ask) {
        String purpose = directory.mailboxes.get(ask.owner());
        return purpose == null
                ? FakePages.error(new FakePages.Refusal(
                        404, "MailboxNotEnabledForRESTAPI", "the mailbox is inactive or on-premises"))
                : FakePages.ok(pages.select(ask, List.of(json("{}").put("userPurpose", purpose)))
                        .get(0));
    }

    ObjectNode authenticationMethods(FakeRequest ask) {
        ArrayNode all = directory.methods.get(ask.owner());
        if (all == null) {
            return FakePages.notFound(ask.path());
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("value", all);
        return FakePages.ok(answer);
    }

    ObjectNode report(FakeRequest ask) {
        String filter = ask.filter();
        boolean ids = filter.matches("id eq '[^']+'( or id eq '[^']+'){0,14}");
        complaints.require(ids || filter.equals("isAdmin eq true"), "the report of all users is asked for");
        if (ids && directory.withoutBlocks) {
            return FakePages.filterRefused();
        }
        complaints.require(
                ask.query().keySet().stream().allMatch(Set.of("$filter", "$skiptoken")::contains),
                "the report takes no " + ask.query());
        return pages.page(
                ask,
                directory.registrations.entrySet().stream()
                        .filter(row -> ids
                                ? filter.contains("'" + row.getKey() + "'")
                                : !directory.notAdministrators.contains(row.getKey()))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    ObjectNode row(FakeRequest ask) {
        ObjectNode row =
                directory.registrations.get(ask.path().substring(ask.path().lastIndexOf('/') + 1));
        return row == null ? FakePages.notFound(ask.path()) : FakePages.ok(row);
    }
}
