package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.assessment.run.RunRequest;
import dev.parc.check.Outcome;
import dev.parc.collect.Estate;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.Wire;
import dev.parc.collect.tenant.LiveTenants;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a tenant with many subscriptions: split into messages, joined again. */
class LargeEstateTest {

    private static final Logger LOG = Logger.getLogger(LargeEstateTest.class.getName());
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path data;

    private final FakeTenant tenant = FakeTenant.licensed();
    private final FakeArm arm = tenant.arm();
    private final List<String> scopes = new ArrayList<>();

    /** Subscriptions with owners, eligible people, contacts and exports here and there, and some that are disabled. */
    private void estate(int subscriptions) {
        String owner = tenant.user("owner");
        String ann = tenant.user("ann");
        tenant.permanent(owner, DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        for (int number = 0; number < subscriptions; number++) {
            String scope = arm.subscription("sub " + number);
            scopes.add(scope);
            arm.assign(owner, "User", AzureRole.OWNER, scope);
            if (number % 3 == 0) {
                arm.eligible(ann, "ann@contoso.com", AzureRole.OWNER, scope, "2026-12-31T00:00:00Z");
            }
            if (number % 5 == 0) {
                arm.contact(scope, "soc@contoso.com", "Owner");
            }
            if (number % 7 == 0) {
                arm.export(scope, "to-siem", "workspaceId", "/subscriptions/x/workspaces/w", "Administrative");
            }
            if (number % 11 == 0) {
                arm.row(scope).put("state", "Disabled");
            }
        }
        arm.subscription("of a customer", FakeTenant.id("other tenant"));
    }

    private CompositionRoot parc(String folder, Wire network, Estate.Few few) {
        return CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        () -> LiveTenants.of(tenant, network),
                        opened -> Stores.files(data.resolve(folder), opened.id()),
                        Roadmap.checks(),
                        CLOCK)
                .few(few)
                .root();
    }

    private static RunRequest everything(CompositionRoot parc) {
        RunRequest run = parc.runs().request(List.of(), List.of(), Trigger.HTTP);
        parc.runs().begin(run);
        return run;
    }

    private List<CheckResult> inOnePiece() {
        CompositionRoot parc = parc("whole", arm, new Estate.Few(100_000, 100));
        RunRequest run = everything(parc);
        assertThat(parc.runs().work(RunMessage.of(run), 1, LOG).messages()).isEmpty();
        return parc.store().results(run.runId()).orElseThrow().results();
    }

    /** Takes messages from the queue in any order, every one of them twice, until none is left; gives how many there were. */
    private static int workedOff(CompositionRoot parc, RunRequest run, Predicate<RunMessage> last) {
        List<String> queue = new ArrayList<>(List.of(RunJson.write(run)));
        Random order = new Random(42);
        int messages = 0;
        while (!queue.isEmpty()) {
            Collections.shuffle(queue, order);
            RunMessage message = RunJson.readMessage(queue.remove(0));
            messages++;
            long attempt = last.test(message) ? Runs.ATTEMPTS : 1;
            queue.addAll(parc.runs().work(message, attempt, LOG).messages());
            if (message.block().isPresent()) {
                queue.addAll(parc.runs().work(message, attempt, LOG).messages());
            }
        }
        return messages;
    }

    @Test
    void twoThousandSubscriptionsInBlocksAreAnsweredAsInOnePiece() {
        estate(2_000);
        List<CheckResult> whole = inOnePiece();
        int requestsOfWhole = arm.requests().size();
        CompositionRoot parc = parc("split", arm, new Estate.Few(500, 250));
        RunRequest run = everything(parc);

        Runs.Work first = parc.runs().work(RunMessage.of(run), 1, LOG);

        assertThat(first.messages()).hasSize(8);
        assertThat(arm.requests().size() - requestsOfWhole)
                .as("the first message lists management groups and subscriptions, in two pages, and no more")
                .isEqualTo(4);
        int before = arm.requests().size();
        parc.runs().work(RunJson.readMessage(first.messages().get(0)), 1, LOG);
        assertThat(arm.requests().size() - before)
                .as("a block is at most four calls a subscription: a minute, of the half hour that a message may take")
                .isBetween(250, 4 * 250);
        workedOff(parc, run, message -> false);

        Assessment split = parc.store().results(run.runId()).orElseThrow();
        assertThat(split.results()).isEqualTo(whole);
        assertThat(whole).extracting(CheckResult::outcome).contains(Outcome.PASS, Outcome.FAIL);
        assertThat(arm.requests().size() - requestsOfWhole)
                .as("no answer is asked for twice but the lists")
                .isEqualTo(requestsOfWhole + 4);
        assertThat(split.requests().arm()).isEqualTo(requestsOfWhole);
        assertThat(parc.store().parts(run.runId())).isEmpty();
        assertThat(parc.store().history("S2-19", 9)).hasSize(1);
    }

