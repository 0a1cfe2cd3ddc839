package dev.parc.functions.page;

import dev.parc.assessment.register.AccountCategories;
import dev.parc.assessment.register.Acknowledgements;
import dev.parc.assessment.register.Attestations;
import dev.parc.assessment.register.Waivers;
import java.util.function.Supplier;

/** Where the page keeps what operators decide; each is opened when it is first asked for. */
public record Registers(
        Supplier<Attestations> attestations,
        Supplier<Waivers> waivers,
        Supplier<AccountCategories> categories,
        Supplier<Acknowledgements> acknowledgements) {}
