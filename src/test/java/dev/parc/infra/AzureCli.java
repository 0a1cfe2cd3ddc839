package dev.parc.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for the Azure CLI: a command {@code az} whose {@code az rest} asks this tenant. What Graph and Azure Resource
 * Manager would refuse is refused, and every change is written down.
 */
final class AzureCli implements AutoCloseable {

    static final String PRINCIPAL = "11111111-2222-4333-8444-555555555555";
    static final String TENANT = "99999999-2222-4333-8444-555555555555";
    static final String GRAPH_PRINCIPAL = "77777777-2222-4333-8444-555555555555";
    static final String APP = "/subscriptions/55555555-2222-4333-8444-555555555555/resourceGroups/rg-parc/providers"
            + "/Microsoft.Web/sites/func-parc";
    static final String ME = "33333333-2222-4333-8444-555555555555";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GRAPH = "https://graph.microsoft.com";
    private static final String ARM = "https://management.azure.com";
    private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    private static final String ACCESS_ADMINISTRATOR = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
    private static final Pattern GRANTS =
            Pattern.compile("/v1\\.0/servicePrincipals/([^/]+)/appRoleAssignments(?:/(.+))?");
    private static final Pattern ASSIGNMENTS =
            Pattern.compile("(?i)(.*)/providers/Microsoft\\.Authorization/roleAssignments(?:/(.+))?");
    private static final Pattern GUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern ROWS = Pattern.compile("([\\w.]*)\\[]\\.\\[([\\w.,]+)]");

    /** Sends its arguments, each ended by a zero, and an end; gets its exit code and what to print. */
    private static final String COMMAND = """
            #!/usr/bin/env bash
            exec 3<>/dev/tcp/127.0.0.1/%d
            printf '%%s\\0' "$@" $'\\004' >&3
            IFS= read -r status <&3
            while IFS= read -r line; do
                if [ "$status" = 0 ]; then printf '%%s\\n' "$line"; else printf '%%s\\n' "$line" >&2; fi
            done <&3
            exit "$status"
            """;

    /** The module Az.Accounts, as far as the script needs it: each request goes to the same tenant. */
    private static final String MODULE = """
            function Get-AzContext {
                $answer = Send 'account' 'show' '-o' 'json'
                if ($answer.Exit -ne 0) { return $null }
                [pscustomobject]@{
                    Tenant = [pscustomobject]@{ Id = '%s' }
                    Environment = [pscustomobject]@{
                        ExtendedProperties = @{ MicrosoftGraphUrl = '%s/' }
                        ResourceManagerUrl = '%s/'
                    }
                }
            }
            function Invoke-AzRestMethod {
                param([string] $Method, [string] $Uri, [string] $Payload)
                $body = if ($Payload) { $Payload } else { '{}' }
                $answer = Send 'rest' '--method' $Method.ToLowerInvariant() '--url' $Uri '--body' $body '-o' 'json'
                if ($answer.Exit -eq 0) { return [pscustomobject]@{ StatusCode = 200; Content = $answer.Text } }
                if ($answer.Text -notmatch '^ERROR: (\\d{3}) ') { throw $answer.Text }
                [pscustomobject]@{ StatusCode = [int] $Matches[1]; Content = $answer.Text }
            }
            function Send {
                $client = [Net.Sockets.TcpClient]::new('127.0.0.1', %d)
                try {
                    $stream = $client.GetStream()
                    $line = (($args | ForEach-Object { "$_`0" }) -join '') + [char] 4
                    $bytes = [Text.Encoding]::UTF8.GetBytes($line)
                    $stream.Write($bytes, 0, $bytes.Length)
                    $answer = [IO.StreamReader]::new($stream).ReadToEnd()
                    $exit, $text = $answer -split "`n", 2
                    [pscustomobject]@{ Exit = [int] $exit; Text = "$text".Trim() }
                }
                finally { $client.Dispose() }
            }
            Export-ModuleMember -Function Get-AzContext, Invoke-AzRestMethod
            """;

    record Grant(String id, String principalId, String resourceId, String appRoleId) {}

    record Assignment(String id, String scope, String principalId, String role) {}

    final List<Grant> grants = new CopyOnWriteArrayList<>();
    final List<Assignment> assignments = new CopyOnWriteArrayList<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    volatile boolean signedIn = true;
    volatile boolean mayGrant = true;
    volatile boolean mayAssign = true;
    volatile boolean mayChangeApp = true;

