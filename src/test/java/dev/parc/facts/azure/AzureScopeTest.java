package dev.parc.facts.azure;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureScopeTest {

    @ParameterizedTest
    @CsvSource({
        "/,                                                                         ROOT",
        "/providers/Microsoft.Management/managementGroups/mg,                       MANAGEMENT_GROUP",
        "/PROVIDERS/microsoft.management/ManagementGroups/mg,                       MANAGEMENT_GROUP",
        "/subscriptions/1,                                                          SUBSCRIPTION",
        "/subscriptions/1/resourceGroups/rg,                                        RESOURCE_GROUP",
        "/subscriptions/1/resourcegroups/rg/providers/Microsoft.Storage/accounts/a, RESOURCE",
        "/providers/Microsoft.aadiam,                                               RESOURCE",
    })
    void theLevelIsReadFromTheScope(String scope, AzureScope level) {
        assertThat(AzureScope.of(scope)).isEqualTo(level);
    }

    @Test
    void aCheckThatDoesNotNameTheAzureKindsCannotAskWhoHoldsRolesThere() {
        Facts facts = tenant().globalAdmin(account("ann@contoso.com")).facts();
        assertThat(Administrators.of(facts).inAzure()).isEmpty();
        Administrators directory = Administrators.of(facts.only(FactKind.ADMINISTRATORS));
        assertThat(directory.all()).hasSize(1);
        assertThatThrownBy(directory::inAzure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("are not among the facts this check declares");
    }
}
