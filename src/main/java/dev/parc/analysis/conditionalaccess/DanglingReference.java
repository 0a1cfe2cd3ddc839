package dev.parc.analysis.conditionalaccess;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.policies.PolicyObject;
import dev.parc.facts.roles.RoleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Something that enabled Conditional Access policies name and the directory does not have. What could not be read is none.
 *
 * @param including the names of the policies that are for it, and so for fewer than it seems
 * @param excluding the names of the policies that leave it out for nothing
 */
public record DanglingReference(PolicyObject object, List<String> including, List<String> excluding) {

    /** The MFA service's trusted addresses, which are in no list of locations. */
    private static final Set<String> NO_ID = Set.of("All", "AllTrusted", "00000000-0000-0000-0000-000000000000");

    public DanglingReference {
        including = List.copyOf(including);
        excluding = List.copyOf(excluding);
    }

    /**
     * Each once. Takes {@link FactKind#POLICY_OBJECTS}, {@link FactKind#NAMED_LOCATIONS} and {@link FactKind#ROLE_DEFINITIONS}
     * where they are at hand.
     */
    public static List<DanglingReference> of(Facts facts) {
        List<ConditionalAccessPolicy> enabled =
                facts.<ConditionalAccessPolicy>list(FactKind.CONDITIONAL_ACCESS_POLICIES).stream()
                        .filter(policy -> policy.state() == State.ENABLED)
                        .toList();
        List<DanglingReference> gone = new ArrayList<>();
        facts.policyObjects().stream()
                .filter(object -> object.state() != PolicyObject.State.THERE)
                .map(object -> of(object, enabled))
                .forEach(gone::add);
        if (facts.asksFor(FactKind.NAMED_LOCATIONS)
                && facts.gapsOf(FactKind.NAMED_LOCATIONS).findAny().isEmpty()) {
            Set<String> known = facts.<NamedLocation>list(FactKind.NAMED_LOCATIONS).stream()
                    .map(NamedLocation::id)
                    .collect(toSet());
            enabled.stream()
                    .flatMap(policy ->
                            Stream.concat(policy.locations().include().stream(), policy.locations().exclude().stream()))
                    .filter(id -> !known.contains(id) && !NO_ID.contains(id))
                    .distinct()
                    .sorted()
                    .map(id -> new PolicyObject(PolicyObject.Kind.LOCATION, id, id, PolicyObject.State.GONE))
                    .map(object -> of(object, enabled))
                    .forEach(gone::add);
        }
        roles(facts, enabled).forEach(gone::add);
        return gone;
    }

    private static Stream<DanglingReference> roles(Facts facts, List<ConditionalAccessPolicy> enabled) {
        if (!facts.asksFor(FactKind.ROLE_DEFINITIONS)
                || !(facts.reading(FactKind.ROLE_DEFINITIONS) instanceof Reading.Read read)
                || !read.gaps().isEmpty()) {
            return Stream.empty();
        }
        Set<String> known = facts.<RoleDefinition>list(FactKind.ROLE_DEFINITIONS).stream()
                .flatMap(role -> Stream.of(role.id(), role.templateId()))
                .map(id -> id.toLowerCase(Locale.ROOT))
                .collect(toSet());
        return enabled.stream()
                .flatMap(policy ->
                        Stream.concat(policy.users().includeRoles().stream(), policy.users().excludeRoles().stream()))
                .filter(id -> !known.contains(id.toLowerCase(Locale.ROOT)) && !id.equals("All"))
                .distinct()
                .sorted()
                .map(id -> new PolicyObject(PolicyObject.Kind.ROLE, id, id, PolicyObject.State.GONE))
                .map(object -> of(object, enabled));
    }

    private static DanglingReference of(PolicyObject object, List<ConditionalAccessPolicy> enabled) {
        return switch (object.kind()) {
            case USER ->
                of(
                        object,
                        enabled,
                        policy -> policy.users().includeUsers(),
                        policy -> policy.users().excludeUsers());
            case GROUP ->
                of(
                        object,
                        enabled,
                        policy -> policy.users().includeGroups(),
                        policy -> policy.users().excludeGroups());
            case APPLICATION ->
                of(
                        object,
                        enabled,
                        policy -> policy.applications().include(),
                        policy -> policy.applications().exclude());
            case ROLE ->
                of(
                        object,
                        enabled,
                        policy -> policy.users().includeRoles(),
                        policy -> policy.users().excludeRoles());
            case LOCATION ->
                of(
                        object,
                        enabled,
                        policy -> policy.locations().include(),
                        policy -> policy.locations().exclude());
        };
    }

    private static DanglingReference of(
            PolicyObject object,
            List<ConditionalAccessPolicy> enabled,
            Function<ConditionalAccessPolicy, Set<String>> include,
            Function<ConditionalAccessPolicy, Set<String>> exclude) {
        return new DanglingReference(object, names(object, enabled, include), names(object, enabled, exclude));
    }

    private static List<String> names(
            PolicyObject object,
            List<ConditionalAccessPolicy> enabled,
            Function<ConditionalAccessPolicy, Set<String>> named) {
        return enabled.stream()
                .filter(policy -> named.apply(policy).contains(object.id()))
                .map(ConditionalAccessPolicy::displayName)
                .sorted()
                .toList();
    }

    /** A sentence part: what is gone, and what that changes. */
    public String inWords() {
        List<String> changes = new ArrayList<>();
        if (!including.isEmpty()) {
            changes.add(quoted(including)
                    + (including.size() == 1 ? " includes it" : " include it")
                    + (ofApplication() ? ", and so perhaps less than it seems" : ", and so less than it seems"));
        }
        if (!excluding.isEmpty()) {
            changes.add(quoted(excluding)
                    + (excluding.size() == 1 ? " excludes it" : " exclude it")
                    + (ofApplication()
                            ? ", which can be tidied up unless it is yet to come"
                            : ", which can be tidied up"));
        }
        return "%s %s %s: %s"
                .formatted(
                        object.kind().title(),
                        object.name(),
                        object.state() == PolicyObject.State.DELETED
                                ? "was deleted and can be restored for 30 days"
                                : ofApplication() ? "is not in this directory" : "no longer exists",
                        String.join("; ", changes));
    }

    /** One of Microsoft's comes into the directory with its first use, and policies may name it before. */
    private boolean ofApplication() {
        return object.kind() == PolicyObject.Kind.APPLICATION;
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(joining(", "));
    }
}
