package dev.parc.analysis.conditionalaccess;

import static dev.parc.analysis.signin.SignInSpace.classOf;

import dev.parc.analysis.signin.Requirement;
import dev.parc.analysis.signin.SignInSpace;
import dev.parc.analysis.signin.SignInSpace.Escape;
import dev.parc.analysis.signin.SignInSpace.Gap;
import dev.parc.analysis.signin.SignInSpace.Passage;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Grant;
import dev.parc.facts.policies.NamedLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells a person of a sign-in and of the policies that it passes. */
final class SignInText {

    private static final Map<String, String> PLATFORMS = Map.of(
            "windows", "Windows",
            "macOS", "macOS",
            "linux", "Linux",
            "iOS", "iOS",
            "android", "Android",
            "windowsPhone", "Windows Phone");

    private static final Map<String, String> CLIENTS = Map.of(
            "browser",
            "browser",
            "mobileAppsAndDesktopClients",
            "mobile app or desktop client",
            "exchangeActiveSync",
            "Exchange ActiveSync",
            "other",
            "legacy authentication");

    private final SignInSpace space;
    private final Map<String, NamedLocation> locations;
    private final ApplicationNames applications;
    private final Requirement requirement;
    private final int[] signIn;

    SignInText(
            SignInSpace space,
            Map<String, NamedLocation> locations,
            ApplicationNames applications,
            Requirement requirement,
            int[] signIn) {
        this.space = space;
        this.locations = locations;
        this.applications = applications;
        this.requirement = requirement;
        this.signIn = signIn.clone();
    }

    /** What is unusual of the sign-in, and always client and platform. */
    String signIn() {
        List<String> parts = new ArrayList<>();
        parts.add(PLATFORMS.getOrDefault(classOf(space.platform, signIn), "an unknown platform"));
        String client = classOf(space.client, signIn);
        parts.add(CLIENTS.getOrDefault(client, client));
        String application = classOf(space.application, signIn);
        if (application.equals(SignInSpace.BASELINE_SCOPES)) {
            parts.add("asking for baseline scopes only");
        } else if (!space.toAnyApplication(signIn)) {
            parts.add("to application " + applications.inWords(application));
        }
        space.locationsOf(signIn).forEach(id -> parts.add("from " + locationName(id)));
        if (classOf(space.compliant, signIn).equals("yes")) {
            parts.add("on a compliant device");
        }
        if (classOf(space.joined, signIn).equals("yes")) {
            parts.add("on a hybrid joined device");
        }
        space.deviceFilters.forEach((rule, matches) -> {
            if (classOf(matches, signIn).equals("yes")) {
                parts.add("on a device that matches " + rule.written());
            }
        });
        Stream.of(space.signInRisk, space.userRisk, space.insiderRisk, space.flow)
                .filter(dimension -> !classOf(dimension, signIn).equals("none"))
                .forEach(dimension -> parts.add(dimension.name() + " " + classOf(dimension, signIn)));
        return String.join(", ", parts);
    }

    private String locationName(String id) {
        if (id.equals(SignInSpace.MFA_TRUSTED_ADDRESSES)) {
            return "the MFA service's trusted addresses";
        }
        return Optional.ofNullable(locations.get(id))
                .map(location -> (location.trusted() ? "the trusted location '" : "the location '")
                        + location.displayName() + "'")
                .orElse("location " + id);
    }

    /**
     * Why the policies that make the demand do not stop this sign-in: those first of which one change would do it, and
     * only where there are none of these the others. A policy that is for something else altogether is never told.
     *
     * @param excluding enabled policies that would be for the account and exclude it, with the ways past them
     * @param passed the policies that are for the account, with the ways past them
     */
    String because(Map<ConditionalAccessPolicy, Passage> excluding, Map<ConditionalAccessPolicy, Passage> passed) {
        SortedMap<Integer, List<String>> reasons = new TreeMap<>();
        excluding.forEach((policy, passage) -> {
            if (demands(policy) && passage.ways().stream().noneMatch(way -> way.isGoneBy(signIn))) {
                reasons.computeIfAbsent(0, rank -> new ArrayList<>())
                        .add("'" + policy.displayName() + "' excludes the account");
            }
        });
        passed.forEach((policy, passage) -> {
            if (!demands(policy) || !forApplications(policy)) {
                return;
            }
            Set<Gap> gaps = passage.escapes().stream()
                    .filter(escape -> escape.way().isGoneBy(signIn))
                    .map(Escape::gap)
                    .collect(Collectors.toSet());
            String name = "'" + policy.displayName() + "'";
            reasons.computeIfAbsent(rank(policy, gaps), rank -> new ArrayList<>())
                    .add(
                            gaps.isEmpty()
                                    ? name
                                            + (requirement == Requirement.PHISHING_RESISTANT_MFA
                                                    ? " accepts weaker methods than "
                                                    : " accepts something other than ")
                                            + demand()
                                    : name + " does not apply "
                                            + gaps.stream()
                                                    .map(this::inWords)
                                                    .collect(Collectors.toCollection(TreeSet::new))
                                                    .stream()
                                                    .collect(Collectors.joining(" and ")));
        });
        return reasons.isEmpty()
                ? "no enabled policy demands " + demand() + " of this account"
                : String.join("; ", reasons.get(reasons.firstKey()));
    }

    private static boolean forApplications(ConditionalAccessPolicy policy) {
        Set<String> included = policy.applications().include();
        return !included.isEmpty() && !included.equals(Set.of("None"));
    }

