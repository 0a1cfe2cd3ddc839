package dev.parc.collect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a {@link FakeTenant} holds: single objects and collections by their paths in Graph, and what reports know of accounts. */
public final class FakeDirectory {

    final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    final Map<String, List<String>> members = new HashMap<>();
    final Map<String, List<String>> owners = new HashMap<>();
    final Map<String, Integer> ordinaryMembers = new HashMap<>();
    final Map<String, List<ObjectNode>> collections = new HashMap<>();
    final Map<String, ObjectNode> registrations = new LinkedHashMap<>();
    final Map<String, ArrayNode> methods = new HashMap<>();
    final Set<String> notAdministrators = new HashSet<>();
    final Map<String, Map<String, String>> activities = new LinkedHashMap<>();
    final Map<String, String> mailboxes = new HashMap<>();
    final Map<String, String> perUserMfa = new HashMap<>();
    final String initialDomain;
    boolean withoutBlocks;
    boolean withoutSharedPages;
    int ordinaryUsers;
    String refreshed = "2026-08-30";

    FakeDirectory(String initialDomain) {
        this.initialDomain = initialDomain;
    }

    void store(String path, ObjectNode object) {
        objects.put(path.toLowerCase(Locale.ROOT), object);
    }

    Optional<ObjectNode> stored(String path) {
        return Optional.ofNullable(objects.get(path.toLowerCase(Locale.ROOT)));
    }

    boolean exists(String path) {
        return stored(path).isPresent();
    }

    /** The user, group or application of this id. */
    Optional<ObjectNode> anything(String id) {
        return Stream.of("/users/", "/groups/", "/servicePrincipals/")
                .flatMap(kind -> stored(kind + id).stream())
                .findFirst();
    }

    /** Adds to a collection, by its path, and gives back what was added. */
    ObjectNode add(String path, ObjectNode item) {
        collections.computeIfAbsent(path, it -> new ArrayList<>()).add(item);
        return item;
    }

    /** The items of a collection, to change them. */
    List<ObjectNode> collection(String path) {
        return Optional.ofNullable(collections.get(path)).orElseThrow();
    }

    /** The items of a collection, none if there is no such. */
    List<ObjectNode> items(String path) {
        return collections.getOrDefault(path, List.of());
    }
}