    /** The settings of the function app. */
    final Map<String, String> settings = new ConcurrentHashMap<>(Map.of("PARC_GRAPH_GRANTED", "false", "OTHER", "a b"));

    /** Whether the access is raised but the answer that says so never comes. */
    volatile boolean losesAnswer;

    /** What a test adds to what the tenant answers. */
    interface Beyond {

        /** The answer, or empty if the tenant is to answer; what it refuses it refuses by {@link AzureCli#permit}. */
        Optional<JsonNode> answer(String command, Map<String, String> options) throws IOException;
    }

    volatile Beyond beyond = (command, options) -> Optional.empty();

    /** How many requests it takes until Microsoft Graph knows the identity. */
    final AtomicInteger unknownFor = new AtomicInteger();

    /** Whether the identity was deleted. */
    volatile boolean deleted;

    /** Permissions that this cloud does not have, and ids that differ from the list's. */
    final Set<String> notHere = new CopyOnWriteArraySet<>();

    final Map<String, String> otherIds = new ConcurrentHashMap<>();

    /** The subscriptions that whoever is signed in sees. */
    final List<String> subscriptions = new CopyOnWriteArrayList<>();

    /** Whether the tenant has a root management group. */
    volatile boolean rootGroup = true;

    /** How many permissions can be granted or revoked until it is refused. */
    final AtomicInteger changesLeft = new AtomicInteger(Integer.MAX_VALUE);

    /** How many requests it takes until raised access is in effect. */
    final AtomicInteger seenAfter = new AtomicInteger();

    private final ServerSocket server;
    private final Thread thread;

