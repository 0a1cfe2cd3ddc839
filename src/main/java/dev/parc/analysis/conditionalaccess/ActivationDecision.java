package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.signin.Requirement;
import java.util.List;
import java.util.Optional;

/**
 * Whether an account meets a requirement as the holder of a role that it must activate first, by one way to it.
 * Microsoft's two policies, one for the authentication context that activation asks for and one for the role, cover it
 * together. Source: "Configure Microsoft Entra role settings in Privileged Identity Management".
 *
 * @param requirement what is asked
 * @param roleId the id of the role definition
 * @param role its name
 * @param path how it is held, to stand after the name
 * @param decision of the three together
 * @param before at sign-ins with what the account holds for good
 * @param activating at the activation; empty where the other two settle it
 * @param active at sign-ins while the role is active
 * @param approved whether somebody must approve the activation, which proves nothing of the requirement
 */
public record ActivationDecision(
        Requirement requirement,
        String roleId,
        String role,
        String path,
        MfaDecision decision,
        MfaDecision before,
        Optional<MfaDecision> activating,
        MfaDecision active,
        boolean approved) {

    /** The role with the way to it: "Global Administrator, directly". */
    public String named() {
        return role + ", " + path;
    }

    /** What was found, to stand after what is required: by what it is protected at which moment, or what is missing. */
    public String inWords() {
        if (decision instanceof MfaDecision.Uncovered gap) {
            return "not protected, " + gap.signIn() + "; because " + gap.because();
        }
        if (decision instanceof MfaDecision.Undecided doubt) {
            return "not certain, " + doubt.because();
        }
        String whileActive = names(active);
        if (activating.isPresent()) {
            return "protected when activating by " + names(activating.get()) + ", while active by " + whileActive;
        }
        return names(before).equals(whileActive)
                ? "protected at every sign-in by " + whileActive
                : "protected before by " + names(before) + ", while active by " + whileActive;
    }

    private static String names(MfaDecision decision) {
        List<String> by = decision instanceof MfaDecision.Covered covered ? covered.by() : List.of();
        return String.join(", ", by);
    }

    /** The same with another decision. */
    public ActivationDecision decided(MfaDecision other) {
        return new ActivationDecision(requirement, roleId, role, path, other, before, activating, active, approved);
    }
}