    @Test
    void aFewSubscriptionsAreOneMessageWithNoCallMore() {
        estate(12);
        List<CheckResult> whole = inOnePiece();
        int requestsOfWhole = arm.requests().size();
        CompositionRoot parc = parc("few", arm, new Estate.Few(12, 5));
        RunRequest run = everything(parc);

        assertThat(parc.runs().work(RunMessage.of(run), 1, LOG).messages()).isEmpty();

        assertThat(arm.requests()).hasSize(2 * requestsOfWhole);
        assertThat(parc.store().results(run.runId()).orElseThrow().results()).isEqualTo(whole);
    }

    @Test
    void aRunThatAsksNothingOfEachSubscriptionIsNotSplit() {
        estate(13);
        CompositionRoot parc = parc("few", arm, new Estate.Few(12, 5));
        RunRequest run = parc.runs().request(List.of("S1"), List.of(), Trigger.HTTP);

        assertThat(parc.runs().work(RunMessage.of(run), 1, LOG).messages()).isEmpty();

        assertThat(parc.runs().find(run.runId()).orElseThrow().state()).isEqualTo(State.DONE);
        assertThat(arm.requests()).isEmpty();
    }

    /** Azure in which everything about subscriptions of one block breaks off. */
    private Wire withoutBlock(int from, int to) {
        return request -> {
            String path = request.uri().getPath();
            if (scopes.subList(from, to).stream().anyMatch(scope -> path.startsWith(scope + "/"))) {
                throw new IOException("the connection broke");
            }
            return arm.send(request);
        };
    }

    @Test
    void aBlockThatCannotBeReadIsUnreadWithItsReasonAndNeverEmpty() {
        estate(13);
        List<CheckResult> whole = inOnePiece();
        CompositionRoot parc = parc("split", withoutBlock(5, 10), new Estate.Few(12, 5));
        RunRequest run = everything(parc);
        RunMessage doomed = RunJson.readMessage(
                parc.runs().work(RunMessage.of(run), 1, LOG).messages().get(1));
        assertThatThrownBy(() -> parc.runs().work(doomed, 4, LOG))
                .isInstanceOf(TenantException.class)
                .hasMessageContaining("no subscription of the block gave an answer");
        assertThat(parc.runs().find(run.runId()).orElseThrow().state()).isNotEqualTo(State.FAILED);

        workedOff(parc, run, doomed::equals);

        List<CheckResult> split =
                parc.store().results(run.runId()).orElseThrow().results();
        for (String item : List.of("S2-17", "S2-21", "S3-13", "S3-14")) {
            CheckResult result = result(split, item);
            assertThat(result.outcome()).as(item).isNotIn(Outcome.PASS, Outcome.NOT_APPLICABLE);
            assertThat(result.reasons()).as(item).anyMatch(reason -> reason.contains("no subscription of the block"));
        }
        assertThat(result(split, "S1-07")).isEqualTo(result(whole, "S1-07"));
        assertThat(parc.store().parts(run.runId())).isEmpty();
    }

    @Test
    void aBlockThatEndsItsProcessIsGivenUpFromThePoisonQueueAndTheRunGoesOn() {
        estate(13);
        CompositionRoot parc = parc("split", arm, new Estate.Few(12, 5));
        RunRequest run = everything(parc);
        List<String> messages = parc.runs().work(RunMessage.of(run), 1, LOG).messages();
        assertThat(parc.runs()
                        .work(RunJson.readMessage(messages.get(0)), 1, LOG)
                        .messages())
                .isEmpty();
        assertThat(parc.runs()
                        .work(RunJson.readMessage(messages.get(1)), 1, LOG)
                        .messages())
                .isEmpty();
        assertThat(parc.runs().work(RunMessage.of(run), 1, LOG).messages())
                .as("the run that comes again waits for what is outstanding")
                .containsExactly(messages.get(2));

        List<String> further = parc.runs().giveUp(RunJson.readMessage(messages.get(2)), "given up: \u00e9");

        assertThat(further).containsExactly(RunJson.write(run));
        assertThat(parc.runs().giveUp(RunJson.readMessage(messages.get(2)), "again"))
                .isEqualTo(further);
        assertThat(parc.runs().work(RunMessage.of(run), 1, LOG).messages()).isEmpty();
        assertThat(result(parc.store().results(run.runId()).orElseThrow().results(), "S2-21")
                        .reasons())
                .anyMatch(reason -> reason.contains("given up: ?"));
    }

    @Test
    void aRunThatIsGivenUpLeavesNoParts() {
        estate(13);
        CompositionRoot parc = parc("split", arm, new Estate.Few(12, 5));
        RunRequest run = everything(parc);
        parc.runs().work(RunMessage.of(run), 1, LOG);
        assertThat(parc.store().parts(run.runId())).isNotEmpty();

        parc.runs().giveUp(RunMessage.of(run), "given up");

        assertThat(parc.store().parts(run.runId())).isEmpty();
        assertThat(parc.runs().find(run.runId()).orElseThrow().progress()).isEqualTo("given up");
    }

    private static CheckResult result(List<CheckResult> results, String item) {
        return results.stream()
                .filter(result -> result.checkId().equals(item))
                .findFirst()
                .orElseThrow();
    }
}
