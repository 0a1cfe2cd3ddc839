package dev.parc.functions;

import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.parc.app.Runs;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.json.RunJson;
import dev.parc.check.Stage;
import java.util.List;
import java.util.function.Supplier;

/** The timers: each puts the run of one stage on the queue, by the schedule in its setting. */
public final class Timers {

    private final Supplier<Runs> runs;

    public Timers(Supplier<Runs> runs) {
        this.runs = runs;
    }

    /** Asks for a run of Stage 1. */
    @FunctionName("RunStage1")
    public void runStage1(
            @TimerTrigger(name = "timer", schedule = "%PARC_STAGE1_SCHEDULE%") String timer,
            @QueueOutput(name = "message", queueName = RunQueue.NAME, connection = RunQueue.CONNECTION)
                    OutputBinding<String> message) {
        message.setValue(messageFor(Stage.S1));
    }

    /** Asks for a run of Stage 2. */
    @FunctionName("RunStage2")
    public void runStage2(
            @TimerTrigger(name = "timer", schedule = "%PARC_STAGE2_SCHEDULE%") String timer,
            @QueueOutput(name = "message", queueName = RunQueue.NAME, connection = RunQueue.CONNECTION)
                    OutputBinding<String> message) {
        message.setValue(messageFor(Stage.S2));
    }

    /** Asks for a run of Stage 3. */
    @FunctionName("RunStage3")
    public void runStage3(
            @TimerTrigger(name = "timer", schedule = "%PARC_STAGE3_SCHEDULE%") String timer,
            @QueueOutput(name = "message", queueName = RunQueue.NAME, connection = RunQueue.CONNECTION)
                    OutputBinding<String> message) {
        message.setValue(messageFor(Stage.S3));
    }

    /** Asks for a run of Stage 4. */
    @FunctionName("RunStage4")
    public void runStage4(
            @TimerTrigger(name = "timer", schedule = "%PARC_STAGE4_SCHEDULE%") String timer,
            @QueueOutput(name = "message", queueName = RunQueue.NAME, connection = RunQueue.CONNECTION)
                    OutputBinding<String> message) {
        message.setValue(messageFor(Stage.S4));
    }

    /** Asks for a run of the break-glass items. */
    @FunctionName("RunBreakGlass")
    public void runBreakGlass(
            @TimerTrigger(name = "timer", schedule = "%PARC_BREAKGLASS_SCHEDULE%") String timer,
            @QueueOutput(name = "message", queueName = RunQueue.NAME, connection = RunQueue.CONNECTION)
                    OutputBinding<String> message) {
        message.setValue(messageFor(Stage.BG));
    }

    private String messageFor(Stage stage) {
        return RunJson.write(runs.get().request(List.of(stage.name()), List.of(), Trigger.TIMER));
    }
}
