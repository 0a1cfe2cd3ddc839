package dev.parc.collect.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.parc.collect.wire.JsonBody;
import dev.parc.collect.wire.RequestTarget;
import dev.parc.facts.Category;
import dev.parc.facts.Designations;
import dev.parc.facts.EnterpriseApplication;
import dev.parc.facts.query.LoggedEvent;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a snapshot fit to be handed on: names, addresses, domains and ids give way to stand-ins, the same one for the
 * same thing wherever it occurs, so that the checks answer as they did. What means the same in every tenant stays: ids of
 * roles, licences and applications, settings, dates, and whether an account is a guest.
 */
public final class SnapshotRedaction {

    /** Properties whose text names somebody or something of the tenant. */
    private static final Set<String> NAMES = Set.of(
            "displayName",
            "appDisplayName",
            "givenName",
            "surname",
            "mailNickname",
            "userPrincipalName",
            "mail",
            "otherMails",
            "proxyAddresses",
            "userDisplayName",
            "principalDisplayName",
            "companyName",
            "department",
            "jobTitle",
            "officeLocation",
            "description",
            "street",
            "city",
            "postalCode",
            "businessPhones",
            "mobilePhone",
            "phoneNumber",
            "securityComplianceNotificationPhones",
            "notificationRecipients",
            "resultReason",
            "justification",
            "descriptionForAdmins",
            "descriptionForReviewers",
            "onPremisesDistinguishedName",
            "onPremisesSamAccountName",
            "onPremisesDomainName",
            "domainName",
            "domainNames",
            "domainControllerDnsNames",
            "sensorDNSNames",
            "additionalInformation",
            "onPremisesUserPrincipalName",
            "onPremisesImmutableId",
            "onPremisesSecurityIdentifier",
            "issuerAssignedId",
            "issuerUri",
            "passiveSignInUri",
            "activeSignInUri",
            "metadataExchangeUri",
            "signOutUri",
            "signingCertificate",
            "nextSigningCertificate",
            "cidrAddress",
            "ipAddress",
            "deviceName",
            "internalUrl",
            "externalUrl",
            "alternateUrl",
            "kerberosServicePrincipalName",
            "subjectName",
            "issuerName",
            "thumbprint",
            "title",
            "alertWebUrl",
            "incidentWebUrl",
            "tooltip",
            "toolTip",
            "autoTooltip",
            "adminUsername",
            "roleName",
            "principalIdDisplayName",
            "managedByTenantName",
            "manageeTenantName",
            "registrationDefinitionName");

    /** Properties that go as a whole: they tell much of people and places, and no fact is made of them. */
    private static final Set<String> LEFT_OUT = Set.of(
            "evidence",
            "alertDetailsOverride",
            "customDetails",
            "entityMappings",
            "sentinelEntitiesMappings",
            "objectMappings",
            "directories");

    /** Of an item of a watchlist: its columns, whose texts a query compares with, and who wrote it. */
    private static final String COLUMNS = "itemsKeyValue";

    private static final Set<String> WRITTEN_BY = Set.of("createdBy", "updatedBy", "entityMapping");
    private static final String WATCHLISTS = "watchlists";

    /** Properties whose ids mean the same in every tenant. */
    private static final Set<String> PUBLIC_IDS = Set.of(
            "roleDefinitionId",
            "roleTemplateId",
            "templateId",
            "includeRoles",
            "excludeRoles",
            "servicePlanId",
            "skuId",
            "appId",
            "appRoleId",
            "includeApplications",
            "excludeApplications");

    private static final Set<String> PAGE_TOKENS = Set.of("$skiptoken", "$deltatoken");
    private static final Set<String> NEXT = Set.of("@odata.nextLink", "nextLink");
    private static final Pattern DOMAIN_PATH = Pattern.compile("^/[^/]+/domains/([^/]+)");
    private static final Pattern COMPOSED_ID = Pattern.compile("[A-Za-z0-9_-]{30,}-\\d+");

    /** Names in ids of Azure that are the same everywhere: those of plans and tables, and of what there is one of. */
    private static final Pattern FIXED_IN_AZURE = Pattern.compile("(?i).*/(pricings/[^/]+|tables/[^/]+|default)");

    /** Of a lifecycle rule of storage: its definition, the blobs that it is for, and what their indexes say. */
    private static final String DEFINITION = "definition";

    private static final String PREFIX_MATCH = "prefixMatch";
    private static final String BLOB_INDEX_MATCH = "blobIndexMatch";

    /** How the containers begin that Azure Monitor writes logs to. */
    private static final String LOGS = "insights-";

