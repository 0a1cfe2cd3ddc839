package dev.parc.change.fix.roles;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.change.ChangeRequest;
import dev.parc.change.ChangeRequest.Method;
import dev.parc.change.ChangeUrl;
import dev.parc.change.fix.Fix;
import dev.parc.change.fix.OpenItem;
import dev.parc.change.fix.Proposal;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.PimPolicy;
import dev.parc.facts.roles.PimRule;
import dev.parc.facts.roles.PimSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Sets what PIM demands before a highly privileged role is active. Which findings that closes, the item itself says. */
public final class PimSettingsFix implements Fix {

    private static final String SETTINGS = "/v1.0/policies/roleManagementPolicyAssignments";
    private static final String ENABLEMENT = "Enablement_EndUser_Assignment";
    private static final String EXPIRATION = "Expiration_EndUser_Assignment";
    private static final String APPROVAL = "Approval_EndUser_Assignment";
    private static final Set<DirectoryRole> APPROVED =
            Set.of(DirectoryRole.GLOBAL_ADMINISTRATOR, DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR);

    @Override
    public Proposal propose(OpenItem item) {
        if (item.result().outcome() != Outcome.FAIL
                || !(item.facts().reading(FactKind.PIM_POLICIES) instanceof Reading.Read read)) {
            return new Proposal(List.of(), List.of());
        }
        Steps steps = new Steps();
        List<String> notes = new ArrayList<>();
        for (DirectoryRole role :
                DirectoryRole.HIGHLY_PRIVILEGED.stream().sorted().toList()) {
            Optional<PimPolicy> policy = item.facts().pimPolicy(role);
            List<Finding> its = item.findings().stream()
                    .filter(finding -> finding.subjectType() == SubjectType.ROLE
                            && finding.subjectId().equalsIgnoreCase(role.templateId()))
                    .toList();
            if (policy.isEmpty() || its.isEmpty()) {
                continue;
            }
            Draft draft = new Draft(item, role, policy.get());
            draft.all();
            List<Finding> closed = closed(item, read, its, draft.policy());
            if (!closed.isEmpty() && !draft.requests().isEmpty()) {
                closed.forEach(finding -> steps.close(finding, Map.of(role.name(), draft.requests()), false));
                notes.addAll(draft.notes);
            }
            its.stream()
                    .filter(finding -> !closed.contains(finding) && draft.withoutApprover)
                    .forEach(finding -> steps.leave(
                            finding,
                            "needs no approval: name approvers who are no emergency accounts in its settings in PIM"));
        }
        return steps.proposal(notes);
    }

    /** Those of a role's findings that the item would not have with these settings. */
    private static List<Finding> closed(OpenItem item, Reading.Read read, List<Finding> its, PimPolicy changed) {
        List<PimPolicy> policies = item.facts().<PimPolicy>list(FactKind.PIM_POLICIES).stream()
                .map(one -> one.roleId().equals(changed.roleId()) ? changed : one)
                .toList();
        Verdict after =
                item.answerWith(Map.of(FactKind.PIM_POLICIES, new Reading.Read(policies, read.gaps(), read.unseen())));
        if (after.outcome() == Outcome.NOT_ASSESSED) {
            return List.of();
        }
        List<Finding> open = after.open();
        Finding first = its.get(0);
        long now = open.stream()
                .filter(finding -> finding.subjectId().equals(first.subjectId()))
                .count();
        return its.stream()
                .filter(finding -> !open.contains(finding))
                .limit(Math.max(0, its.size() - now))
                .toList();
    }

    /** The settings of a role as they should be. */
    private static final class Draft {

        private final Facts facts;
        private final DirectoryRole role;
        private final PimPolicy before;
        private final Map<String, PimRule> rules;
        private final Map<String, ObjectNode> bodies = new LinkedHashMap<>();
        private final Map<String, String> words = new HashMap<>();
        private final List<String> notes = new ArrayList<>();
        private final Optional<ObjectNode> raw;
        private boolean withoutApprover;

        Draft(OpenItem item, DirectoryRole role, PimPolicy before) {
            this.facts = item.facts();
            this.role = role;
            this.before = before;
            this.rules = new HashMap<>(before.rules());
            List<ObjectNode> settings = item.objects(SETTINGS).stream()
                    .filter(row -> row.path("roleDefinitionId").asText().equalsIgnoreCase(role.templateId())
                            && row.path("scopeId").asText("/").equals("/"))
                    .toList();
            this.raw = settings.size() == 1 ? Optional.of(settings.get(0)) : Optional.empty();
        }

        PimPolicy policy() {
            return new PimPolicy(before.roleId(), rules);
        }

