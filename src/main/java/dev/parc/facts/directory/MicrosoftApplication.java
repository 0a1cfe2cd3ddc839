package dev.parc.facts.directory;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Applications of Microsoft that Conditional Access policies name, by the id that is the same in every tenant. Source: "Verify
 * first-party Microsoft applications in sign-in reports" and the pages on single services.
 */
public enum MicrosoftApplication {
    EXCHANGE_ONLINE("00000002-0000-0ff1-ce00-000000000000", "Office 365 Exchange Online"),
    SHAREPOINT_ONLINE("00000003-0000-0ff1-ce00-000000000000", "Office 365 SharePoint Online"),
    TEAMS_SERVICES("cc15fd57-2c6c-4117-a88c-83b1d56b4bbe", "Microsoft Teams Services"),
    TEAMS("1fec8e78-bce4-4aaf-ab1b-5451cc387264", "Microsoft Teams"),
    GRAPH("00000003-0000-0000-c000-000000000000", "Microsoft Graph"),
    GRAPH_TOOLS("14d82eec-204b-4c2f-b7e8-296a70dab67e", "Microsoft Graph Command Line Tools"),
    DIRECTORY("00000002-0000-0000-c000-000000000000", "Windows Azure Active Directory"),
    AZURE_MANAGEMENT("797f4846-ba00-4fd7-ba43-dac1f8f63013", "Windows Azure Service Management API"),
    AZURE_PORTAL("c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "Azure Portal"),
    AZURE_CLI("04b07795-8ddb-461a-bbee-02f9e1bf7b46", "Microsoft Azure CLI"),
    AZURE_POWERSHELL("1950a258-227b-4e31-a9cf-717495945fc2", "Microsoft Azure PowerShell"),
    AZURE_DEVOPS("499b84ac-1321-427f-aa17-267ca6975798", "Azure DevOps"),
    AZURE_DATA_LAKE("e9f49c6b-5ce5-44c8-925d-015017e9f7ad", "Azure Data Lake"),
    APPLICATION_INSIGHTS("f5c26e74-f226-4ae8-85f0-b4af0080ac9e", "Application Insights API"),
    LOG_ANALYTICS("ca7f3f0b-7d91-482c-8e09-c5d840d0eac5", "Log Analytics API"),
    PIM("01fc33a7-78ba-4d2f-a4b7-768e336e890e", "MS-PIM"),
    INTUNE("0000000a-0000-0000-c000-000000000000", "Microsoft Intune"),
    INTUNE_ENROLLMENT("d4ebce55-015a-49b5-a083-c84d1797ae8c", "Microsoft Intune Enrollment"),
    RIGHTS_MANAGEMENT("00000012-0000-0000-c000-000000000000", "Microsoft Rights Management Services"),
    POWER_BI("00000009-0000-0000-c000-000000000000", "Power BI Service"),
    VIRTUAL_DESKTOP("9cdead84-a844-4324-93f2-b2e6bb768d07", "Azure Virtual Desktop"),
    WINDOWS_365("0af06dc6-e4b5-4f28-818e-e78e62d137a5", "Windows 365"),
    WINDOWS_CLOUD_LOGIN("270efc09-cd0d-444b-a71f-39af4910ec45", "Windows Cloud Login"),
    /** Source: "Sign in to a Windows virtual machine in Azure by using Microsoft Entra ID", MFA sign-in method required. */
    WINDOWS_VM_SIGN_IN(
            "372140e0-b3b7-4226-8ef9-d57986796201",
            "Azure Windows VM Sign-In",
            "where people sign in to virtual machines without Windows Hello for Business or a security key"),
    /** Source: "Require multifactor authentication for all users", subscription activation. */
    WINDOWS_STORE(
            "45a330b1-b1ec-4cc1-9161-9f03992aa49f",
            "Windows Store for Business",
            "where Windows is upgraded by Subscription Activation");

    private static final Map<String, MicrosoftApplication> BY_ID =
            Stream.of(values()).collect(Collectors.toMap(MicrosoftApplication::appId, Function.identity()));

    private final String appId;
    private final String title;
    private final Optional<String> leftOutWhere;

    MicrosoftApplication(String appId, String title) {
        this(appId, title, Optional.empty());
    }

    MicrosoftApplication(String appId, String title, String leftOutWhere) {
        this(appId, title, Optional.of(leftOutWhere));
    }

    MicrosoftApplication(String appId, String title, Optional<String> leftOutWhere) {
        this.appId = appId;
        this.title = title;
        this.leftOutWhere = leftOutWhere;
    }

    /** The one with this id; empty for any other application. */
    public static Optional<MicrosoftApplication> of(String appId) {
        return Optional.ofNullable(BY_ID.get(appId.toLowerCase(Locale.ROOT)));
    }

    /** The id by which policies name it, lower case. */
    public String appId() {
        return appId;
    }

    /** Its name. */
    public String title() {
        return title;
    }

    /** Where Microsoft's own guides ask to leave it out of a policy that demands MFA of all; empty if they do not. */
    public Optional<String> leftOutWhere() {
        return leftOutWhere;
    }
}
