package dev.parc.analysis.explain;

import dev.parc.analysis.accounts.Categorisation;
import dev.parc.analysis.accounts.PasswordAge;
import dev.parc.analysis.administrators.EscalationPath;
import dev.parc.analysis.conditionalaccess.ActivationDecision;
import dev.parc.analysis.conditionalaccess.ReachDecision;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.RoleAssignment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who a principal is, why it is an administrator, whether it can sign in without MFA, and what would lock it out.
 *
 * @param type what it is; UNKNOWN if nothing told
 * @param account the user, if it is one that was read
 * @param servicePrincipal the service principal, if it is one that was read
 * @param roles the roles that it holds or can activate
 * @param rolesMissing what of the roles could not be read, a sentence each
 * @param azureRoles the roles in Azure that it holds or can activate
 * @param azureRolesMissing what of the roles in Azure could not be read, a sentence each
 * @param waysIn the roles that it does not hold and could give itself
 * @param waysInMissing what of the ways in could not be read, a sentence each
 * @param later the roles of the directory that it will hold or be able to activate, and does not yet
 * @param laterMissing why some of them may be missing, a sentence each
 * @param activations how it is held to MFA, to phishing-resistant MFA and to a managed device as the holder of each role
 *     that it must activate; empty where it cannot sign in, or what decides it could not be read
 * @param entries whether it gets in with everything at hand, and then without one means after the other
 */
public record Explanation(
        String id,
        PrincipalType type,
        String name,
        Optional<Account> account,
        Optional<ServicePrincipal> servicePrincipal,
        Evidence<Categorisation> category,
        Evidence<Emergency> emergency,
        List<Role> roles,
        List<String> rolesMissing,
        List<Later> later,
        List<String> laterMissing,
        List<Role> azureRoles,
        List<String> azureRolesMissing,
        List<EscalationPath> waysIn,
        List<String> waysInMissing,
        Evidence<SignIn> lastSignIn,
        Evidence<Registration> registration,
        Evidence<PasswordAge> password,
        MfaAnswer mfa,
        List<ActivationDecision> activations,
        Evidence<List<Entry>> entries) {

    /**
     * Whether an account gets in.
     *
     * @param without what is missing then
     */
    public record Entry(Set<SignInMeans> without, ReachDecision decision) {
        public Entry {
            without = Set.copyOf(without);
        }

        /** Whether it is locked out then. */
        public boolean lockedOut() {
            return decision instanceof ReachDecision.LockedOut;
        }

        /** What is missing, to stand before the answer. */
        public String circumstance() {
            return without.isEmpty() ? "with everything at hand" : "without " + SignInMeans.titles(without);
        }

        /** The answer, to stand after the account. */
        public String inWords() {
            if (decision instanceof ReachDecision.Reachable reachable) {
                return "gets in: " + reachable.signIn();
            }
            if (decision instanceof ReachDecision.LockedOut locked) {
                String also = String.join(", ", locked.also());
                return "is locked out: " + locked.because() + (also.isEmpty() ? "" : "; also in the way: " + also);
            }
            return "may be locked out: " + ((ReachDecision.Undecided) decision).because();
        }
    }

    /** Whether it is an emergency access account. */
    public enum Emergency {
        NO,
        /** The operator designated it. */
        DESIGNATED,
        /** Nobody designated it, and it is set up like one. */
        LOOKS_LIKE_ONE
    }

    /**
     * A role with every way to it.
     *
     * @param highlyPrivileged whether it is one of {@link DirectoryRole#HIGHLY_PRIVILEGED}
     * @param ways most permanent first
     */
    public record Role(String id, String name, boolean highlyPrivileged, List<Way> ways) {
        public Role {
            ways = List.copyOf(ways);
        }
    }

    /**
     * One way to a role.
     *
     * @param scope as the assignment has it; {@code /} for everything
     * @param place the scope in words, to stand behind the path; empty for the whole directory
     * @param path in words: directly, or through which groups
     */
    public record Way(AssignmentKind kind, String scope, String place, String path) {

        /** How permanently, by which path, limited to what. */
        public String inWords() {
            String how = switch (kind) {
                case ACTIVATED -> "activated now";
                case ACTIVE -> "active, for how long could not be read";
                default -> kind.title();
            };
            return "%s, %s%s".formatted(how, path, place.isEmpty() ? "" : ", " + place);
        }
    }

    /**
     * A role from some day on.
     *
     * @param scope as the assignment has it; {@code /} for everything
     */
    public record Later(
            String id, String name, AssignmentKind kind, String scope, Instant beginsAt, Optional<Instant> endsAt) {

        /** How permanently, from when and until when, limited to what. */
        public String inWords() {
            return RoleAssignment.Later.inWords(kind, scope, beginsAt, endsAt);
        }
    }

    public Explanation {
        roles = List.copyOf(roles);
        later = List.copyOf(later);
        laterMissing = List.copyOf(laterMissing);
        azureRoles = List.copyOf(azureRoles);
        azureRolesMissing = List.copyOf(azureRolesMissing);
        waysIn = List.copyOf(waysIn);
        activations = List.copyOf(activations);
        rolesMissing = List.copyOf(rolesMissing);
        waysInMissing = List.copyOf(waysInMissing);
    }

    /** Whether one of its roles is highly privileged. */
    public boolean highlyPrivileged() {
        return roles.stream().anyMatch(Role::highlyPrivileged);
    }
}