        void all() {
            PimSettings settings = before.settings();
            Set<String> enabled = new TreeSet<>();
            if (!settings.demandsMfa() && settings.context().isEmpty()) {
                enabled.add("MultiFactorAuthentication");
            }
            if (!settings.demandsReason()) {
                enabled.add("Justification");
            }
            if (!enabled.isEmpty()) {
                enable(enabled);
            }
            if (settings.lastsTooLong().isPresent()) {
                expire();
            }
            if (APPROVED.contains(role) && !settings.demandsApproval()) {
                approve();
            }
            for (PimSettings.Change change : PimSettings.Change.values()) {
                settings.notice(change).filter(rule -> !rule.notifies()).ifPresent(this::notifies);
            }
        }

        private void enable(Set<String> more) {
            rule(ENABLEMENT).ifPresent(rule -> {
                Set<String> all = new TreeSet<>(rule.enabledRules());
                all.addAll(more);
                ObjectNode body = body(ENABLEMENT);
                all.forEach(body.putArray("enabledRules")::add);
                put(
                        new PimRule(rule.id(), false, false, List.of(), "", all, ""),
                        body,
                        "Ask whoever activates %s for %s"
                                .formatted(
                                        role.title(),
                                        more.size() == 2
                                                ? "MFA and a reason"
                                                : more.contains("Justification") ? "a reason" : "MFA"));
            });
        }

        private void expire() {
            rule(EXPIRATION).ifPresent(rule -> {
                String longest = PimSettings.WORKING_DAY.toString();
                put(
                        new PimRule(rule.id(), true, false, List.of(), longest, Set.of(), ""),
                        body(EXPIRATION).put("isExpirationRequired", true).put("maximumDuration", longest),
                        "Let an activation of %s end after %d hours"
                                .formatted(role.title(), PimSettings.WORKING_DAY.toHours()));
            });
        }

        /** Where no approver is named, PIM asks those who hold one of two roles, which must not be the emergency accounts alone. */
        private void approve() {
            Administrators all = Administrators.of(facts);
            boolean somebody = all.in(APPROVED).stream()
                    .filter(Administrator::assigned)
                    .anyMatch(one -> facts.account(one.id())
                            .filter(account -> account.state() == Account.State.ENABLED
                                    && !facts.designations().isEmergency(account))
                            .isPresent());
            if (!somebody) {
                withoutApprover = true;
                return;
            }
            rule(APPROVAL).ifPresent(rule -> {
                ObjectNode body = body(APPROVAL);
                body.putObject("setting").put("isApprovalRequired", true);
                put(
                        new PimRule(rule.id(), true, false, List.of(), "", Set.of(), ""),
                        body,
                        "Have activations of %s approved".formatted(role.title()));
                notes.add(
                        "Where the settings of %s name no approver, PIM asks whoever holds Privileged Role Administrator or Global Administrator actively: name approvers in PIM."
                                .formatted(role.title()));
            });
        }

        private void notifies(PimRule rule) {
            put(
                    new PimRule(
                            rule.id(), rule.enabled(), true, rule.recipients(), "", Set.of(), "", PimRule.Level.ALL),
                    body(rule.id()).put("isDefaultRecipientsEnabled", true).put("notificationLevel", "All"),
                    "Tell administrators of changes of %s".formatted(role.title()));
        }

        private Optional<PimRule> rule(String id) {
            return Optional.ofNullable(rules.get(id));
        }

        /** What every change of a rule carries: the type and the id. */
        private ObjectNode body(String id) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            raw.stream()
                    .flatMap(row -> row.path("policy").path("rules").valueStream())
                    .filter(rule -> rule.path("id").asText().equals(id))
                    .map(rule -> rule.path("@odata.type").asText())
                    .filter(type -> !type.isEmpty())
                    .findFirst()
                    .ifPresent(type -> body.put("@odata.type", type));
            return body.put("id", id);
        }

        private void put(PimRule changed, ObjectNode body, String why) {
            rules.put(changed.id(), changed);
            bodies.put(changed.id(), body);
            words.put(changed.id(), why);
        }

        /** One for each rule; none where it was not told which settings are the role's. */
        List<ChangeRequest> requests() {
            Optional<String> policyId = raw.map(row -> row.path("policyId")
                            .asText(row.path("policy").path("id").asText()))
                    .filter(id -> !id.isEmpty());
            List<ChangeRequest> requests = new ArrayList<>();
            policyId.ifPresent(id -> bodies.forEach((ruleId, body) -> requests.add(new ChangeRequest(
                    role.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + (requests.size() + 1),
                    Method.PATCH,
                    ChangeUrl.of("/policies/roleManagementPolicies/%s/rules/%s".formatted(id, ruleId)),
                    Optional.of(body),
                    List.of(),
                    words.getOrDefault(ruleId, "")))));
            return requests;
        }
    }
}
