package dev.parc.facts.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What another tenant may do in a subscription or a resource group of this one, by Azure Lighthouse. No list of role
 * assignments has it.
 *
 * @param scope as Azure Resource Manager writes it
 * @param subscriptionId the subscription that it is, or is in
 * @param managingTenantName its id where Azure gave no name
 */
public record AzureDelegation(
        String scope,
        String subscriptionId,
        String managingTenantId,
        String managingTenantName,
        List<Authorization> authorizations) {

    /**
     * A principal of the managing tenant and its role.
     *
     * @param principalName its id where Azure gave no name
     * @param roleId the GUID of the role definition
     * @param eligible how it must be activated; empty for a role that is held for good
     */
    public record Authorization(
            String principalId, String principalName, String roleId, Optional<Activation> eligible) {

        /** The role's name, or its id where PARC does not name it. */
        public String roleName() {
            return AzureRole.of(roleId).map(AzureRole::title).orElse(roleId);
        }

        /** Whether it holds a role with which it changes something, as far as PARC knows the role. */
        public boolean administers() {
            return AzureRole.of(roleId)
                    .filter(role -> role.power() == AzurePower.READS)
                    .isEmpty();
        }

        /** Whether it holds a role that gives roles or changes everything. */
        public boolean privileged() {
            return AzureRole.of(roleId)
                    .filter(role -> role.power().compareTo(AzurePower.OTHER) < 0)
                    .isPresent();
        }

        /** What is not as it should be, to stand in parentheses; empty if it is eligible with MFA and approval. */
        public Optional<String> concern() {
            if (eligible.isEmpty()) {
                return Optional.of("permanent");
            }
            List<String> lacking = new ArrayList<>();
            if (!eligible.get().mfa()) {
                lacking.add("MFA");
            }
            if (!eligible.get().approval()) {
                lacking.add("approval");
            }
            return lacking.isEmpty()
                    ? Optional.empty()
                    : Optional.of("eligible without " + String.join(" and ", lacking));
        }

        /** The role and how it is held. */
        public String inWords() {
            return "%s (%s)".formatted(roleName(), concern().orElse("eligible with MFA and approval"));
        }
    }

    /**
     * What it takes to activate an eligible role.
     *
     * @param approval whether somebody must agree
     */
    public record Activation(boolean mfa, boolean approval) {}

    public AzureDelegation {
        authorizations = List.copyOf(authorizations);
    }
}
