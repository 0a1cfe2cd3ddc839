package dev.parc.facts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who holds roles that it did not hold when PARC last looked.
 *
 * @param roles the holder with the new holdings only
 */
public record Newcomer(Administrator roles) {

    private record Key(String principalId, String roleId, String scope) {
        static Key of(Administrators all, String principalId, String roleId, String scope) {
            return new Key(
                    principalId.toLowerCase(Locale.ROOT), all.templateId(roleId), scope.toLowerCase(Locale.ROOT));
        }
    }

    static List<Newcomer> of(Facts facts) {
        Administrators all = facts.administrators();
        Set<Key> known = new HashSet<>();
        facts.earlierAdministrators()
                .forEach(one -> known.add(Key.of(all, one.principalId(), one.roleId(), one.scope())));
        List<Newcomer> newcomers = new ArrayList<>();
        for (Administrator administrator : all.all()) {
            Optional<Administrator> roles = administrator.holding(
                    holding -> !known.contains(Key.of(all, administrator.id(), holding.roleId(), holding.scope())));
            roles.ifPresent(it -> newcomers.add(new Newcomer(it)));
        }
        return newcomers;
    }
}