    /** How far the policy is from stopping the sign-in. */
    private int rank(ConditionalAccessPolicy policy, Set<Gap> gaps) {
        if (gaps.contains(Gap.RISK) || gaps.contains(Gap.FLOW)) {
            return 3;
        }
        if (gaps.contains(Gap.APPLICATION) && !policy.applications().include().contains("All")) {
            return policy.applications().exclude().contains(classOf(space.application, signIn)) ? 0 : 2;
        }
        return gaps.size() > 1 ? 1 : 0;
    }

    private String inWords(Gap gap) {
        return switch (gap) {
            case APPLICATION -> space.toAnyApplication(signIn) ? "to every application" : "to this application";
            case CLIENT -> "to this client";
            case PLATFORM -> "to this platform";
            case LOCATION -> "from there";
            case RISK -> "without that risk";
            case FLOW -> "without that authentication flow";
            case DEVICE -> "to this device";
        };
    }

    private String demand() {
        return switch (requirement) {
            case LEGACY_AUTHENTICATION_BLOCKED -> "blocking";
            case MFA_AT_SIGN_IN_RISK -> "MFA";
            case REMEDY_AT_USER_RISK -> "a password change or other remedy";
            default -> requirement.title();
        };
    }

    private boolean demands(ConditionalAccessPolicy policy) {
        return policy.grant()
                .filter(grant -> requirement == Requirement.PRIVILEGED_WORKSTATION
                        ? policy.deviceFilter()
                                .map(ConditionalAccessPolicy.DeviceFilter::known)
                                .equals(space.workstation)
                        : demands(grant))
                .isPresent();
    }

    private boolean demands(Grant grant) {
        boolean mfa = grant.controls().contains("mfa") || grant.strength().isPresent();
        boolean compliant = grant.controls().contains("compliantDevice");
        boolean joined = grant.controls().contains("domainJoinedDevice");
        return switch (requirement) {
            case MFA, PHISHING_RESISTANT_MFA, MFA_AT_SIGN_IN_RISK -> mfa;
            case LEGACY_AUTHENTICATION_BLOCKED -> mfa || grant.controls().contains("block");
            case COMPLIANT_DEVICE -> compliant;
            case HYBRID_JOINED_DEVICE -> joined;
            case MANAGED_DEVICE -> compliant || joined;
            case REMEDY_AT_USER_RISK ->
                grant.controls().contains("passwordChange") || grant.controls().contains("riskRemediation");
            case PRIVILEGED_WORKSTATION -> false;
        };
    }

    private boolean onAKnownDevice() {
        return Stream.concat(Stream.of(space.compliant, space.joined), space.deviceFilters.values().stream())
                .anyMatch(device -> classOf(device, signIn).equals("yes"));
    }

    /**
     * What keeps the answer from being certain.
     *
     * @param unknown the policies of which it is not known whether they are for the account
     * @param relevant the policies that are or may be for it
     * @param external whether the account is another directory's
     */
    String doubt(List<ConditionalAccessPolicy> unknown, List<ConditionalAccessPolicy> relevant, boolean external) {
        List<String> doubts = new ArrayList<>();
        if (external && onAKnownDevice()) {
            doubts.add("what this directory is told of an external account's device depends on its trust in the other"
                    + " directory, which is not read");
        }
        if (classOf(space.application, signIn).equals(SignInSpace.BASELINE_SCOPES)) {
            doubts.add(
                    "whether policies that leave an application out are for such a sign-in is a setting of the tenant"
                            + " (baseline scopes) that no interface tells");
        }
        if (space.mandatoryMfaIsOpen(requirement, signIn)) {
            doubts.add(
                    "in the worldwide cloud Microsoft itself demands MFA there, and in which cloud the tenant is was not"
                            + " read");
        }
        if (space.mandatoryMfaIsInPart(requirement, signIn)) {
            doubts.add(
                    "Microsoft itself demands MFA in the Microsoft 365 admin center, which is the same application as the"
                            + " portal of every user, where it does not");
        }
        if (space.toGraph(signIn)) {
            doubts.add(
                    "Microsoft Graph stands for other resources, and whether a policy that leaves it out, or is for it"
                            + " alone, is for a sign-in to it depends on these");
        }
        if (classOf(space.joined, signIn).equals("yes")
                && !classOf(space.platform, signIn).equals("windows")) {
            doubts.add(
                    "only Windows devices are hybrid joined, and whether a client on one pretends to be another platform"
                            + " cannot be told");
        }
        if (requirement.ofDevice() && !classOf(space.flow, signIn).equals("none")) {
            doubts.add("whether a device is asked for in this flow, by which another device gets in, is not certain;"
                    + " a policy that blocks both authentication flows settles it");
        }
        if (space.inDoubtfulGroups(signIn)) {
            doubts.add("which applications belong to such groups no interface tells");
        }
        for (ConditionalAccessPolicy policy : relevant) {
            if (!policy.notModelled().isEmpty()) {
                doubts.add("'%s' sets %s, which is not modelled"
                        .formatted(policy.displayName(), String.join(", ", policy.notModelled())));
            }
            if (unknown.contains(policy)) {
                doubts.add("whether '" + policy.displayName() + "' is for the account is not known");
            }
        }
        return doubts.isEmpty()
                ? "it depends on locations that are not told by addresses, device filters, unknown controls or what legacy"
                        + " clients can do"
                : String.join("; ", doubts);
    }
}
