package dev.parc.check;

/** What a finding is about. */
public enum SubjectType {
    USER("user"),
    SERVICE_PRINCIPAL("servicePrincipal"),
    GROUP("group"),
    POLICY("policy"),
    ROLE("role"),
    SUBSCRIPTION("subscription"),
    /** Something in Azure below a subscription, or a management group. */
    RESOURCE("resource"),
    TENANT("tenant"),
    /** Something that holds a role, of a type that could not be read. */
    PRINCIPAL("principal");

    private final String json;

    SubjectType(String json) {
        this.json = json;
    }

    /** Its name in result documents. */
    public String json() {
        return json;
    }
}
