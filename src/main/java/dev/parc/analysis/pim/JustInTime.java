package dev.parc.analysis.pim;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.Holding;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzurePower;
import dev.parc.facts.azure.AzurePowers;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.azure.AzureScope;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.PrivilegedRoles;
import dev.parc.facts.roles.RoleAssignment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who holds roles only when needed, in the directory or in Azure, and who holds them for good. Asked are people:
 * applications cannot activate a role, so that of them only those are told that give roles high up in Azure; designated emergency accounts must not have to, and the roles of directory synchronisation are for
 * its own accounts. Built from {@link FactKind#ADMINISTRATORS} and {@link FactKind#ACCOUNTS}; what an emergency account
 * looks like also takes Conditional Access and {@link FactKind#GROUP_MEMBERSHIPS}.
 */
public final class JustInTime {

    /** A set end that is further away than this is as good as none; PIM lets an active assignment last 180 days at first. */
    private static final int MOST_DAYS_AHEAD = 180;

    private final List<Administrator> asked = new ArrayList<>();
    private final List<Holder> permanent = new ArrayList<>();
    private final List<Holder> doubts = new ArrayList<>();
    private final Administrators all;

    /**
     * Somebody who holds roles in a way that is worth a look.
     *
     * @param roles the holder with these roles only
     * @param words how it holds them and, where it is in doubt, why; to stand after the name
     */
    public record Holder(Administrator roles, String words) {}

    private final Predicate<Holding> privileged;

    private JustInTime(Administrators all, Predicate<Holding> privileged) {
        this.all = all;
        this.privileged = privileged;
    }

    /** Who holds directory roles only when needed, and who for good. */
    public static JustInTime of(Facts facts) {
        Administrators all = Administrators.of(facts);
        JustInTime result = new JustInTime(all, one -> all.isPrivileged(one.roleId()));
        result.addAll(facts, all.all());
        result.addEndsFarAway(facts, facts.<RoleAssignment>list(FactKind.PIM_ASSIGNMENTS));
        result.addPermanentLater(facts, facts.laterAssignments());
        return result;
    }

    /** The same of the roles in Azure with which one can give roles; and of those that change everything, high up. */
    public static JustInTime inAzure(Facts facts) {
        Administrators all = Administrators.of(facts);
        JustInTime result = new JustInTime(all, one -> true);
        result.addAll(facts, all.inAzure(AzurePower.GIVES_ROLES));
        result.addApplications(facts, all.inAzure(AzurePower.GIVES_ROLES));
        result.addDoubts(
                facts,
                all.inAzure(AzurePower.MAY_GIVE_ROLES),
                holding -> holding.kind() == AssignmentKind.PERMANENT || holding.kind() == AssignmentKind.ACTIVE,
                "whether it can give roles by that could not be told: look at the actions of the role and the condition");
        result.addDoubts(
                facts,
                all.inAzure(AzurePower.CHANGES_EVERYTHING),
                holding -> holding.kind() == AssignmentKind.PERMANENT
                        && AzureScope.of(holding.scope()).aboveSubscriptions(),
                "that gives no roles, but changes everything in the subscriptions below");
        AzurePowers powers = new AzurePowers(facts.list(FactKind.AZURE_CUSTOM_ROLES));
        result.addEndsFarAway(
                facts,
                facts.<AzureRoleAssignment>list(FactKind.AZURE_PIM_ASSIGNMENTS).stream()
                        .filter(row -> powers.of(row) == AzurePower.GIVES_ROLES)
                        .map(AzureRoleAssignment::plain)
                        .toList());
        return result;
    }

    /** Applications that can give roles in more than one subscription, which a person must have wanted: none can activate. */
    private void addApplications(Facts facts, List<Administrator> administrators) {
        administrators.stream()
                .filter(one -> one.type() == PrincipalType.SERVICE_PRINCIPAL)
                .forEach(
                        application -> application
                                .holding(holding -> (holding.kind() == AssignmentKind.PERMANENT
                                                || holding.kind() == AssignmentKind.ACTIVE)
                                        && AzureScope.of(holding.scope()).aboveSubscriptions())
                                .ifPresent(
                                        held -> doubt(
                                                held,
                                                facts.isGone(held.id())
                                                        ? "the application no longer exists: remove the assignment"
                                                        : "no application can activate a role: give it a lesser one, or this one on less")));
    }

    private void addDoubts(Facts facts, List<Administrator> administrators, Predicate<Holding> wanted, String why) {
        for (Administrator administrator : administrators) {
            boolean exempt = administrator.type() == PrincipalType.SERVICE_PRINCIPAL
                    || facts.account(administrator.id())
                            .filter(facts.designations()::isEmergency)
                            .isPresent();
            if (!exempt) {
                administrator.holding(wanted).ifPresent(held -> doubt(held, why));
            }
        }
    }

    private void addAll(Facts facts, List<Administrator> administrators) {
        EmergencyAccounts emergency = EmergencyAccounts.of(facts);
        for (Administrator administrator : administrators) {
            Optional<Account> account = facts.account(administrator.id());
            if (administrator.type() == PrincipalType.SERVICE_PRINCIPAL
                    || facts.isUnresolved(administrator.id())
                    || account.filter(facts.designations()::isEmergency).isPresent()) {
                continue;
            }
            Optional<Administrator> roles = administrator.holding(
                    holding -> !PrivilegedRoles.SYNCHRONISATION.contains(all.templateId(holding.roleId())));
            roles.ifPresent(one -> add(one, account, emergency));
        }
    }

    private void add(Administrator roles, Optional<Account> account, EmergencyAccounts emergency) {
        asked.add(roles);
        Optional<Administrator> held = roles.holding(is(AssignmentKind.PERMANENT));
        if (held.isPresent()) {
            Optional<String> doubt = doubt(held.get(), account, emergency);
            if (doubt.isPresent()) {
                doubt(held.get(), doubt.get());
            } else {
                permanent.add(new Holder(held.get(), "holds " + all.inWords(held.get())));
            }
        }
        roles.holding(is(AssignmentKind.ACTIVE)).ifPresent(active -> doubt(active, "for how long could not be read"));
    }

    private static Predicate<Holding> is(AssignmentKind kind) {
        return holding -> holding.kind() == kind;
    }

    private void doubt(Administrator roles, String why) {
        doubts.add(new Holder(roles, "holds " + all.inWords(roles) + "; " + why));
    }

    private Optional<String> doubt(Administrator held, Optional<Account> account, EmergencyAccounts emergency) {
        if (account.isEmpty()) {
            return Optional.of("nothing was read of it");
        }
        if (account.get().state() == Account.State.DELETED) {
            return Optional.of("its account no longer exists: remove the assignment");
        }
        if (emergency.looksLikeOne(account.get())) {
            return Optional.of("it looks like an emergency account, confirm that it is");
        }
        return held.holdings().stream().anyMatch(privileged)
                ? Optional.empty()
                : Optional.of("Microsoft does not label the role privileged, or it is a custom one");
    }

    private void addEndsFarAway(Facts facts, List<RoleAssignment> terms) {
        Instant limit = facts.takenAt().plus(Duration.ofDays(MOST_DAYS_AHEAD));
        for (RoleAssignment row : terms) {
            if (row.kind() == AssignmentKind.TIME_BOUND && row.principalType() != PrincipalType.SERVICE_PRINCIPAL) {
                row.endsAt()
                        .filter(limit::isBefore)
                        .ifPresent(end -> doubt(
                                new Administrator(
                                        row.principalId(),
                                        row.principalType(),
                                        row.principalName(),
                                        List.of(new Holding(row.roleId(), row.scope(), row.kind(), List.of()))),
                                "its end, %s, is more than %d days away"
                                        .formatted(end.atOffset(ZoneOffset.UTC).toLocalDate(), MOST_DAYS_AHEAD)));
            }
        }
    }

    /** Who does not hold a privileged role yet and will do so for good: it is time to say no. */
    private void addPermanentLater(Facts facts, List<RoleAssignment.Later> later) {
        for (RoleAssignment.Later one : later) {
            RoleAssignment row = one.assignment();
            boolean emergency = facts.designations().emergencyAccounts().stream()
                    .anyMatch(it -> it.equalsIgnoreCase(row.principalId()) || it.equalsIgnoreCase(row.principalName()));
            Holding holding = new Holding(row.roleId(), row.scope(), row.kind(), List.of());
            if (row.kind() == AssignmentKind.PERMANENT
                    && row.principalType() != PrincipalType.SERVICE_PRINCIPAL
                    && !emergency
                    && privileged.test(holding)
                    && !PrivilegedRoles.SYNCHRONISATION.contains(all.templateId(row.roleId()))) {
                doubts.add(new Holder(
                        new Administrator(
                                row.principalId(), row.principalType(), row.principalName(), List.of(holding)),
                        "does not hold %s yet: %s".formatted(all.roleName(row.roleId()), one.inWords())));
            }
        }
    }

    /** Everybody who is asked, with all directory roles that count. */
    public List<Administrator> asked() {
        return List.copyOf(asked);
    }

    /** Who certainly holds a privileged role for good, each with what it holds for good only. */
    public List<Holder> permanent() {
        return List.copyOf(permanent);
    }

    /** Of whom it cannot be said, whose set end is far away, or who holds other roles for good. */
    public List<Holder> doubts() {
        return List.copyOf(doubts);
    }

    /** How many of those who are asked hold a role in one of these ways. */
    public long count(AssignmentKind... kinds) {
        List<AssignmentKind> wanted = List.of(kinds);
        return asked.stream()
                .filter(one ->
                        one.holding(holding -> wanted.contains(holding.kind())).isPresent())
                .count();
    }
}
