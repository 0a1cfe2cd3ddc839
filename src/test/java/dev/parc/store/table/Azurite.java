package dev.parc.store.table;

import dev.parc.NodePackages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The table service of Azurite, the emulator of Azure Storage: installed from npm under target/ once, started once for
 * all tests on a free port, and gone with this JVM however it ends, because its standard input closes then.
 */
final class Azurite {

    private static final Path SOURCE = Path.of("src", "test", "azurite");
    private static final Path FOLDER = Path.of("target", "azurite");
    private static final Path LOG =
            FOLDER.resolve("azurite-" + ProcessHandle.current().pid() + ".log");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static @Nullable Azurite started;
    private static @Nullable String failure;

    private final Process node;
    private final int port;

    private Azurite(Process node, int port) {
        this.node = node;
        this.port = port;
    }

    /** How to reach it: Azurite's published account name and key, which are no secret. */
    static synchronized String connectionString() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        if (started == null) {
            try {
                started = start();
            } catch (IllegalStateException e) {
                failure = e.getMessage();
                throw e;
            }
        }
        if (!started.node.isAlive()) {
            throw new IllegalStateException("Azurite has ended, see " + LOG);
        }
        return "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey="
                + "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
                + "TableEndpoint=http://127.0.0.1:" + started.port + "/devstoreaccount1;";
    }

    private static Azurite start() {
        try {
            NodePackages.install(SOURCE, FOLDER);
            int port = freePort();
            Process node = new ProcessBuilder(
                            "node",
                            "start.js",
                            "--tablePort",
                            Integer.toString(port),
                            "--inMemoryPersistence",
                            "--silent",
                            "--disableTelemetry")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(LOG.toFile())
                    .start();
            await(node, port);
            return new Azurite(node, port);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Azurite could not be started: the tests of the table store need Node.js 20 or newer, node and npm on"
                            + " the path (" + e.getMessage() + ")",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Azurite was being started", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(Process node, int port) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!answers(port)) {
            if (!node.isAlive() || Instant.now().isAfter(end)) {
                node.destroyForcibly();
                throw new IllegalStateException("Azurite did not start, see " + LOG);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
