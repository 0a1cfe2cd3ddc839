package dev.parc.functions.wiring;

import dev.parc.app.Parc;
import dev.parc.functions.AccountsApi;
import dev.parc.functions.AcknowledgementsApi;
import dev.parc.functions.AttestationsApi;
import dev.parc.functions.ChecksApi;
import dev.parc.functions.DocumentsApi;
import dev.parc.functions.HealthApi;
import dev.parc.functions.ReportApi;
import dev.parc.functions.RunQueue;
import dev.parc.functions.RunsApi;
import dev.parc.functions.StagesApi;
import dev.parc.functions.Timers;
import dev.parc.functions.TrendsApi;
import dev.parc.functions.WaiversApi;
import dev.parc.functions.WebhooksApi;
import dev.parc.functions.change.WhatIfApi;
import dev.parc.functions.http.Access;
import dev.parc.functions.page.Registers;
import dev.parc.functions.page.ReportPage;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the functions, each with what it uses and no more. Nothing is opened by that: a function asks when it is called, so that
 * settings that cannot be read are its answer, and a cold start loads the classes of the function that is called.
 */
public final class FunctionFactory {

    /** The simple names of the classes with functions. */
    public static final List<String> CLASSES = List.of(
            "Timers",
            "RunQueue",
            "RunsApi",
            "WhatIfApi",
            "StagesApi",
            "ChecksApi",
            "TrendsApi",
            "AccountsApi",
            "AttestationsApi",
            "WaiversApi",
            "AcknowledgementsApi",
            "ReportApi",
            "ReportPage",
            "WebhooksApi",
            "DocumentsApi",
            "HealthApi");

    private final Supplier<Parc> parts;

    /** @param parts asked whenever a function needs something */
    public FunctionFactory(Supplier<Parc> parts) {
        this.parts = parts;
    }

    /**
     * An instance of a class with functions.
     *
     * @param name one of {@link #CLASSES}
     * @throws IllegalArgumentException if it is none of these
     */
    public Object make(String name) {
        return switch (name) {
            case "Timers" -> new Timers(use(Parc::runs));
            case "RunQueue" ->
                new RunQueue(
                        use(Parc::runs),
                        use(Parc::store),
                        use(Parc::webhooks),
                        use(Parc::whatIfs),
                        use(Parc::overdueStages));
            case "RunsApi" -> new RunsApi(access(), use(Parc::runs), use(Parc::store), use(Parc::webhooks));
            case "WhatIfApi" -> new WhatIfApi(access(), use(Parc::whatIfs));
            case "StagesApi" -> new StagesApi(access(), use(Parc::runs), use(Parc::store), use(Parc::checks));
            case "ChecksApi" -> new ChecksApi(access(), use(Parc::runs), use(Parc::store), use(Parc::checks));
            case "TrendsApi" ->
                new TrendsApi(access(), use(Parc::runs), use(Parc::store), use(Parc::trends), use(Parc::published));
            case "AccountsApi" -> new AccountsApi(access(), use(Parc::store), use(Parc::categories));
            case "AttestationsApi" ->
                new AttestationsApi(access(), use(Parc::runs), use(Parc::attestations), use(Parc::checks));
            case "WaiversApi" -> new WaiversApi(access(), use(Parc::runs), use(Parc::waivers), use(Parc::clock));
            case "AcknowledgementsApi" -> new AcknowledgementsApi(access(), use(Parc::acknowledgements));
            case "ReportApi" -> new ReportApi(access(), use(Parc::store));
            case "ReportPage" ->
                new ReportPage(
                        access(),
                        new Registers(
                                use(Parc::attestations),
                                use(Parc::waivers),
                                use(Parc::categories),
                                use(Parc::acknowledgements)),
                        use(Parc::runs),
                        use(Parc::store),
                        use(Parc::reports),
                        use(Parc::portals),
                        use(Parc::clock));
            case "WebhooksApi" -> new WebhooksApi(access(), use(Parc::webhooks));
            case "DocumentsApi" -> new DocumentsApi(access());
            case "HealthApi" -> new HealthApi(access(), use(Parc::checks), use(Parc::doctor));
            default -> throw new IllegalArgumentException(name + " has no functions");
        };
    }

    private Supplier<Access> access() {
        return use(known -> new Access(known.settings(), known.isDesk()));
    }

    private <T> Supplier<T> use(Function<Parc, T> part) {
        return () -> part.apply(parts.get());
    }
}
