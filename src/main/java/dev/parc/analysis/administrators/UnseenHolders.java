package dev.parc.analysis.administrators;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.RelevantRoles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is missing in the list of administrators: kinds that were not read, and holders that could not be looked into. */
public final class UnseenHolders {

    private UnseenHolders() {}

    /**
     * What is missing of the kinds at hand, a sentence each: unread kinds, gaps in those that were read, and a list of
     * administrators without a Global Administrator, which no tenant is.
     */
    public static List<String> gaps(Facts facts) {
        List<String> gaps = new ArrayList<>(facts.unread());
        if (gaps.isEmpty()
                && facts.asksForAll(FactKind.ADMINISTRATORS)
                && Administrators.of(facts)
                        .in(Set.of(DirectoryRole.GLOBAL_ADMINISTRATOR))
                        .isEmpty()
                && of(facts, RelevantRoles.GLOBAL_ADMINISTRATOR).isEmpty()) {
            gaps.add("role assignments: no Global Administrator was found, and no tenant is without one");
        }
        return gaps;
    }

    /**
     * Why there may be holders of these roles that nobody saw: {@link #gaps(Facts)}, and who could not be looked into, a
     * sentence each. Asks for the kinds of {@link FactKind#ADMINISTRATORS}.
     */
    public static List<String> gaps(Facts facts, RelevantRoles asked) {
        return Stream.concat(gaps(facts).stream(), of(facts, asked).stream().map(OpaqueHolder::sentence))
                .toList();
    }

    /**
     * Who holds a role that is asked about and could not be looked into, by one of the kinds at hand; designated emergency
     * accounts too, whatever they hold. Each is told once, by what was not read of it first. Asks for the kinds of {@link
     * FactKind#ADMINISTRATORS}.
     */
    public static List<OpaqueHolder> of(Facts facts, RelevantRoles asked) {
        Administrators all = Administrators.of(facts);
        Map<String, OpaqueHolder> opaque = new LinkedHashMap<>();
        facts.kinds()
                .forEach(kind -> facts.unseen(kind)
                        .forEach(unseen -> all.asked(unseen.principalId(), asked)
                                .map(holder -> Administrator.named(facts, holder))
                                .or(() -> designated(facts, unseen.principalId()))
                                .map(holder -> new OpaqueHolder(holder, kind, unseen))
                                .ifPresent(holder -> opaque.putIfAbsent(holder.key(), holder))));
        return List.copyOf(opaque.values());
    }

    private static Optional<Administrator> designated(Facts facts, String principalId) {
        Administrator named = Administrator.named(
                facts, new Administrator(principalId, PrincipalType.UNKNOWN, principalId, List.of()));
        return facts.designations().emergencyAccounts().stream()
                        .anyMatch(it -> it.equalsIgnoreCase(principalId) || it.equalsIgnoreCase(named.name()))
                ? Optional.of(named)
                : Optional.empty();
    }
}
