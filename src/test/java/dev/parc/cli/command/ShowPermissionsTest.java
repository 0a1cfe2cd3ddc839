package dev.parc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.app.CompositionRoot;
import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.cli.DeskWiring;
import dev.parc.cli.Main;
import dev.parc.cli.Wiring;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.roadmap.Roadmap;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowPermissionsTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** On the demo tenant and real snapshots, which say what was held. */
    private int run(String... arguments) {
        Wiring desk = new DeskWiring();
        Wiring here = new Wiring() {
            @Override
            public CompositionRoot live(Map<String, String> environment, Optional<Path> record, Path data) {
                return desk.live(environment, record, folder);
            }

            @Override
            public CompositionRoot snapshot(Map<String, String> environment, Path snapshot, Path data) {
                return desk.snapshot(environment, snapshot, folder);
            }

            @Override
            public CompositionRoot demo(Path data) {
                return desk.demo(folder);
            }
        };
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true), false, false, Map.of());
        return Main.run(console, here, arguments);
    }

    @Test
    void theDemoLacksTwoPermissionsAndSaysWhatThatCosts() {
        assertThat(run("permissions", "--demo")).isEqualTo(ExitCode.DONE);

        assertThat(out.toString())
                .contains("core: 8 of 8 held", "azure: 2 of 2 held")
                .contains("lacking UserAuthenticationMethod.Read.All: if other sources are incomplete, no answer for"
                        + " S1-04, S1-05, S2-03")
                .contains("infra/grant-permissions.sh --set optional")
                .contains(" may have no answer: S1-04, S1-05, S2-03")
                .doesNotContain("no item depends on it", "Nothing that is known to be lacking");
    }

    /** What the permissions say and what a run says must not contradict each other. */
    @Test
    void everyItemThatARunOfTheDemoDoesNotAssessIsNamed() {
        SnapshotTenant demo = SnapshotTenant.demo();
        Facts facts = demo.collect(FactKind.OF_TENANT, demo.designations(), phrase -> {})
                .facts()
                .with(Map.of(FactKind.ATTESTATIONS, new Reading.Read(List.of(), List.of())));
        List<String> unassessed = Roadmap.checks().stream()
                .filter(check -> !Assessor.reads(check).contains(FactKind.EARLIER_ADMINISTRATORS))
                .filter(check -> Assessor.assess(check, facts).outcome() == Outcome.NOT_ASSESSED)
                .map(check -> Check.card(check).id())
                .toList();
        assertThat(unassessed).contains("S1-05");

        run("permissions", "--demo");

        assertThat(out.toString().lines().filter(line -> line.contains("no answer: ")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(unassessed));
    }

    @Test
    void asJsonItIsOneDocument() {
        assertThat(run("permissions", "--demo", "--json")).isEqualTo(ExitCode.DONE);

        assertThat(out.toString())
                .startsWith("{\"schema\":\"parc-permissions/1\"")
                .hasLineCount(1);
    }

    @Test
    void aSnapshotThatDoesNotSaySaysThat() {
        assertThat(run("permissions", "--snapshot", "src/test/resources/scubagear-sample"))
                .isEqualTo(ExitCode.DONE);

        assertThat(out.toString())
                .startsWith("The snapshot does not record which permissions were held.\ncore: 0 of 8 held\n")
                .contains("azure: 0 of 2 held", "lacking Reader on the tenant root management group");
    }

    @Test
    void onlyOneTenantIsNamed() {
        assertThat(run("permissions", "--demo", "--snapshot", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("use either --demo or --snapshot");
    }
}
