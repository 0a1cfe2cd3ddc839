package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.EXCLUDED_GROUPS;
import static dev.parc.facts.FactKind.EXCLUDED_MEMBERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.ExcludedMembers;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcludedGroupReaderTest {

    private final FakeTenant tenant = FakeTenant.licensed();

    private ExcludedGroup group() {
        return Readings.of(tenant, EXCLUDED_GROUPS).only(EXCLUDED_GROUPS, ExcludedGroup.class);
    }

    private ExcludedMembers members() {
        return Readings.of(tenant, EXCLUDED_MEMBERS).only(EXCLUDED_MEMBERS, ExcludedMembers.class);
    }

    @Test
    void aGroupIsReadWithWhatSaysWhoMayChangeIt() {
        String group = tenant.group("exempt");
        tenant.policy("MFA", "All", group, "mfa");
        tenant.object(group).put("isAssignableToRole", false).put("membershipRule", "user.city -eq \"Oslo\"");
        tenant.object(group).put("onPremisesSyncEnabled", true).put("isManagementRestricted", true);
        String kim = tenant.user("kim");
        tenant.owner(group, kim);
        String application = tenant.servicePrincipal("app");
        tenant.owner(group, application);
        assertThat(group())
                .isEqualTo(new ExcludedGroup(
                        group,
                        "exempt",
                        true,
                        false,
                        true,
                        Optional.of("user.city -eq \"Oslo\""),
                        SyncState.SYNCED,
                        List.of(
                                new ExcludedGroup.Principal(kim, PrincipalType.USER, "kim@contoso.onmicrosoft.com"),
                                new ExcludedGroup.Principal(application, PrincipalType.SERVICE_PRINCIPAL, "app"))));
    }

    @Test
    void onlyGroupsThatEnabledPoliciesExcludeAreAsked() {
        tenant.policy("report only", "All", tenant.group("one"), "mfa")
                .put("state", "enabledForReportingButNotEnforced");
        tenant.policy("off", "All", tenant.group("two"), "mfa").put("state", "disabled");
        tenant.policy("included", "None", "", "mfa")
                .withObject("/conditions/users")
                .withArray("includeGroups")
                .add(tenant.group("three"));
        Readings readings = Readings.of(tenant, EXCLUDED_GROUPS, EXCLUDED_MEMBERS);
        assertThat(readings.values(EXCLUDED_GROUPS, ExcludedGroup.class)).isEmpty();
        assertThat(readings.values(EXCLUDED_MEMBERS, ExcludedMembers.class)).isEmpty();
        assertThat(tenant.requests().keySet()).noneMatch(request -> request.contains("/groups"));
    }

    @Test
    void aGroupThatIsGoneHoldsNobody() {
        String gone = FakeTenant.id("gone");
        tenant.policy("MFA", "All", gone, "mfa");
        assertThat(group()).isEqualTo(ExcludedGroup.deleted(gone));
        assertThat(members()).isEqualTo(new ExcludedMembers(gone, 0, List.of()));
    }

    @Test
    void refusedIsNotGone() {
        String group = tenant.group("exempt", tenant.user("kim"));
        tenant.policy("MFA", "All", group, "mfa");
        tenant.refuse("/groups/{id}/owners", 403, "Authorization_RequestDenied");
        tenant.refuse("/groups/{id}/transitiveMembers", 403, "Authorization_RequestDenied");
        Readings readings = Readings.of(tenant, EXCLUDED_GROUPS, EXCLUDED_MEMBERS);
        assertThat(readings.unread(EXCLUDED_GROUPS)).contains("GroupMember.Read.All may be missing");
        assertThat(readings.unread(EXCLUDED_MEMBERS)).contains("GroupMember.Read.All may be missing");
    }

    @Test
    void membersOfNestedGroupsAreThereToo() {
        String kim = tenant.user("kim");
        String inner = tenant.group("inner", kim);
        tenant.policy("MFA", "All", tenant.group("outer", inner), "mfa");
        ExcludedMembers members = members();
        assertThat(members.whole()).isTrue();
        assertThat(members.principals()).extracting(ExcludedGroup.Principal::id).containsExactly(kim);
    }

    @Test
    void ofManyTheFirstHundredAreReadAndTheOthersCounted() {
        String group = tenant.group("crowd");
        IntStream.range(0, 250).mapToObj(i -> tenant.user("user " + i)).forEach(id -> tenant.member(group, id));
        tenant.policy("MFA", "All", group, "mfa");
        ExcludedMembers members = members();
        assertThat(members.count()).isEqualTo(250);
        assertThat(members.read()).hasSize(ExcludedMembers.MOST_READ);
        assertThat(members.whole()).isFalse();
        assertThat(tenant.requests()).containsEntry("GET /groups/{id}/transitiveMembers", 1L);
    }

    @Test
    void exactlyAHundredAreAll() {
        String group = tenant.group("crowd");
        IntStream.range(0, 100).mapToObj(i -> tenant.user("user " + i)).forEach(id -> tenant.member(group, id));
        tenant.policy("MFA", "All", group, "mfa");
        assertThat(members().whole()).isTrue();
    }

    @Test
    void policiesReadInPartLeaveAGap() {
        tenant.policy("MFA", "All", tenant.group("exempt"), "mfa");
        tenant.policy("broken", "All", "", "mfa").remove("id");
        assertThat(Readings.of(tenant, EXCLUDED_GROUPS).gaps(EXCLUDED_GROUPS))
                .containsExactly("Conditional Access policies were read in part, so groups may be missing");
    }
}
