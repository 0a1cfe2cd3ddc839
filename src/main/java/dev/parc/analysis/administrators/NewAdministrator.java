package dev.parc.analysis.administrators;

import dev.parc.facts.Acknowledgement;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.activity.RoleChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody who got a role after PARC looked for the first time, or lately by the audit log, and holds it.
 *
 * @param roles the holder with the holdings of this role at this scope only
 * @param since when it got the role by the audit log; where that does not tell, when PARC first saw it
 * @param key by which a person acknowledges it
 */
public record NewAdministrator(Administrator roles, Instant since, String key) {

    private record Held(String principalId, String roleId, String scope) {
        static Held of(Administrators all, String principalId, String roleId, String scope) {
            return new Held(
                    principalId.toLowerCase(Locale.ROOT), all.templateId(roleId), scope.toLowerCase(Locale.ROOT));
        }
    }

    /** Those whom nobody has acknowledged. */
    public static List<NewAdministrator> of(Facts facts) {
        Administrators all = Administrators.of(facts);
        List<Acknowledgement> acknowledged = facts.list(FactKind.ACKNOWLEDGEMENTS);
        List<NewAdministrator> newAdministrators = new ArrayList<>();
        sinces(facts).forEach((held, since) -> {
            if (since.isPresent() && acknowledged.stream().noneMatch(one -> covers(all, one, held, since.get()))) {
                all.all().stream()
                        .filter(one -> one.id().equalsIgnoreCase(held.principalId()))
                        .flatMap(one -> one
                                .holding(holding -> Held.of(all, one.id(), holding.roleId(), holding.scope())
                                        .equals(held))
                                .stream())
                        .map(roles -> new NewAdministrator(
                                roles,
                                since.get(),
                                Acknowledgement.key(held.principalId(), held.roleId(), held.scope(), since.get())))
                        .forEach(newAdministrators::add);
            }
        });
        return newAdministrators;
    }

    private static boolean covers(Administrators all, Acknowledgement one, Held held, Instant since) {
        return Held.of(all, one.principalId(), one.roleId(), one.scope()).equals(held)
                && !one.since().isBefore(since);
    }

    /** Who holds a role now, as the next run is to find it. */
    public static List<EarlierAdministrator> forTheNextRun(Facts facts) {
        Administrators all = Administrators.of(facts);
        Map<Held, Optional<Instant>> sinces = sinces(facts);
        return all.all().stream()
                .flatMap(one -> one.holdings().stream()
                        .map(holding -> new EarlierAdministrator(
                                one.id(),
                                one.name(),
                                holding.roleId(),
                                holding.scope(),
                                sinces.getOrDefault(
                                        Held.of(all, one.id(), holding.roleId(), holding.scope()), Optional.empty()))))
                .distinct()
                .toList();
    }

    /** Since when each role is held; empty for who had it when PARC looked first and is not in the audit log. */
    private static Map<Held, Optional<Instant>> sinces(Facts facts) {
        Administrators all = Administrators.of(facts);
        Map<Held, Optional<Instant>> earlier = new HashMap<>();
        facts.<EarlierAdministrator>list(FactKind.EARLIER_ADMINISTRATORS)
                .forEach(one -> earlier.merge(
                        Held.of(all, one.principalId(), one.roleId(), one.scope()),
                        one.since(),
                        NewAdministrator::later));
        Map<Held, Optional<Instant>> sinces = new LinkedHashMap<>();
        if (earlier.isEmpty()) {
            return sinces;
        }
        Map<String, Instant> log = new HashMap<>();
        facts.roleChanges().stream()
                .filter(change -> change.kind() != RoleChange.Kind.ELEVATED)
                .forEach(change -> change.roleId()
                        .ifPresent(role -> log.merge(
                                inLog(change.principalId(), all.templateId(role)),
                                change.at(),
                                (one, other) -> one.isAfter(other) ? one : other)));
        for (Administrator administrator : all.all()) {
            for (Holding holding : administrator.holdings()) {
                Held held = Held.of(all, administrator.id(), holding.roleId(), holding.scope());
                Optional<Instant> told = Optional.ofNullable(log.get(inLog(held.principalId(), held.roleId())));
                Optional<Instant> known = earlier.getOrDefault(held, Optional.of(told.orElse(facts.takenAt())));
                sinces.put(held, later(known, told));
            }
        }
        return sinces;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent()
                ? (one.get().isAfter(other.get()) ? one : other)
                : one.or(() -> other);
    }

    private static String inLog(String principalId, String roleId) {
        return principalId.toLowerCase(Locale.ROOT) + " " + roleId.toLowerCase(Locale.ROOT);
    }
}
