package dev.parc.analysis.administrators;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.PimActivation;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.RoleAssignment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who is eligible for roles and has activated none of these as far back as the log goes. Who is eligible for a shorter time
 * than that is not meant: it says nothing yet.
 *
 * @param roles the holder with these roles only
 */
public record IdleEligibility(Administrator roles) {

    /** What the log tells of it, and no more, to stand after the name. */
    public String inWords(Administrators all) {
        return "has not activated in the %d days that the audit log goes back, which alone does not make it unneeded: %s"
                .formatted(PimActivation.DAYS, all.inWords(roles));
    }

    /** Nobody where the log was not read whole: then it says nothing about who is not in it. */
    public static List<IdleEligibility> of(Facts facts) {
        if (!(facts.reading(FactKind.PIM_ACTIVATIONS) instanceof Reading.Read log
                && log.gaps().isEmpty())) {
            return List.of();
        }
        Administrators all = Administrators.of(facts);
        Set<String> used = new HashSet<>();
        Set<String> usedGroups = new HashSet<>();
        for (PimActivation activation : facts.activations()) {
            String who = activation.principalId().toLowerCase(Locale.ROOT);
            activation
                    .roleId()
                    .ifPresentOrElse(
                            role -> used.add(who + " " + role.toLowerCase(Locale.ROOT)), () -> usedGroups.add(who));
        }
        List<IdleEligibility> idle = new ArrayList<>();
        for (Administrator administrator : all.all()) {
            String who = administrator.id().toLowerCase(Locale.ROOT);
            Optional<Administrator> roles = administrator.holding(holding -> holding.kind() == AssignmentKind.ELIGIBLE
                    && !isYoung(facts, administrator, holding)
                    && (holding.activatedByRole()
                            ? !used.contains(who + " " + all.templateId(holding.roleId()))
                            : !usedGroups.contains(who)));
            roles.filter(one -> !isActive(administrator, one)).ifPresent(one -> idle.add(new IdleEligibility(one)));
        }
        return idle;
    }

    /** Whether every assignment behind it began after the log does. */
    private static boolean isYoung(Facts facts, Administrator administrator, Holding holding) {
        String principal = holding.path().isEmpty()
                ? administrator.id()
                : holding.path().get(0).groupId();
        Instant logged = facts.takenAt().minus(Duration.ofDays(PimActivation.DAYS));
        List<RoleAssignment> behind = facts.<RoleAssignment>list(FactKind.PIM_ELIGIBILITIES).stream()
                .filter(row -> row.principalId().equalsIgnoreCase(principal)
                        && row.roleId().equalsIgnoreCase(holding.roleId())
                        && row.scope().equals(holding.scope()))
                .toList();
        return !behind.isEmpty()
                && behind.stream()
                        .allMatch(row -> row.beganAt().filter(logged::isBefore).isPresent());
    }

    /** Whether it has the same roles activated right now. */
    private static boolean isActive(Administrator administrator, Administrator idle) {
        return idle.holdings().stream()
                .allMatch(eligible -> administrator.holdings().stream()
                        .anyMatch(holding -> holding.kind() == AssignmentKind.ACTIVATED
                                && holding.roleId().equalsIgnoreCase(eligible.roleId())));
    }
}
