package dev.parc.roadmap;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.signin.Requirement;
import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.CheckTester;
import dev.parc.check.CheckTester.Expectation;
import dev.parc.check.Outcome;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Account;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the tests of verdicts that go wrong ask with: where the trap lies in reading, the facts come from the readers. */
final class Traps {

    static final String GLOBAL = GLOBAL_ADMINISTRATOR.templateId();

    static final String EXCHANGE = EXCHANGE_ADMINISTRATOR.templateId();

    /** The number of the wrong verdict that the test would fall into. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Trap {
        int[] value();
    }

    private Traps() {}

    /** Reads what the check asks for as production does, and asks it. */
    static Expectation ask(Check check, FakeTenant tenant, String... emergencyAccounts) {
        Designations designations = new Designations(Set.of(emergencyAccounts), Map.of());
        FactKind[] kinds = Assessor.reads(check).stream()
                .filter(kind -> !FactKind.OWN.contains(kind))
                .toArray(FactKind[]::new);
        Facts read = Readings.of(tenant, designations, kinds).facts(designations);
        return CheckTester.of(check)
                .given(read.with(Map.of(FactKind.ATTESTATIONS, new Reading.Read(List.of(), List.of()))));
    }

    /** A tenant with one permanent Global Administrator, ann, who is in the group {@code service}. */
    static FakeTenant withAnn() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.permanent(tenant.user("ann"), GLOBAL);
        tenant.group("service", FakeTenant.id("ann"));
        return tenant;
    }

    static ObjectNode mfa(FakeTenant tenant) {
        return tenant.policy("MFA", "All", "", "mfa");
    }

    static void put(ObjectNode object, String list, String... values) {
        object.putArray(list);
        Stream.of(values).forEach(object.withArray(list)::add);
    }

    static MfaDecision require(Requirement requirement, PolicyBuilder... policies) {
        Account ann = account("ann@contoso.com");
        TenantBuilder tenant = tenant().globalAdmin(ann).inGroups(ann);
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return ConditionalAccess.of(tenant.facts()).require(ann, requirement);
    }

    static Outcome outcome(Check check, TenantBuilder tenant) {
        return CheckTester.of(check).given(tenant).verdict().outcome();
    }
}
