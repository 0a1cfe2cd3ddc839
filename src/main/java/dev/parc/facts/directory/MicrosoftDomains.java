package dev.parc.facts.directory;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The domains that tenants are created with. Microsoft registers and hosts them, so none of them can be federated. Each
 * cloud has an ending of its own. Source: "Microsoft Entra authentication and national clouds"; "Managing custom domain
 * names in your Microsoft Entra ID".
 */
public final class MicrosoftDomains {

    /** Of the worldwide cloud, of US Government (GCC High and DoD) and of China operated by 21Vianet. */
    private static final List<String> ENDINGS = List.of(".onmicrosoft.com", ".onmicrosoft.us", ".partner.onmschina.cn");

    private MicrosoftDomains() {}

    /** Whether the domain, lower case, lies under an ending that Microsoft keeps for tenants. */
    public static boolean holds(String domain) {
        return ending(domain).isPresent();
    }

    /** The ending, with its first dot, under which the domain lies. */
    public static Optional<String> ending(String domain) {
        String lower = domain.toLowerCase(Locale.ROOT);
        return ENDINGS.stream()
                .filter(ending -> lower.endsWith(ending) && lower.length() > ending.length())
                .findFirst();
    }

    /** Whether the domain, that a tenant was created with, is one of the worldwide cloud. */
    public static boolean isWorldwide(String domain) {
        return ending(domain).filter(ENDINGS.get(0)::equals).isPresent();
    }
}
