package dev.parc.cli.command;

import dev.parc.app.PermissionProbe;
import dev.parc.assessment.json.PermissionReport;
import dev.parc.assessment.json.PermissionReport.Held;
import dev.parc.assessment.json.PermissionReport.Permission;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.Progress;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.option.RunOptions;
import dev.parc.cli.option.TenantOptions;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import dev.parc.report.text.VisibleText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parc permissions}: what the identity may read, and which items it cannot answer. */
@Command(
        name = "permissions",
        description = {
            "List what PARC's identity can read, what is missing and what to grant.",
            "Covers Microsoft Graph and Azure, and names the items that need what is missing. With"
                    + " --snapshot: what the identity could read when the snapshot was taken."
        })
public final class ShowPermissions implements Callable<Integer> {

    private static final String INDENT = " ".repeat(9);

    /** What it uses of a tenant. */
    public record Parts(Supplier<Tenant> tenant, Supplier<PermissionProbe> permissions) {}

    private final Console console;
    private final Source<Parts> source;

    @Mixin
    TenantOptions tenant = new TenantOptions();

    @Option(names = "--json", description = "Write the result as JSON.")
    boolean json;

    public ShowPermissions(Console console, Source<Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        tenant.requireOne();
        PermissionReport permissions = read();
        PrintWriter out = console.out();
        if (json) {
            out.println(permissions.json());
        } else {
            print(out, permissions);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private PermissionReport read() {
        try {
            Parts parts = tenant.of(source, console.environment(), Optional.empty(), RunOptions.DATA);
            String what = TenantOptions.inWords(parts.tenant().get().source());
            try (Progress progress = new Progress(console, "checking the " + what)) {
                return parts.permissions().get().read(progress);
            }
        } catch (TenantException e) {
            throw tenant.refused(e);
        }
    }

    private void print(PrintWriter out, PermissionReport permissions) {
        TextStyle style = new TextStyle(console.colour());
        if (permissions.graph().stream().allMatch(permission -> permission.held() == Held.UNKNOWN)) {
            out.println(
                    permissions.source().equals("live")
                            ? "The token belongs to a person, so what it can read depends on their roles. Run this as the app."
                            : "The " + permissions.source() + " does not record which permissions were held.");
        }
        for (String set : new LinkedHashSet<>(
                permissions.all().stream().map(Permission::set).toList())) {
            List<Permission> of = permissions.all().stream()
                    .filter(permission -> permission.set().equals(set))
                    .toList();
            out.println(style.of("1", set) + ": "
                    + of.stream()
                            .filter(permission -> permission.held() == Held.YES)
                            .count() + " of " + of.size() + " held");
            of.stream().filter(permission -> permission.held() == Held.NO).forEach(permission -> {
                out.println("  " + style.of("33", "lacking") + " " + permission.name() + ": " + cost(permission));
                if (!permission.why().isEmpty()) {
                    out.println(INDENT + VisibleText.of(permission.why()));
                }
                out.println(INDENT + permission.grant());
            });
        }
        List<String> unanswered = List.copyOf(permissions.unanswered().keySet());
        Set<String> doubtful = permissions.doubtful();
        if (!unanswered.isEmpty()) {
            out.println("%d %s no answer, or cannot pass: %s"
                    .formatted(
                            unanswered.size(),
                            unanswered.size() == 1 ? "item has" : "items have",
                            String.join(", ", unanswered)));
        }
        if (!doubtful.isEmpty()) {
            out.println("%d %s may have no answer: %s"
                    .formatted(doubtful.size(), doubtful.size() == 1 ? "item" : "items", String.join(", ", doubtful)));
        }
        if (unanswered.isEmpty() && doubtful.isEmpty()) {
            out.println("No known gap keeps an item from being answered.");
        }
    }

    private static String cost(Permission permission) {
        List<String> costs = new ArrayList<>();
        if (!permission.items().isEmpty()) {
            costs.add("no answer, or no PASS, for " + String.join(", ", permission.items()));
        }
        if (!permission.sometimes().isEmpty()) {
            costs.add("if other sources are incomplete, no answer for " + String.join(", ", permission.sometimes()));
        }
        if (!permission.sharpens().isEmpty()) {
            costs.add("less detail for " + String.join(", ", permission.sharpens()));
        }
        return String.join("; ", costs);
    }
}
