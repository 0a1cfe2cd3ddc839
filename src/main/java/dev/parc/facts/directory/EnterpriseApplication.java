package dev.parc.facts.directory;

import java.util.Set;

/**
 * An application that users of the tenant can sign in to, as its service principal tells.
 *
 * @param id the object id of the service principal
 * @param appId the id by which Conditional Access names it
 * @param enabled whether anybody can sign in to it at all
 * @param ofMicrosoft whether Microsoft owns it
 */
public record EnterpriseApplication(String id, String appId, String displayName, boolean enabled, boolean ofMicrosoft) {

    /** The tenants that own Microsoft's applications: Microsoft Services and Microsoft. */
    public static final Set<String> MICROSOFT =
            Set.of("f8cdef31-a31e-4b4a-93e4-5f571e91255a", "72f988bf-86f1-41af-91ab-2d7cd011db47");

    /** Whether it connects the tenant to somebody else's or its own software, and can be used. */
    public boolean connected() {
        return enabled && !ofMicrosoft;
    }
}