    /** @param bin the folder to put the command in, and the PowerShell module */
    AzureCli(Path bin) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Path az = Files.createDirectories(bin).resolve("az");
        Files.writeString(az, COMMAND.formatted(server.getLocalPort()));
        Files.setPosixFilePermissions(az, PosixFilePermissions.fromString("rwx------"));
        Path module = Files.createDirectories(bin.resolve("Az.Accounts")).resolve("Az.Accounts.psm1");
        Files.writeString(module, MODULE.formatted(TENANT, GRAPH, ARM, server.getLocalPort()));
        thread = new Thread(this::serve, "az");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                String answer = answer(arguments(new DataInputStream(socket.getInputStream())));
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static List<String> arguments(DataInputStream in) throws IOException {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != 4; next = in.readUnsignedByte()) {
            if (next == 0) {
                arguments.add(argument.toString());
                argument.setLength(0);
            } else {
                argument.append((char) next);
            }
        }
        return arguments;
    }

    private String answer(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (int index = 1; index < arguments.size(); index++) {
            if (arguments.get(index).startsWith("-") && !arguments.get(index).equals("--skip-authorization-header")) {
                options.put(arguments.get(index), arguments.get(++index));
            }
        }
        try {
            Optional<JsonNode> other = beyond.answer(arguments.get(0), options);
            JsonNode value = other.isPresent() ? other.get() : value(arguments.get(0), options);
            return "0\n"
                    + switch (options.getOrDefault("-o", "none")) {
                        case "tsv" -> printed(value, options.getOrDefault("--query", ""));
                        case "json" -> value + "\n";
                        default -> "";
                    };
        } catch (Refusal e) {
            return "1\nERROR: " + e.getMessage() + "\n";
        } catch (IOException | RuntimeException e) {
            return "70\nthe stand-in does not know this: " + arguments + " " + e + "\n";
        }
    }

    private JsonNode value(String command, Map<String, String> options) throws IOException {
        switch (command) {
            case "account" -> {
                permit(signedIn, "Please run 'az login'");
                return JSON.createObjectNode().put("tenantId", TENANT);
            }
            case "cloud" -> {
                ObjectNode cloud = JSON.createObjectNode();
                cloud.putObject("endpoints")
                        .put("microsoftGraphResourceId", GRAPH + "/")
                        .put("resourceManager", ARM + "/");
                return cloud;
            }
            case "rest" -> {
                URI uri = URI.create(
                        options.getOrDefault("--url", "").replace("$", "%24").replace("'", "%27"));
                String method = options.getOrDefault("--method", "");
                JsonNode body = JSON.readTree(options.getOrDefault("--body", "{}"));
                return (uri.getScheme() + "://" + uri.getHost()).equals(GRAPH)
                        ? graph(method, uri.getPath(), body)
                        : azure(method, uri, body);
            }
            case "functionapp" -> {
                permit(mayChangeApp && APP.equals(options.get("--ids")), "403 AuthorizationFailed");
                String[] setting = options.getOrDefault("--settings", "").split("=", 2);
                settings.put(setting[0], setting[1]);
                log.add("told");
                return JSON.createObjectNode();
            }
            default -> throw new IllegalArgumentException(command);
        }
    }

    /** Reads the settings of the app, or replaces them all. */
    private JsonNode settings(String method, JsonNode body) {
        permit(mayChangeApp, "403 AuthorizationFailed");
        if (method.equals("put")) {
            settings.clear();
            body.path("properties")
                    .properties()
                    .forEach(one -> settings.put(one.getKey(), one.getValue().asText()));
            log.add("told");
        }
        return JSON.createObjectNode().set("properties", JSON.valueToTree(settings));
    }

    private JsonNode graph(String method, String path, JsonNode body) {
        Matcher of = GRANTS.matcher(path);
        if (of.matches()) {
            return grants(method, of.group(1), of.group(2), body);
        }
        return switch (method + " " + path) {
            case "get /v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')" -> graphItself();
            case "get /v1.0/servicePrincipals/" + PRINCIPAL -> {
                permit(unknownFor.getAndUpdate(left -> Math.max(0, left - 1)) == 0, "404 Request_ResourceNotFound");
                permit(!deleted, "404 Request_ResourceNotFound");
                yield JSON.createObjectNode().put("displayName", "func-parc");
            }
            case "get /v1.0/me" -> JSON.createObjectNode().put("id", ME);
            default -> throw new Refusal("404 Request_ResourceNotFound " + path);
        };
    }

    /** What Microsoft Graph says of itself in this tenant: its permissions, whose ids need not be those of another cloud. */
    private JsonNode graphItself() {
        ObjectNode principal = JSON.createObjectNode().put("id", GRAPH_PRINCIPAL);
        ArrayNode roles = principal.putArray("appRoles");
        try {
            for (JsonNode role :
                    JSON.readTree(Template.INFRA.resolve("graph-app-roles.json").toFile())) {
                String value = role.path("value").asText();
                if (!notHere.contains(value)) {
                    roles.addObject()
                            .put("value", value)
                            .put(
                                    "id",
                                    otherIds.getOrDefault(value, role.path("id").asText()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return principal;
    }

    private JsonNode grants(String method, String principalId, String id, JsonNode body) {
        if (method.equals("get")) {
            ArrayNode value = JSON.createArrayNode();
            grants.stream()
                    .filter(grant -> grant.principalId().equals(principalId))
                    .forEach(grant -> value.add(JSON.valueToTree(grant)));
            return JSON.createObjectNode().set("value", value);
        }
        permit(mayGrant && changesLeft.getAndDecrement() > 0, "403 Authorization_RequestDenied");
        if (method.equals("delete")) {
            Grant gone = grants.stream()
                    .filter(grant -> grant.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new Refusal("404 Request_ResourceNotFound"));
            grants.remove(gone);
            log.add("revoke " + gone.appRoleId());
        } else {
            Grant grant = new Grant(
                    UUID.randomUUID().toString(),
                    body.path("principalId").asText(),
                    body.path("resourceId").asText(),
                    body.path("appRoleId").asText());
            permit(
                    method.equals("post")
                            && grant.principalId().equals(principalId)
                            && grant.resourceId().equals(GRAPH_PRINCIPAL),
                    "400 Request_BadRequest");
            permit(
                    grants.stream()
                            .noneMatch(held -> held.principalId().equals(principalId)
                                    && held.appRoleId().equals(grant.appRoleId())),
                    "400 Permission being assigned already exists on the object");
            grants.add(grant);
            log.add("grant " + grant.appRoleId());
        }
        return JSON.createObjectNode();
    }

    private JsonNode azure(String method, URI uri, JsonNode body) {
        if (uri.getPath().equals("/providers/Microsoft.Authorization/elevateAccess")) {
            assignments.add(new Assignment(UUID.randomUUID().toString(), "/", ME, ACCESS_ADMINISTRATOR));
            log.add("elevate");
            permit(!losesAnswer, "connection reset");
            return JSON.createObjectNode();
        }
        if (uri.getPath().startsWith(APP + "/config/appsettings")) {
            permit(
                    uri.getQuery().equals("api-version=2024-11-01")
                            && (method + uri.getPath().substring(APP.length())).matches("post.*/list|put.*appsettings"),
                    "404 NotFound");
            return settings(method, body);
        }
        if (uri.getPath().equals("/subscriptions")) {
            ArrayNode value = JSON.createArrayNode();
            subscriptions.forEach(id -> value.addObject().put("subscriptionId", id));
            return JSON.createObjectNode().set("value", value);
        }
        permit(
                rootGroup || !uri.getPath().startsWith("/providers/Microsoft.Management/managementGroups/"),
                "404 NotFound The management group cannot be found");
        Matcher at = ASSIGNMENTS.matcher(uri.getPath());
        String query = URLDecoder.decode(uri.getRawQuery(), StandardCharsets.UTF_8);
        permit(at.matches() && query.startsWith("api-version=2022-04-01"), "404 InvalidResourceType");
        permit(isRaised(), "403 AuthorizationFailed");
        String scope = at.group(1).isEmpty() ? "/" : at.group(1);
        switch (method) {
            case "get" -> {
                return JSON.createObjectNode().set("value", listed(scope, query));
            }
            case "put" -> {
                permit(mayAssign, "403 AuthorizationFailed");
                assign(scope, at.group(2), body.path("properties"));
            }
            case "delete" -> {
                Assignment gone = assignments.stream()
                        .filter(held -> held.scope().equalsIgnoreCase(scope)
                                && held.id().equals(at.group(2)))
                        .findFirst()
                        .orElseThrow(() -> new Refusal("404 RoleAssignmentNotFound"));
                assignments.remove(gone);
                log.add(scope.equals("/") ? "lower" : "remove " + gone.scope());
            }
            default -> throw new IllegalArgumentException(method);
        }
        return JSON.createObjectNode();
    }

    private boolean isRaised() {
        if (seenAfter.getAndUpdate(requests -> Math.max(0, requests - 1)) > 0) {
            return false;
        }
        return assignments.stream()
                .anyMatch(held -> held.scope().equals("/") && held.role().equals(ACCESS_ADMINISTRATOR));
    }

    private ArrayNode listed(String scope, String query) {
        ArrayNode value = JSON.createArrayNode();
        for (Assignment held : assignments) {
            if (query.endsWith("$filter=principalId eq '" + held.principalId() + "'")
                    && (held.scope().equals(scope) || held.scope().equals("/"))) {
                String path = held.scope().equals("/") ? "" : held.scope();
                ObjectNode row = value.addObject()
                        .put("id", path + "/providers/Microsoft.Authorization/roleAssignments/" + held.id());
                row.putObject("properties")
                        .put("scope", held.scope())
                        .put("roleDefinitionId", "/providers/Microsoft.Authorization/RoleDefinitions/" + held.role());
            }
        }
        return value;
    }

    private void assign(String scope, String id, JsonNode properties) {
        permit(
                properties.path("roleDefinitionId").asText().endsWith(READER)
                        && properties.path("principalType").asText().equals("ServicePrincipal")
                        && GUID.matcher(id).matches(),
                "400 BadRequest");
        String principalId = properties.path("principalId").asText();
        permit(
                assignments.stream()
                        .noneMatch(held -> held.scope().equalsIgnoreCase(scope)
                                && held.principalId().equals(principalId)
                                && held.role().equals(READER)),
                "409 RoleAssignmentExists");
        assignments.add(new Assignment(id, scope, principalId, READER));
        log.add("reader " + scope);
    }

    /** Access that was raised before the script was run. */
    void raised() {
        assignments.add(new Assignment("0", "/", ME, ACCESS_ADMINISTRATOR));
    }

    /** A value as the command prints it: of a path, or of a list of paths in each element, separated by tabs. */
    private static String printed(JsonNode value, String query) {
        Matcher rows = ROWS.matcher(query);
        if (!rows.matches()) {
            return at(value, query) + "\n";
        }
        StringBuilder lines = new StringBuilder();
        for (JsonNode row : value.at(pointer(rows.group(1)))) {
            List<String> cells = new ArrayList<>();
            for (String path : rows.group(2).split(",", -1)) {
                cells.add(at(row, path));
            }
            lines.append(String.join("\t", cells)).append('\n');
        }
        return lines.toString();
    }

    private static String at(JsonNode node, String path) {
        return node.at(pointer(path)).asText("None");
    }

    private static String pointer(String path) {
        return path.isEmpty() ? "" : "/" + path.replace('.', '/');
    }

    static void permit(boolean permitted, String error) {
        if (!permitted) {
            throw new Refusal(error);
        }
    }

    private static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }
}
