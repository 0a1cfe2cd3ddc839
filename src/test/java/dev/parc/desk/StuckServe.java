package dev.parc.desk;

import dev.parc.app.FakeTenant;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that serves, prints its address, and never gets done with its first run. */
final class StuckServe {

    private StuckServe() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        FakeTenant stuck = new FakeTenant(progress -> {
            System.out.println("reading");
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        System.out.println(ServeHostTest.serve(stuck, Path.of(args[0])).address());
        never.await();
    }
}
