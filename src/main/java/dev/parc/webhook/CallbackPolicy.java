package dev.parc.webhook;

import dev.parc.assessment.ledger.RefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which addresses a subscriber may name: https, at a host of Logic Apps or one that the operator allows, on the usual port,
 * by name. What the name leads to is looked at again at every delivery.
 */
public final class CallbackPolicy {

    /** Where Logic Apps and Power Automate receive callbacks, in each cloud. */
    private static final List<String> LOGIC_APPS = List.of(
            ".logic.azure.com",
            ".logic.azure.us",
            ".logic.azure.cn",
            ".azurewebsites.net",
            ".azurewebsites.us",
            ".chinacloudsites.cn",
            ".azure-apim.net",
            ".api.powerplatform.com");

    private static final int LONGEST = 2000;
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

    private final Set<String> allowed;

    /** @param allowed further hosts, lower case: a name, or one that begins with a dot for all names under it */
    public CallbackPolicy(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /**
     * The address, if a subscriber may name it.
     *
     * @throws RefusedException if not, in words that do not repeat the address
     */
    public URI checked(String text) {
        URI uri = parsed(text);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (!"https".equalsIgnoreCase(uri.getScheme())) {
            throw new RefusedException("the callback must be an https address");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new RefusedException("the callback must have no user name and no fragment");
        }
        if (uri.getPort() != -1 && uri.getPort() != 443) {
            throw new RefusedException("the callback must be on port 443");
        }
        if (!NAME.matcher(host).matches() || !isAllowed(host)) {
            throw new RefusedException("the callback's host is none of Logic Apps and none of PARC_HOOK_HOSTS;"
                    + " an operator can add it there");
        }
        return uri;
    }

    /** Whether deliveries may go to the host now, which the operator may have changed since it was named. */
    boolean isAllowed(String host) {
        return LOGIC_APPS.stream().anyMatch(host::endsWith)
                || allowed.stream().anyMatch(name -> name.startsWith(".") ? host.endsWith(name) : host.equals(name));
    }

    private static URI parsed(String text) {
        if (text.length() > LONGEST) {
            throw new RefusedException("the callback must be at most " + LONGEST + " characters long");
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new RefusedException("the callback is not an address");
        }
    }
}
