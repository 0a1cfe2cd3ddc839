package dev.parc.app;

import java.nio.file.Path;
import java.util.ServiceLoader;

/** Serves the functions on this machine, without the Azure Functions host. */
public interface DeskHost {

    /** The port of the Azure Functions Core Tools. */
    int DEFAULT_PORT = 7071;

    /** The host that comes with the functions. It is looked up, because nothing may know the functions. */
    static DeskHost find() {
        return ServiceLoader.load(DeskHost.class).findFirst().orElseThrow();
    }

    /**
     * Starts to serve on the loopback address, to work off the queue and to fire the timers.
     *
     * @param port 0 for any that is free
     * @param data the folder that keeps the queue
     * @throws SettingsException if the port or the folder is in use, or the folder cannot be written
     * @throws dev.parc.collect.TenantException if the tenant cannot be reached at all
     * @throws dev.parc.assessment.ledger.StoreException if the store cannot be reached
     */
    Serving start(CompositionRoot parc, int port, Path data);

    /** What is being served until it is closed. */
    interface Serving extends AutoCloseable {

        /** Where, for example {@code http://127.0.0.1:7071}. */
        String address();

        /** Waits until it is closed. */
        void await() throws InterruptedException;

        /** Takes no more requests, gives those under way a few seconds, and leaves unfinished runs to the next start. */
        @Override
        void close();
    }
}
