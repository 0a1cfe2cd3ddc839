package dev.parc.facts;

import java.util.Optional;

/**
 * Whether an account meets a requirement as the holder of a role that it must activate first, by one way to it.
 * Microsoft's two policies, one for the authentication context that activation asks for and one for the role, cover it
 * together. Source: "Configure Microsoft Entra role settings in Privileged Identity Management".
 *
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
}
