package dev.parc.facts.roles;

import java.util.EnumSet;
import java.util.Set;

/** The built-in directory roles that the roadmap names, known by their template ids. */
public enum DirectoryRole {
    GLOBAL_ADMINISTRATOR("62e90394-69f5-4237-9190-012177145e10", "Global Administrator"),
    PRIVILEGED_ROLE_ADMINISTRATOR("e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator"),
    EXCHANGE_ADMINISTRATOR("29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator"),
    SHAREPOINT_ADMINISTRATOR("f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator");

    /** The four roles that the source document calls highly privileged. */
    public static final Set<DirectoryRole> HIGHLY_PRIVILEGED = Set.copyOf(EnumSet.allOf(DirectoryRole.class));

    private final String templateId;
    private final String title;

    DirectoryRole(String templateId, String title) {
        this.templateId = templateId;
        this.title = title;
    }

    /** The id by which every tenant knows the role. */
    public String templateId() {
        return templateId;
    }

    /** The role's name in English. */
    public String title() {
        return title;
    }
}
