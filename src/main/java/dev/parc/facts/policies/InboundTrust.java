package dev.parc.facts.policies;

import java.util.Optional;

/**
 * Whether MFA that other tenants have done counts here: by default, or of one tenant instead. Source: Graph's
 * crossTenantAccessPolicyInboundTrust; a partner without it has the default.
 *
 * @param tenantId the tenant that it is for; empty for the default
 * @param mfaAccepted empty where the default applies
 */
public record InboundTrust(Optional<String> tenantId, Optional<Boolean> mfaAccepted) {}
