package dev.parc.cli.command;

import dev.parc.assessment.decision.AccountCategory;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.AccountCategories;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.DecisionOptions;
import dev.parc.facts.Category;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc categorise}: a person says what an administrator's account is for. */
@Command(
        name = "categorise",
        description = {
            "Record what an administrator's account is used for.",
            "Applies from the next run on, and overrides PARC_ACCOUNT_CATEGORIES and what PARC infers."
                    + " --list shows the records; --withdraw takes one back."
        })
public final class Categorise implements Callable<Integer> {

    private final Console console;
    private final Source<AccountCategories> source;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACCOUNT", description = "The object id of the account.")
    @Nullable String account;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CATEGORY",
            description = "dedicated, dual-use, shared, break-glass, automation or external.")
    @Nullable String category;

    @Option(names = "--reason", paramLabel = "TEXT", description = "The reason, in one line.")
    @Nullable String reason;

    @Mixin
    DecisionOptions options = new DecisionOptions();

    public Categorise(Console console, Source<AccountCategories> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        boolean wrong = options.list
                ? options.withdraw || options.by != null || reason != null || category != null
                : account == null || (category == null) != options.withdraw;
        if (wrong) {
            throw new UsageException(
                    "parc categorise ACCOUNT CATEGORY --reason TEXT --by WHO, parc categorise --list [ACCOUNT], or"
                            + " parc categorise ACCOUNT --withdraw --by WHO");
        }
        return options.with(console, source, categories -> {
            if (options.list) {
                list(categories);
            } else if (options.withdraw) {
                withdraw(categories, String.valueOf(account));
            } else {
                categorise(categories, String.valueOf(account), String.valueOf(category));
            }
        });
    }

    private void categorise(AccountCategories categories, String wanted, String as) {
        if (reason == null) {
            throw new UsageException("--reason is missing: say how you know what the account is used for");
        }
        Category meant = Category.of(as)
                .orElseThrow(() -> new UsageException("the category must be one of " + Category.namesInWords()));
        console.say(inWords(categories.categorise(wanted, meant, reason, options.by(), Precondition.NONE)));
    }

    private void withdraw(AccountCategories categories, String wanted) {
        console.say(inWords(categories
                .withdraw(wanted, options.by(), Precondition.NONE)
                .orElseThrow(() -> new UsageException(
                        "this account has no category on record, so there is nothing to withdraw; see 'parc categorise"
                                + " --list'"))));
    }

    private void list(AccountCategories categories) {
        List<Revision<AccountCategory>> history =
                account == null ? List.of() : categories.history(account, DecisionOptions.EARLIER + 1);
        List<Revision<AccountCategory>> newest = account == null
                ? categories.newest()
                : history.stream().limit(1).toList();
        if (newest.isEmpty()) {
            console.say("no account has a category on record");
        }
        newest.forEach(stored -> console.say(inWords(stored)));
        history.stream()
                .skip(1)
                .forEach(earlier -> console.say(DecisionOptions.INDENT + "earlier: " + inWords(earlier)));
    }

    private static String inWords(Revision<AccountCategory> stored) {
        AccountCategory said = stored.value();
        return "%s %s %s (%s): \"%s\" (by %s on %s%s)"
                .formatted(
                        said.accountId(),
                        stored.stands() ? "is" : "is no longer categorised as",
                        said.category().written(),
                        said.category().title(),
                        said.reason(),
                        said.by(),
                        TextStyle.TIME.format(said.at()),
                        DecisionOptions.withdrawal(stored));
    }
}
