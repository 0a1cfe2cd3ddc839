package dev.parc.change.fix;

import dev.parc.app.ChangeProver;
import dev.parc.app.CompositionRoot;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.assessment.CheckResult;
import dev.parc.change.Change;
import dev.parc.change.ChangeJson;
import dev.parc.change.GraphOfTests;
import dev.parc.change.fix.items.Fixes;
import dev.parc.change.proof.TenantState;
import dev.parc.check.Check;
import dev.parc.collect.DemoTenant;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.WireTenant;
import dev.parc.facts.Designations;
import dev.parc.roadmap.Roadmap;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A tenant in which something is wrong, and what puts it right.
 *
 * @param folder where nothing is kept that matters
 * @param tenants the same tenant each time
 */
record FixScene(Path folder, Supplier<FakeTenant> tenants, Designations designations) {

    static Check check(String id) {
        return Roadmap.checks().stream()
                .filter(check -> Check.card(check).id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static CheckResult result(TenantState state, String item) {
        return state.assessment().results().stream()
                .filter(one -> one.checkId().equals(item))
                .findFirst()
                .orElseThrow();
    }

    ChangeProver prover(FakeTenant tenant) {
        return CompositionRoot.Setup.of(
                        Settings.of(Map.of()),
                        () -> WireTenant.of(tenant, designations),
                        opened -> Stores.files(folder, "tenant"),
                        Roadmap.checks(),
                        Clock.fixed(DemoTenant.TAKEN_AT, ZoneOffset.UTC))
                .root()
                .changes();
    }

    TenantState state() {
        return prover(tenants.get()).before(phrase -> {});
    }

    Solution solve(String item, boolean enforce) {
        return solve(item, Fixes.of(item).orElseThrow(), enforce);
    }

    Solution solve(String item, Fix fix, boolean enforce) {
        return prover(tenants.get())
                .fix(check(item), fix, enforce, phrase -> {})
                .solution();
    }

    /** How the tenant stands once the change, as it comes back from its file, was really made. */
    TenantState made(Change change) {
        FakeTenant tenant = tenants.get();
        GraphOfTests.apply(tenant, ChangeJson.read(ChangeJson.write(change)));
        return prover(tenant).before(phrase -> {});
    }
}
