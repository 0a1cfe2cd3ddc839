package dev.parc.app;

import dev.parc.store.file.WatchedFiles;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that does a run of {@link Scene} and is gone at one step of a write: nothing that it holds is given back by itself. */
final class DoomedRun {

    /** How it ends. */
    static final int GONE = 9;

    private DoomedRun() {}

    /**
     * Makes one run and dies at a step.
     *
     * @param args folder, the day of the run, and the step
     */
    public static void main(String[] args) {
        AtomicInteger steps = new AtomicInteger();
        Stores doomed = WatchedFiles.stores(Path.of(args[0]), FakeTenant.ID, file -> {
            if (steps.incrementAndGet() == Integer.parseInt(args[2])) {
                Runtime.getRuntime().halt(GONE);
            }
        });
        new Scene(FakeTenant.ID, BrokenOffRunTest.ITEMS).work(Integer.parseInt(args[1]), doomed, 1);
    }
}
