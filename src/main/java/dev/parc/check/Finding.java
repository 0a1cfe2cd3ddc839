package dev.parc.check;

import dev.parc.facts.Account;
import dev.parc.facts.DirectoryRole;
import dev.parc.facts.ServicePrincipal;

/**
 * One thing found with one subject.
 *
 * @param subjectId the object id, which is the subject's identity
 * @param subjectName the name to show; two subjects may share it
 * @param message what was found, to stand after the name
 */
public record Finding(String subjectId, SubjectType subjectType, String subjectName, String message) {

    public static Finding of(Account account, String message) {
        return new Finding(account.id(), SubjectType.USER, account.signInName(), message);
    }

    public static Finding of(ServicePrincipal principal, String message) {
        return new Finding(principal.id(), SubjectType.SERVICE_PRINCIPAL, principal.displayName(), message);
    }

    public static Finding of(DirectoryRole role, String message) {
        return new Finding(role.templateId(), SubjectType.ROLE, role.title(), message);
    }
}
