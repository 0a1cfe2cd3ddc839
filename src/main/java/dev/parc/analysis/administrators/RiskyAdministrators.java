package dev.parc.analysis.administrators;

import dev.parc.facts.Facts;
import dev.parc.facts.activity.RiskyUser;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Administrators who are at risk in Identity Protection. */
public final class RiskyAdministrators {

    private RiskyAdministrators() {}

    /** Who is at risk now, emergency accounts too. */
    public static List<RiskyUser> of(Facts facts) {
        Set<String> ids = Administrators.of(facts).all().stream()
                .map(administrator -> administrator.id().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return facts.riskyUsers().stream()
                .filter(user -> ids.contains(user.id().toLowerCase(Locale.ROOT)))
                .toList();
    }
}
