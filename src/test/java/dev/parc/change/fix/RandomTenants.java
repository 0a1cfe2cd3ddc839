package dev.parc.change.fix;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.roles.DirectoryRole;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tenants of few people and few policies, in which much is wrong; the same for the same seed. */
final class RandomTenants {

    static final Designations DESIGNATIONS = new Designations(Set.of(id("bg0"), id("bg1")), Map.of());

    private static final List<String> PEOPLE =
            IntStream.range(0, 6).mapToObj(i -> "person" + i).toList();
    private static final List<String> GROUPS = List.of("break-glass", "team", "unit");
    private static final List<String> ROLES = Stream.of(
                    DirectoryRole.GLOBAL_ADMINISTRATOR,
                    DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR,
                    DirectoryRole.EXCHANGE_ADMINISTRATOR,
                    DirectoryRole.SHAREPOINT_ADMINISTRATOR)
            .map(DirectoryRole::templateId)
            .toList();
    private static final String SYNCHRONISATION = "d29b2b05-8046-44ba-8758-1e26182fcf32";

    private final Random random;
    private final FakeTenant tenant = FakeTenant.licensed();

    private RandomTenants(long seed) {
        this.random = new Random(seed);
    }

    static FakeTenant of(long seed) {
        return new RandomTenants(seed).tenant();
    }

    private boolean in(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private FakeTenant tenant() {
        for (String name : List.of("bg0", "bg1")) {
            tenant.permanent(tenant.user(name), ROLES.get(0));
            tenant.registration(id(name), true, any(List.of("fido2SecurityKey", "microsoftAuthenticatorPush")));
        }
        GROUPS.forEach(tenant::group);
        if (!in(4)) {
            tenant.member(id("break-glass"), id("bg0"));
            tenant.member(id("break-glass"), id("bg1"));
        }
        PEOPLE.forEach(this::person);
        if (in(3)) {
            tenant.synchronised(true, "2026-08-31T22:00:00Z");
            tenant.role(SYNCHRONISATION, "Directory Synchronization Accounts");
            tenant.permanent(tenant.user("sync"), SYNCHRONISATION);
        }
        ObjectNode office = json("{'@odata.type':'#microsoft.graph.ipNamedLocation', isTrusted:true, ipRanges:["
                + "{'@odata.type':'#microsoft.graph.iPv4CidrRange', cidrAddress:'203.0.113.0/24'}]}");
        tenant.add(
                "/identity/conditionalAccess/namedLocations",
                office.put("id", id("office")).put("displayName", "office"));
        IntStream.range(0, 1 + random.nextInt(5)).forEach(this::policy);
        return tenant;
    }

    private void person(String name) {
        String id = in(6) ? tenant.user(name, name + "_fabrikam.com#EXT#@contoso.onmicrosoft.com") : tenant.user(name);
        switch (random.nextInt(5)) {
            case 0 -> tenant.eligible(id, any(ROLES));
            case 1 -> tenant.timeBound(id, any(ROLES), "2026-12-01T00:00:00Z");
            case 2 -> tenant.object(id).put("accountEnabled", !in(3));
            default -> {
                // as most are
            }
        }
        if (!in(3)) {
            tenant.permanent(id, any(ROLES));
        }
        switch (random.nextInt(4)) {
            case 0 -> tenant.registration(id, false);
            case 1 -> tenant.registration(id, true, "fido2SecurityKey");
            case 2 -> tenant.registration(id, true, "microsoftAuthenticatorPush", "fido2SecurityKey");
            default -> {
                // what everybody has
            }
        }
        if (in(5)) {
            tenant.member(id(any(GROUPS)), id);
        }
    }

    private void policy(int number) {
        ObjectNode policy = tenant.policy(
                "P" + number,
                in(4) ? "None" : "All",
                in(2) ? id("break-glass") : "",
                any(List.of("mfa", "mfa", "block", "compliantDevice", "passwordChange")));
        String control = policy.at("/grantControls/builtInControls/0").asText();
        ObjectNode conditions = policy.withObject("/conditions");
        ObjectNode users = conditions.withObject("/users");
        if (users.path("includeUsers").get(0).asText().equals("None")) {
            users.putArray("includeUsers");
            ROLES.stream().filter(role -> !in(3)).forEach(users.withArray("includeRoles")::add);
            if (users.path("includeRoles").isEmpty()) {
                users.withArray("includeGroups").add(id("team"));
            }
        }
        if (in(3)) {
            users.withArray("excludeUsers").add(id(any(PEOPLE)));
        }
        if (in(3)) {
            users.withArray("excludeGroups").add(id(any(GROUPS)));
        }
        if (in(6)) {
            users.withArray("excludeRoles").add(any(ROLES));
        }
        if (in(3)) {
            conditions.set("locations", json("{includeLocations:['All'], excludeLocations:['AllTrusted']}"));
        }
        if (in(5)) {
            conditions.set("platforms", json("{includePlatforms:['all'], excludePlatforms:['linux']}"));
        }
        if (in(4)) {
            conditions
                    .withObject("/applications")
                    .withArray("excludeApplications")
                    .add(FakeTenant.appId("Lab"));
        }
        if (control.equals("block")) {
            conditions.set(
                    "clientAppTypes", json("{a:['exchangeActiveSync','other']}").get("a"));
            if (in(3)) {
                conditions.set("clientAppTypes", json("{a:['other']}").get("a"));
            }
        } else if (in(5)) {
            conditions.set(
                    "clientAppTypes",
                    json("{a:['browser','mobileAppsAndDesktopClients']}").get("a"));
        }
        if (control.equals("passwordChange")) {
            policy.withObject("/grantControls")
                    .put("operator", "AND")
                    .withArray("builtInControls")
                    .add("mfa");
            conditions.withArray("userRiskLevels").add(any(List.of("high", "medium")));
        } else if (control.equals("mfa") && in(3)) {
            conditions.withArray("signInRiskLevels").add(any(List.of("high", "medium")));
        }
        if (in(3)) {
            policy.put("state", any(List.of("enabledForReportingButNotEnforced", "disabled")));
        }
    }
}
