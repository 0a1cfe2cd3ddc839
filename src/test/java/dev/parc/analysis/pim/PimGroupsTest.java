package dev.parc.analysis.pim;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.mailToDefaultRecipients;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.check.TenantBuilder.withMail;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupOwner;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.GroupGrant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two groups that lead to different roles, each with somebody who can activate membership. */
class PimGroupsTest {

    private static final Account ANN = withMail(account("ann@contoso.com"), "ann@contoso.com");
    private static final Account BOB = account("bob@contoso.com");

    private static TenantBuilder twoGroups() {
        return tenant().group("one", GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .group("other", EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("one", ANN, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .grant("other", BOB, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .groupPimPolicy("one", GroupGrant.Access.MEMBER, mailToDefaultRecipients());
    }

    private static ActivatableGroup one(Facts facts) {
        return ActivatableGroup.of(facts).stream()
                .filter(group -> group.id().equals(id("one")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGroupLeadsToItsOwnRolesOnly() {
        assertThat(one(twoGroups().facts()).roleIds()).containsExactly(GLOBAL_ADMINISTRATOR.templateId());
    }

    @Test
    void theOwnerOfAnotherGroupHearsNothingOfThisOne() {
        assertThat(silence("other").certain()).isNotEmpty();
        assertThat(silence("one").certain()).isEmpty();
    }

    private static PimNotices.Silence silence(String owned) {
        Facts facts = twoGroups()
                .add(
                        FactKind.GROUP_OWNERS,
                        new GroupOwner(id(owned), owned, ANN.id(), PrincipalType.USER, ANN.signInName()))
                .facts();
        return PimNotices.of(facts).ofGroup(one(facts));
    }

    /** In the order of the alphabet, whatever the case. */
    @Test
    void fiveRecipientsAreNamedAndHowManyThereAreMore() {
        assertThat(unreadOwners(List.of("e", "B", "a", "D", "c")))
                .contains(" a, B, c, D, e ")
                .doesNotContain(" more ");
        assertThat(unreadOwners(List.of("e", "B", "a", "D", "c", "f", "G"))).contains(" a, B, c, D, e and 2 more ");
    }

    private static String unreadOwners(List<String> names) {
        TenantBuilder tenant = twoGroups();
        names.forEach(name ->
                tenant.add(FactKind.GROUP_OWNERS, new GroupOwner(id("one"), "one", name, PrincipalType.USER, name)));
        Facts facts = tenant.facts();
        return PimNotices.of(facts).ofGroup(one(facts)).doubtful().get(0);
    }
}
