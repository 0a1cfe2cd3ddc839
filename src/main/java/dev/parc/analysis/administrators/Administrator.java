package dev.parc.analysis.administrators;

import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A principal that holds roles. Its identity is the object id; names may be shared.
 *
 * @param name as the assignment list gave it; the account's sign-in name is on {@link Account}
 * @param holdings every way in which it holds a role, most permanent first
 */
public record Administrator(String id, PrincipalType type, String name, List<Holding> holdings) {

    public Administrator {
        holdings = holdings.stream().sorted(Comparator.comparing(Holding::kind)).toList();
    }

    /**
     * The holder under the name and type of what was read of it. A name decides nothing, so no card has to ask for it: a
     * finding names whomever it is about, account or service principal.
     */
    public static Administrator named(Facts facts, Administrator holder) {
        return facts.identity(holder.id())
                .map(known -> new Administrator(known.id(), known.type(), known.name(), holder.holdings()))
                .orElse(holder);
    }

    /** The most permanent kind in which it holds any of its roles. */
    public AssignmentKind kind() {
        return holdings.get(0).kind();
    }

    /** Whether it holds one of its roles without activating it. */
    public boolean assigned() {
        return holdings.stream().anyMatch(holding -> holding.kind().assigned());
    }

    /** The same with only those of its holdings that are wanted; empty if none is. */
    public Optional<Administrator> holding(Predicate<Holding> wanted) {
        List<Holding> kept = holdings.stream().filter(wanted).toList();
        return kept.isEmpty() ? Optional.empty() : Optional.of(new Administrator(id, type, name, kept));
    }

    /** The roles with kind and path, for a person to read. */
    String inWords(Administrators all) {
        return holdings.stream()
                .map(holding -> "%s (%s, %s%s)"
                        .formatted(
                                all.roleName(holding.roleId()),
                                holding.kind().title(),
                                holding.pathInWords(),
                                Optional.of(all.scopeInWords(holding))
                                        .filter(place -> !place.isEmpty())
                                        .map(place -> ", " + place)
                                        .orElse("")))
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
