package dev.parc.report;

import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.roles.DirectoryRole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What reading everything costs, measured: of a small tenant, and of what is added to it, unit by unit. */
public final class CostPage {

    /**
     * What was asked.
     *
     * @param graph requests to Microsoft Graph, those in a batch counted singly, pages too
     * @param azure calls to Azure Resource Manager and Resource Graph
     */
    public record Cost(long graph, long azure) {
        Cost minus(Cost other) {
            return new Cost(graph - other.graph, azure - other.azure);
        }
    }

    private static final String PRODUCTION = "/subscriptions/" + FakeTenant.id("subscription Production");
    private static final String GLOBAL = DirectoryRole.GLOBAL_ADMINISTRATOR.templateId();

    private CostPage() {}

    /** The cost of the small tenant, and of one more of each unit; of users of a hundred more. */
    public static Map<String, Cost> costs() {
        Map<String, Cost> costs = new LinkedHashMap<>();
        Cost fixed = of(tenant -> {});
        costs.put("fixed", fixed);
        Map<String, Consumer<FakeTenant>> units = new LinkedHashMap<>();
        units.put("administrator of the directory", tenant -> tenant.permanent(tenant.user("one more"), GLOBAL));
        units.put(
                "administrator of Azure alone",
                tenant -> tenant.arm().assign(user(tenant, "one more"), "User", AzureRole.OWNER, PRODUCTION));
        units.put(
                "application that holds a role",
                tenant -> tenant.permanent(tenant.servicePrincipal("one more"), GLOBAL));
        units.put("group that holds a role", tenant -> tenant.permanent(tenant.group("one more"), GLOBAL));
        units.put(
                "group that a policy excludes",
                tenant -> tenant.policy("one more", "All", tenant.group("one more"), "mfa"));
        units.put(
                "connected application without a running provisioning job",
                tenant -> tenant.enterpriseApplication("one more"));
        units.put(
                "watchlist that an alert rule names",
                tenant -> tenant.arm()
                        .queryRule(
                                PRODUCTION,
                                "one more",
                                tenant.arm().workspace(PRODUCTION, "one-more", 365, false),
                                "SigninLogs | where UserId in ((_GetWatchlist('one') | project SearchKey))"));
        units.put(
                "subscription that runs",
                tenant -> tenant.arm()
                        .assign(
                                FakeTenant.id("root"),
                                "User",
                                AzureRole.OWNER,
                                tenant.arm().subscription("one more")));
        units.put("workspace that receives logs", tenant -> {
            String workspace = tenant.arm().workspace(PRODUCTION, "one-more", 365, true);
            tenant.arm().export(PRODUCTION, "one more", "workspaceId", workspace, "Administrative");
            tenant.arm().exportDirectory("one more", "workspaceId", workspace, "AuditLogs", "SignInLogs");
        });
        units.put(
                "storage account that receives logs",
                tenant -> tenant.arm()
                        .export(
                                PRODUCTION,
                                "one more",
                                "storageAccountId",
                                FakeArm.account(PRODUCTION, "onemore"),
                                "Administrative"));
        units.put("management group", tenant -> tenant.arm().managementGroup("one-more", "One more"));
        units.put(
                "management group on which somebody holds a role",
                tenant -> tenant.arm()
                        .assign(
                                FakeTenant.id("root"),
                                "User",
                                AzureRole.OWNER,
                                tenant.arm().managementGroup("one-more", "One more")));
        units.put(
                "hundred users, each with Reader in Azure",
                tenant -> IntStream.range(0, 100)
                        .forEach(number -> tenant.arm()
                                .assign(user(tenant, "user " + number), "User", AzureRole.READER, PRODUCTION)));
        units.forEach((unit, more) -> costs.put(unit, of(more).minus(fixed)));
        return costs;
    }

    /** Somebody who is no administrator to the registration report. */
    private static String user(FakeTenant tenant, String name) {
        String id = tenant.user(name);
        tenant.notAdministrator(id);
        return id;
    }

    private static Cost of(Consumer<FakeTenant> more) {
        FakeTenant tenant = FakeTenant.licensed();
        FakeArm arm = tenant.arm();
        tenant.permanent(tenant.user("root"), GLOBAL);
        arm.assign(FakeTenant.id("root"), "User", AzureRole.OWNER, arm.subscription("Production"));
        tenant.policy("MFA", "All", tenant.group("break glass"), "mfa");
        more.accept(tenant);
        Readings.of(
                tenant,
                Stream.concat(FactKind.OF_TENANT.stream(), FactKind.SECOND.stream())
                        .toArray(FactKind[]::new));
        return new Cost(
                tenant.requests().values().stream().mapToLong(Long::longValue).sum(),
                arm.requests().size());
    }

    public static String markdown(Map<String, Cost> costs) {
        StringBuilder page = new StringBuilder("""
                # What reading a tenant costs

                All items together, measured on a simulated tenant; the build writes this page and compares it. Requests to
                Microsoft Graph go in batches of twenty to a call, except for policies (one a second), reports and logs (five in
                ten seconds); what is beta goes in batches of its own. Pages of long lists come on top. *fixed* is a tenant with one
                administrator, one policy that leaves a group out, and one subscription.

                | Unit | Requests to Microsoft Graph | Calls to Azure |
                | --- | ---: | ---: |
                """);
        costs.forEach((unit, cost) -> page.append("| %s | %d | %d |%n".formatted(unit, cost.graph(), cost.azure())));
        page.append("""

                ## Logs and reports

                Graph lets sign-in logs, audit logs, registration details and sign-ins of applications together be asked five times in ten
                seconds. A run asks one question for role changes and activations, two for sign-ins by legacy clients and of emergency
                accounts, one or two for registrations and one for each fifteen applications that hold a role. More follow only where a
                shared answer has further pages or is refused. Usage reports of Microsoft 365 have a limit of their own.

                ## A tenant of 5,000 administrators

                It takes at most 700 calls, and 544 on the simulated one. Accounts and their sign-ins are asked for in blocks of fifteen ids,
                twenty blocks to a call. Most of what is left is one question an administrator: which of the groups that policies name it is
                in (`checkMemberGroups`), twenty to a call, 238 calls for 4,750. Lists of the members of these groups would take fewer calls
                only where each group is small: they grow with users, may leave out members of groups whose membership is hidden without
                saying so, and a group that turns out large is paid for twice. So each administrator is asked.

                ## Many subscriptions

                Each subscription that runs takes four calls: diagnostic settings of the activity log, security contacts, and the eligible
                and the active assignments of PIM. None of these is in a table of Resource Graph. What is takes one question for all
                subscriptions, a thousand rows a page, at most fifteen in five seconds: role assignments and definitions
                (`authorizationresources`), management groups above a subscription (`resourcecontainers`), delegations
                (`managedservicesresources`), plans of Defender for Cloud (`securityresources`), machines, alert rules, workspaces and
                solutions (`resources`), and what Azure Policy found in machines (`guestconfigurationresources`).
                """);
        return page.toString();
    }
}