    /** A server, by its name and the domain it is in. */
    private static final String COMPUTER = "computerDnsName";

    /** In the query of an alert rule: texts of every kind, and comments. */
    private static final Pattern LITERAL = Pattern.compile("```[\\s\\S]*?```|~~~[\\s\\S]*?~~~"
            + "|@\"[^\"]*+(?:\"\"[^\"]*+)*+\"|@'[^']*+(?:''[^']*+)*+'"
            + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|//[^\\r\\n]*");

    /** What a query may say of any tenant: nothing, a number, an operation of Azure. */
    private static final Pattern SAID_ANYWHERE = Pattern.compile("(?i)\\s*|[0-9]{1,6}|microsoft\\.[a-z]+(/[a-z]+)*");
    /** The management groups above a subscription, each by its name; and resource groups, which are nothing but names. */
    private static final String ANCESTORS = "ancestors";

    private static final String CLUSTER_GROUPS = "clusterGroups";

    private static final String ALL_OF = "allOf";
    private static final String QUERY = "query";
    private static final String LOCATION = "location";

    private static final Pattern OF_AZURE = Pattern.compile("(?i)/(subscriptions|providers)(/|$)");

    private final Pseudonyms pseudonyms;

    private SnapshotRedaction(Snapshot snapshot) {
        Set<String> ids = new HashSet<>();
        Set<String> publicIds = new HashSet<>(EnterpriseApplication.MICROSOFT);
        Set<String> domains = new HashSet<>();
        SnapshotHeading heading = snapshot.heading();
        heading.designations().emergencyAccounts().forEach(account -> ids.addAll(idsIn(account)));
        heading.designations().categories().keySet().forEach(account -> ids.addAll(idsIn(account)));
        heading.designations().exposedUsersGroup().ifPresent(group -> ids.addAll(idsIn(group)));
        heading.designations().productionSubscriptions().forEach(subscription -> ids.addAll(idsIn(subscription)));
        ids.addAll(idsIn(heading.tenantId()));
        snapshot.answers().forEach((request, answer) -> {
            ids.addAll(idsIn(request.target() + " " + request.body()));
            JsonBody.parse(request.body())
                    .ifPresent(body -> publicIds.addAll(idsIn(body.path("query").asText())));
            JsonBody.parse(answer.body()).ifPresent(body -> {
                visit("", body, (property, text) -> {
                    Set<String> found = idsIn(text);
                    ids.addAll(found);
                    if (PUBLIC_IDS.contains(property)) {
                        publicIds.addAll(idsIn(text.substring(text.lastIndexOf('/') + 1)));
                    }
                });
                domains.addAll(domainsIn(request, body));
            });
        });
        this.pseudonyms = new Pseudonyms(ids, publicIds, domains);
    }

    /**
     * Writes a redacted copy of a snapshot.
     *
     * @param from a snapshot that PARC recorded: a folder or a zip file
     * @param to where the copy goes: a folder, or a file ending in .zip
     * @throws dev.parc.collect.TenantException if one is broken, or the other cannot be written
     */
    public static void copy(Path from, Path to) {
        SnapshotWriter.check(to);
        try (SnapshotSource source = SnapshotSource.open(from)) {
            Snapshot snapshot = Snapshot.load(source);
            SnapshotWriter.write(to, new SnapshotRedaction(snapshot).redacted(snapshot));
        }
    }

    private static Set<String> idsIn(String text) {
        return Pseudonyms.GUID
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(id -> id.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** The tenant's domains, where a request names one or an answer lists them. */
    private static Set<String> domainsIn(Recorded request, JsonNode body) {
        Set<String> domains = new HashSet<>();
        Matcher named = DOMAIN_PATH.matcher(request.target().path());
        if (named.find()) {
            domains.add(named.group(1));
        }
        if (request.target().path().endsWith("/domains")) {
            body.path("value").forEach(domain -> domains.add(domain.path("id").asText()));
        }
        for (JsonNode organization : body.path("value")) {
            organization
                    .path("verifiedDomains")
                    .forEach(domain -> domains.add(domain.path("name").asText()));
        }
        domains.remove("");
        return domains;
    }

    private static void visit(String property, JsonNode node, BiConsumer<String, String> texts) {
        if (node.isTextual()) {
            texts.accept(property, node.textValue());
        } else if (node.isObject()) {
            node.properties().forEach(member -> visit(member.getKey(), member.getValue(), texts));
        } else {
            node.forEach(item -> visit(property, item, texts));
        }
    }

    private Snapshot redacted(Snapshot snapshot) {
        Map<Recorded, RecordedAnswer> answers = new HashMap<>();
        List<Recorded> inOrder = snapshot.answers().keySet().stream()
                .sorted(Comparator.comparing(Recorded::file))
                .toList();
        for (Recorded request : inOrder) {
            RecordedAnswer answer = snapshot.answers().get(request);
            if (answer != null) {
                String body = JsonBody.parse(answer.body())
                        .map(object -> redacted("", object).toString())
                        .orElse("");
                answers.put(
                        new Recorded(
                                request.method(),
                                redacted(request.target()),
                                JsonBody.parse(request.body())
                                        .map(object -> JsonBody.canonical(redacted("", object)))
                                        .orElse("")),
                        new RecordedAnswer(answer.status(), body));
            }
        }
        return new Snapshot(redacted(snapshot.heading()), answers);
    }

    private SnapshotHeading redacted(SnapshotHeading heading) {
        Map<String, Category> categories = new HashMap<>();
        heading.designations()
                .categories()
                .forEach((account, category) -> categories.put(pseudonyms.inText(account), category));
        Set<String> emergencyAccounts = heading.designations().emergencyAccounts().stream()
                .map(pseudonyms::inText)
                .map(account -> account.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return new SnapshotHeading(
                pseudonyms.inText(heading.tenantId()),
                pseudonyms.name(heading.tenantName()),
                heading.source(),
                heading.takenAt(),
                new Designations(emergencyAccounts, categories)
                        .withExposedUsersGroup(
                                heading.designations().exposedUsersGroup().map(pseudonyms::inText))
                        .withProductionSubscriptions(heading.designations().productionSubscriptions().stream()
                                .map(pseudonyms::inText)
                                .collect(Collectors.toSet()))
                        .withWorkstationFilter(
                                heading.designations().workstationFilter().map(pseudonyms::inText)),
                heading.permissions());
    }

    private RequestTarget redacted(RequestTarget target) {
        SortedMap<String, String> query = new TreeMap<>();
        target.query()
                .forEach((name, value) -> query.put(
                        name,
                        PAGE_TOKENS.contains(name.toLowerCase(Locale.ROOT))
                                ? pseudonyms.token(value)
                                : pseudonyms.inText(value)));
        return new RequestTarget(target.isOfGraph() ? pseudonyms.inText(target.path()) : ofAzure(target.path()), query);
    }

    private JsonNode redacted(String property, JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(redacted(property, node.textValue()));
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            boolean builtIn = node.path("isBuiltIn").asBoolean();
            node.properties().forEach(member -> {
                String name = member.getKey();
                JsonNode value = member.getValue();
                if (builtIn && NAMES.contains(name)) {
                    object.set(name, value);
                } else if (isNameInAzure(node, name) || isDetail(node, name)) {
                    object.put(name, nameInAzure(value.asText()));
                } else if (property.equals(ANCESTORS) && name.equals("name")) {
                    object.put(name, nameInAzure(value.asText()));
                } else if (property.equals(COLUMNS) && value.isTextual()) {
                    object.put(name, compared(value.asText()));
                } else if (node.has(COLUMNS) && WRITTEN_BY.contains(name)) {
                    object.putNull(name);
                } else if (isQuery(property, name, value)) {
                    object.put(name, query(value.asText()));
                } else if (LEFT_OUT.contains(name) || (name.equals(LOCATION) && value.isObject())) {
                    object.putNull(name); // where somebody was, and with what
                } else if (isNameOfRule(node, name) || (property.equals(BLOB_INDEX_MATCH) && value.isTextual())) {
                    object.put(name, pseudonyms.token(value.asText()));
                } else if (isNameOfLabel(node, name)) {
                    object.put(name, pseudonyms.name(value.asText()));
                } else {
                    object.set(name, redacted(name, value));
                }
            });
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> array.add(redacted(property, item)));
            return array;
        }
        return node;
    }

    private static boolean isQuery(String parent, String property, JsonNode value) {
        return property.equals(QUERY) && value.isTextual() && (parent.equals(ALL_OF) || parent.equals("properties"));
    }

    /** What an entry of the audit log tells beside itself: ids, but names, addresses and reasons too. */
    private static boolean isDetail(JsonNode node, String property) {
        return node.path(property).isTextual()
                && (property.equals("newValue")
                        || property.equals("oldValue")
                        || (property.equals("value") && node.has("key")));
    }

    private static boolean isNameInAzure(JsonNode node, String property) {
        String id = node.path("id").asText();
        return property.equals("name")
                && OF_AZURE.matcher(id).lookingAt()
                && !FIXED_IN_AZURE.matcher(id).matches();
    }

    /**
     * The query of an alert rule, whose texts and comments may name anything; ids and addresses in them keep their stand-ins,
     * and what logs say of every event keeps its words.
     */
    private String query(String text) {
        return LITERAL.matcher(text).replaceAll(found -> Matcher.quoteReplacement(literal(found.group())));
    }

    private String literal(String literal) {
        if (literal.startsWith("//")) {
            return "//";
        }
        int mark = literal.startsWith("@") ? 2 : literal.startsWith("```") || literal.startsWith("~~~") ? 3 : 1;
        int end = mark == 3 ? 3 : 1;
        String inside = literal.substring(mark, literal.length() - end);
        return literal.substring(0, mark) + compared(inside) + literal.substring(literal.length() - end);
    }

    /** A text that a query compares with others: the same stand-in wherever the same stands. */
    private String compared(String text) {
        if (SAID_ANYWHERE.matcher(text).matches() || LoggedEvent.says(text)) {
            return text;
        }
        String redacted = pseudonyms.inText(text);
        return redacted.equals(text) ? pseudonyms.token(text) : redacted;
    }

    private static boolean isNameOfLabel(JsonNode node, String property) {
        return property.equals("name") && node.has("hasProtection");
    }

    private static boolean isNameOfRule(JsonNode node, String property) {
        return property.equals("name") && node.has(DEFINITION);
    }

    /** Containers of logs keep their names, which decide what is deleted; no other does. */
    private String prefix(String text) {
        if (text.isEmpty() || LOGS.startsWith(text)) {
            return text;
        }
        int end = text.startsWith(LOGS) ? text.indexOf('/') + 1 : 0;
        return (end == 0 && text.startsWith(LOGS)) || end == text.length()
                ? text
                : text.substring(0, end) + pseudonyms.token(text.substring(end));
    }

    /** As a sensor on it is called, which is the first part of its name, usually in capitals. */
    private String computer(String text) {
        String[] parts = text.split("\\.", 2);
        return pseudonyms.name(parts[0].toUpperCase(Locale.ROOT))
                + (parts.length == 2 ? "." + pseudonyms.token(parts[1]) : "");
    }

    private String redacted(String property, String text) {
        if (property.equals(PREFIX_MATCH)) {
            return prefix(text);
        }
        if (property.equals(COMPUTER)) {
            return computer(text);
        }
        if (NEXT.contains(property)) {
            return nextLink(text);
        }
        if (PAGE_TOKENS.contains(property.toLowerCase(Locale.ROOT))) {
            return pseudonyms.token(text);
        }
        if (NAMES.contains(property)) {
            return pseudonyms.name(text);
        }
        if (property.equals(CLUSTER_GROUPS) && !text.isEmpty()) {
            return nameInAzure(text);
        }
        if (OF_AZURE.matcher(text).lookingAt()) {
            return ofAzure(text);
        }
        boolean isId = property.equals("id") || property.endsWith("Id");
        return isId
                        && COMPOSED_ID.matcher(text).matches()
                        && !Pseudonyms.GUID.matcher(text).find()
                ? pseudonyms.token(text)
                : pseudonyms.inText(text);
    }

    /** The id of something in Azure, in which names take turns with what kind of thing they name. */
    private String ofAzure(String id) {
        String[] parts = id.split("/", -1);
        boolean isName = false;
        int end = FIXED_IN_AZURE.matcher(id).matches() ? parts.length - 1 : parts.length;
        for (int part = 1; part < end; part++) {
            boolean isProvider = !isName && parts[part].equalsIgnoreCase("providers");
            if (isProvider) {
                part++; // its namespace is the same everywhere
            } else if (isName) {
                parts[part] = parts[part - 1].equalsIgnoreCase(WATCHLISTS)
                        ? compared(parts[part]) // as queries name it
                        : nameInAzure(parts[part]);
            }
            isName = !isProvider && !isName;
        }
        return String.join("/", parts);
    }

    private String nameInAzure(String name) {
        return Pseudonyms.GUID.matcher(name).find()
                ? pseudonyms.inText(name)
                : pseudonyms.token(name.toLowerCase(Locale.ROOT));
    }

    private String nextLink(String link) {
        try {
            URI uri = URI.create(link);
            return uri.getScheme() + "://" + uri.getRawAuthority() + redacted(RequestTarget.of(uri));
        } catch (IllegalArgumentException e) {
            return pseudonyms.token(link); // what is no URI leads to no page, before as after
        }
    }
}
