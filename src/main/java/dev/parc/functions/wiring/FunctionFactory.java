package dev.parc.functions.wiring;

import dev.parc.app.CompositionRoot;
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

    private final Supplier<CompositionRoot> parts;

    /** @param parts asked whenever a function needs something */
    public FunctionFactory(Supplier<CompositionRoot> parts) {
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
            case "Timers" -> new Timers(use(CompositionRoot::runs));
            case "RunQueue" ->
                new RunQueue(
                        use(CompositionRoot::runs),
                        use(CompositionRoot::store),
                        use(CompositionRoot::webhooks),
                        use(CompositionRoot::whatIfs),
                        use(CompositionRoot::overdueStages));
            case "RunsApi" ->
                new RunsApi(
                        access(),
                        use(CompositionRoot::runs),
                        use(CompositionRoot::store),
                        use(CompositionRoot::webhooks));
            case "WhatIfApi" -> new WhatIfApi(access(), use(CompositionRoot::whatIfs));
            case "StagesApi" ->
                new StagesApi(
                        access(),
                        use(CompositionRoot::runs),
                        use(CompositionRoot::store),
                        use(CompositionRoot::checks));
            case "ChecksApi" ->
                new ChecksApi(
                        access(),
                        use(CompositionRoot::runs),
                        use(CompositionRoot::store),
                        use(CompositionRoot::checks));
            case "TrendsApi" ->
                new TrendsApi(
                        access(),
                        use(CompositionRoot::runs),
                        use(CompositionRoot::store),
                        use(CompositionRoot::trends),
                        use(CompositionRoot::published));
            case "AccountsApi" ->
                new AccountsApi(access(), use(CompositionRoot::store), use(CompositionRoot::categories));
            case "AttestationsApi" ->
                new AttestationsApi(
                        access(),
                        use(CompositionRoot::runs),
                        use(CompositionRoot::attestations),
                        use(CompositionRoot::checks));
            case "WaiversApi" ->
                new WaiversApi(
                        access(),
                        use(CompositionRoot::runs),
                        use(CompositionRoot::waivers),
                        use(CompositionRoot::clock));
            case "AcknowledgementsApi" -> new AcknowledgementsApi(access(), use(CompositionRoot::acknowledgements));
            case "ReportApi" -> new ReportApi(access(), use(CompositionRoot::store));
            case "ReportPage" ->
                new ReportPage(
                        access(),
                        new Registers(
                                use(CompositionRoot::attestations),
                                use(CompositionRoot::waivers),
                                use(CompositionRoot::categories),
                                use(CompositionRoot::acknowledgements)),
                        use(CompositionRoot::runs),
                        use(CompositionRoot::store),
                        use(CompositionRoot::reports),
                        use(CompositionRoot::portals),
                        use(CompositionRoot::clock));
            case "WebhooksApi" -> new WebhooksApi(access(), use(CompositionRoot::webhooks));
            case "DocumentsApi" -> new DocumentsApi(access());
            case "HealthApi" -> new HealthApi(access(), use(CompositionRoot::checks), use(CompositionRoot::doctor));
            default -> throw new IllegalArgumentException(name + " has no functions");
        };
    }

    private Supplier<Access> access() {
        return use(known -> new Access(known.settings(), known.isDesk()));
    }

    private <T> Supplier<T> use(Function<CompositionRoot, T> part) {
        return () -> part.apply(parts.get());
    }
}
