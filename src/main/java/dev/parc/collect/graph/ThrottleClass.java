package dev.parc.collect.graph;

import dev.parc.collect.http.Pacer;
import dev.parc.collect.http.Waiting;
import java.time.Duration;

/** Groups of requests that Graph limits together, and how PARC keeps below the limit. */
enum ThrottleClass {

    /** Directory and governance: limits far above what a run asks for. */
    DIRECTORY(20, 4, 0, Duration.ZERO),

    /** Sign-in logs, audit logs and registration details: five requests in ten seconds, in a batch or not. */
    REPORTS(5, 1, 5, Duration.ofMillis(10_100)),

    /** Microsoft 365 usage reports: fourteen requests in ten minutes, never in a batch, which cannot redirect. */
    USAGE_REPORTS(1, 1, 14, Duration.ofMinutes(10)),

    /** Conditional Access and identity protection: one request a second for all applications of the tenant together. */
    CONDITIONAL_ACCESS(1, 1, 1, Duration.ofMillis(1_050));

    private final int batch;
    private final int parallel;
    private final int permits;
    private final Duration window;

    ThrottleClass(int batch, int parallel, int permits, Duration window) {
        this.batch = batch;
        this.parallel = parallel;
        this.permits = permits;
        this.window = window;
    }

    /** The class of a path without its version, for example {@code /users/1}. */
    static ThrottleClass of(String path) {
        if (isUnder(path, "/identity/conditionalAccess") || isUnder(path, "/identityProtection")) {
            return CONDITIONAL_ACCESS;
        }
        if (path.startsWith("/reports/get")) {
            return USAGE_REPORTS;
        }
        return isUnder(path, "/reports") || isUnder(path, "/auditLogs") ? REPORTS : DIRECTORY;
    }

    private static boolean isUnder(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    /** The most requests in one batch. */
    int batch() {
        return batch;
    }

    /** The most HTTP calls at a time. */
    int parallel() {
        return parallel;
    }

    /** Keeps the pace of one tenant's requests of this class. */
    Pacer pacer(Waiting waiting) {
        return new Pacer(permits, window, waiting);
    }
}
