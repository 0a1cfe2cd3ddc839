package dev.parc.app;

import com.azure.core.credential.TokenCredential;
import dev.parc.collect.http.AccessTokens;

/**
 * The tokens for Microsoft Graph. A managed identity's token is kept by the platform for up to a day with the permissions that it
 * was given with, so one from before the first grant would make the grant count a day later. As long as the settings say that
 * nothing is granted, none is asked for.
 */
final class GraphTokens {

    /** What is answered instead; it names what ends it. */
    static final String WITHHELD =
            "Microsoft Graph is not read yet, because PARC has not been told that its identity was granted"
                    + " permissions: infra/grant-permissions.sh grants what is missing and tells PARC";

    private GraphTokens() {}

    static AccessTokens of(Settings settings, TokenCredential credential) {
        return settings.graphGranted()
                ? new AccessTokens(settings.graphEndpoint(), credential)
                : AccessTokens.withheld(settings.graphEndpoint(), credential, WITHHELD);
    }
}
