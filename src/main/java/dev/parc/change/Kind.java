package dev.parc.change;

import static dev.parc.change.ChangeRequest.Method.DELETE;
import static dev.parc.change.ChangeRequest.Method.PATCH;
import static dev.parc.change.ChangeRequest.Method.POST;
import static dev.parc.change.ChangeRequest.Method.PUT;

import dev.parc.change.ChangeRequest.Method;
import dev.parc.change.ChangeUrl.Service;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The requests that PARC understands, each by its path; segments in braces are keys. */
public enum Kind {
    POLICIES(Service.GRAPH, "/identity/conditionalAccess/policies", POST),
    POLICY(Service.GRAPH, "/identity/conditionalAccess/policies/{guid}", PATCH, DELETE),
    NAMED_LOCATIONS(Service.GRAPH, "/identity/conditionalAccess/namedLocations", POST),
    NAMED_LOCATION(Service.GRAPH, "/identity/conditionalAccess/namedLocations/{guid}", PATCH, DELETE),
    SECURITY_DEFAULTS(Service.GRAPH, "/policies/identitySecurityDefaultsEnforcementPolicy", PATCH),
    STRENGTHS(Service.GRAPH, "/policies/authenticationStrengthPolicies", POST),
    STRENGTH(Service.GRAPH, "/policies/authenticationStrengthPolicies/{guid}", PATCH, DELETE),
    STRENGTH_COMBINATIONS(
            Service.GRAPH, "/policies/authenticationStrengthPolicies/{guid}/updateAllowedCombinations", POST),
    METHODS_POLICY(Service.GRAPH, "/policies/authenticationMethodsPolicy", PATCH),
    METHOD(Service.GRAPH, "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{name}", PATCH),
    ROLE_ASSIGNMENTS(Service.GRAPH, "/roleManagement/directory/roleAssignments", POST),
    ROLE_ASSIGNMENT(Service.GRAPH, "/roleManagement/directory/roleAssignments/{name}", DELETE),
    ROLE_ASSIGNMENT_REQUESTS(Service.GRAPH, "/roleManagement/directory/roleAssignmentScheduleRequests", POST),
    ROLE_ELIGIBILITY_REQUESTS(Service.GRAPH, "/roleManagement/directory/roleEligibilityScheduleRequests", POST),
    PIM_RULE(Service.GRAPH, "/policies/roleManagementPolicies/{name}/rules/{name}", PATCH),
    GROUPS(Service.GRAPH, "/groups", POST),
    GROUP(Service.GRAPH, "/groups/{guid}", DELETE),
    GROUP_MEMBERS(Service.GRAPH, "/groups/{guid}/members/$ref", POST),
    GROUP_MEMBER(Service.GRAPH, "/groups/{guid}/members/{guid}/$ref", DELETE),
    GROUP_OWNERS(Service.GRAPH, "/groups/{guid}/owners/$ref", POST),
    GROUP_OWNER(Service.GRAPH, "/groups/{guid}/owners/{guid}/$ref", DELETE),
    USER(Service.GRAPH, "/users/{guid}", PATCH, DELETE),
    DIRECTORY_EXPORT(Service.AZURE, "/providers/microsoft.aadiam/diagnosticSettings/{name}", PUT, DELETE),
    SUBSCRIPTION_EXPORT(
            Service.AZURE, "/subscriptions/{guid}/providers/Microsoft.Insights/diagnosticSettings/{name}", PUT, DELETE),
    AZURE_ROLE(Service.AZURE, "{scope}/providers/Microsoft.Authorization/roleAssignments/{guid}", PUT, DELETE);

    /** What is named in no path of a template where the scope is. */
    private static final String SCOPE = "{scope}";

    private static final String GUID = "([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})";

    private final Service service;
    private final String template;
    private final Pattern path;
    private final Set<Method> methods;

    Kind(Service service, String template, Method first, Method... further) {
        this.service = service;
        this.template = template;
        this.path = Pattern.compile("(?i)"
                + template.replace("$", "\\$")
                        .replace("{guid}", GUID)
                        .replace("{name}", "([^/]+)")
                        .replace(SCOPE, "((?:/[^/]+)*)"));
        this.methods = EnumSet.of(first, further);
    }

    /** The path with braces for its keys. */
    public String template() {
        return template;
    }

    /**
     * What a request asks for.
     *
     * @throws ChangeException if PARC does not understand it, or its keys are of the wrong form
     */
    public static Kind of(ChangeRequest request) {
        List<Kind> alike = Stream.of(values())
                .filter(kind -> kind.service == request.url().service() && kind.looksLike(request.url()))
                .toList();
        Optional<Kind> found = alike.stream()
                .filter(kind -> kind.path.matcher(request.url().path()).matches())
                .findFirst();
        if (found.isPresent() && found.get().methods.contains(request.method())) {
            return found.get();
        }
        if (found.isPresent()) {
            throw ChangeException.of(request, "PARC does not understand " + request.method() + " there");
        }
        throw ChangeException.of(
                request,
                alike.isEmpty()
                        ? "PARC does not know this URL, so it cannot tell what the request changes"
                        : "its URL has no object id where one belongs, as in " + alike.get(0).template);
    }

    /** Whether the path is of this kind but for the form of its keys. */
    private boolean looksLike(ChangeUrl url) {
        if (template.startsWith(SCOPE)) {
            return path.matcher(url.path()).matches();
        }
        List<String> mine = List.of(template.split("/", -1));
        List<String> its = List.of(url.path().split("/", -1));
        if (mine.size() != its.size()) {
            return false;
        }
        for (int place = 0; place < mine.size(); place++) {
            if (!mine.get(place).startsWith("{") && !mine.get(place).equalsIgnoreCase(its.get(place))) {
                return false;
            }
        }
        return true;
    }

    /** The keys in the path of a request of this kind; object ids in lower case. */
    public List<String> keys(ChangeRequest request) {
        Matcher matcher = path.matcher(request.url().path());
        List<String> keys = new ArrayList<>();
        if (matcher.matches()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                String key = matcher.group(group);
                keys.add(key.matches(GUID) ? key.toLowerCase(Locale.ROOT) : key);
            }
        }
        return keys;
    }
}
