package dev.parc.analysis.signin;

import static dev.parc.analysis.signin.SignInMeans.APPROVER;
import static dev.parc.analysis.signin.SignInMeans.FEDERATION;
import static dev.parc.analysis.signin.SignInMeans.MANAGED_DEVICE;
import static dev.parc.analysis.signin.SignInMeans.PHONE;

import dev.parc.facts.policies.Match;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an account can register to sign in with: what each method needs, and which combinations of authentication strengths
 * it makes. Sources: "Overview of Microsoft Entra authentication strength", table of combinations; usageAuthMethod of Microsoft
 * Graph, the names of the registration report; authenticationMethodsPolicy, the ids of its configurations.
 */
public enum SignInMethod {
    AUTHENTICATOR_PUSH(
            "Microsoft Authenticator",
            row().named("microsoftAuthenticatorPush")
                    .under("MicrosoftAuthenticator")
                    .needs(PHONE)
                    .second("microsoftAuthenticatorPush")
                    .ofLegacyPolicyToo()
                    .registeredAtSignIn()),
    AUTHENTICATOR_SIGN_IN(
            "phone sign-in by Microsoft Authenticator",
            row().named("microsoftAuthenticatorPasswordless")
                    .under("MicrosoftAuthenticator")
                    .needs(PHONE)
                    .alone("deviceBasedPush")),
    AUTHENTICATOR_PASSKEY(
            "a passkey in Microsoft Authenticator",
            row().named("passKeyDeviceBoundAuthenticator")
                    .under("Fido2")
                    .needs(PHONE)
                    .alone("fido2")),
    SECURITY_KEY(
            "a FIDO2 security key",
            row().named("fido2SecurityKey", "passKeyDeviceBound", "fido2")
                    .under("Fido2")
                    .alone("fido2")
                    .registeredPerhaps()),
    /** On a computer that need not be managed. */
    WINDOWS_PASSKEY(
            "a passkey in Windows",
            row().named("passKeyDeviceBoundWindowsHello")
                    .under("Fido2")
                    .mayNeed(MANAGED_DEVICE)
                    .alone("fido2")),
    /** Kept by a provider, on phones or on computers. */
    SYNCED_PASSKEY(
            "a synced passkey",
            row().named("passKeySynced").under("Fido2").mayNeed(PHONE).alone("fido2")),
    WINDOWS_HELLO(
            "Windows Hello for Business",
            row().named("windowsHelloForBusiness").needs(MANAGED_DEVICE).alone("windowsHelloForBusiness")),
    PLATFORM_CREDENTIAL(
            "a platform credential of macOS",
            row().named("macOsSecureEnclaveKey").needs(MANAGED_DEVICE).alone("windowsHelloForBusiness")),
    /** On a card or on a device, one factor or two by rules that are not read; and the report does not list every one. */
    CERTIFICATE(
            "a certificate",
            row().named("certificate")
                    .under("X509Certificate")
                    .mayNeed(MANAGED_DEVICE)
                    .perhapsAlone("x509CertificateMultiFactor", "x509CertificateSingleFactor")),
    TEXT_MESSAGE(
            "a text message",
            row().named("mobilePhone", "sms")
                    .under("Sms")
                    .needs(PHONE)
                    .second("sms")
                    .ofLegacyPolicyToo()
                    .registeredAtSignIn()),
    CALL(
            "a phone call",
            row().named("mobilePhone", "alternateMobilePhone", "officePhone")
                    .under("Voice")
                    .needs(PHONE)
                    .second("voice")
                    .ofLegacyPolicyToo()
                    .registeredAtSignIn()),
    /** In an application, which is on a phone as a rule. */
    SOFTWARE_TOKEN(
            "codes of an authenticator app",
            row().named("softwareOneTimePasscode")
                    .under("SoftwareOath")
                    .mayNeed(PHONE)
                    .second("softwareOath")
                    .ofLegacyPolicyToo()
                    .registeredAtSignIn()),
    HARDWARE_TOKEN(
            "codes of a hardware token",
            row().named("hardwareOneTimePasscode")
                    .under("HardwareOath")
                    .second("hardwareOath")
                    .ofLegacyPolicyToo()),
    /** Somebody issues it, for a time that is not read, to be used once or more often. */
    TEMPORARY_ACCESS_PASS(
            "a Temporary Access Pass",
            row().named("temporaryAccessPass")
                    .under("TemporaryAccessPass")
                    .needs(APPROVER)
                    .perhapsAlone("temporaryAccessPassOneTime", "temporaryAccessPassMultiUse")),
    /** MFA by another provider, which no strength knows. Source: "Manage an external authentication method". */
    EXTERNAL(
            "an external authentication method",
            row().named("externalAuthMethod").mayNeed(PHONE, FEDERATION).mfaOnly()),
    /** For resetting a password, or one factor only. */
    NO_MFA("", row().named("email", "securityQuestion", "appPassword", "qrCode", "qrCodePin", "password"));

    /** A row of the table while it is written. */
    private static final class Row {
        private Set<String> names = Set.of();
        private Optional<String> configuration = Optional.empty();
        private final Set<SignInMeans> needs = EnumSet.noneOf(SignInMeans.class);
        private final Set<SignInMeans> mayNeed = EnumSet.noneOf(SignInMeans.class);
        private Set<String> alone = Set.of();
        private Set<String> second = Set.of();
        private Match sure = Match.YES;
        private Match atSignIn = Match.NO;
        private boolean legacy;
        private boolean mfaOnly;

        Row named(String... all) {
            names = Set.of(all);
            return this;
        }

        Row under(String id) {
            configuration = Optional.of(id);
            return this;
        }

        Row needs(SignInMeans... all) {
            needs.addAll(Set.of(all));
            return this;
        }

        Row mayNeed(SignInMeans... all) {
            mayNeed.addAll(Set.of(all));
            return this;
        }

        Row alone(String... combinations) {
            alone = Set.of(combinations);
            return this;
        }

        Row perhapsAlone(String... combinations) {
            sure = Match.MAYBE;
            return alone(combinations);
        }

        Row second(String factor) {
            second = Set.of(factor);
            return this;
        }

        Row ofLegacyPolicyToo() {
            legacy = true;
            return this;
        }

        Row registeredAtSignIn() {
            atSignIn = Match.YES;
            return this;
        }

        Row registeredPerhaps() {
            atSignIn = Match.MAYBE;
            return this;
        }

        Row mfaOnly() {
            mfaOnly = true;
            return this;
        }
    }

    private final String title;
    private final Row row;

    SignInMethod(String title, Row row) {
        this.title = title;
        this.row = row;
    }

    private static Row row() {
        return new Row();
    }

    /** In words, to stand after "with"; empty if one does not sign in with it. */
    public String title() {
        return title;
    }

    /** What the registration report, or the type of the method, calls it. */
    public boolean called(String name) {
        return row.names.contains(name);
    }

    /** The id of its configuration in the authentication methods policy; empty if the policy is not about it. */
    public Optional<String> configuration() {
        return row.configuration;
    }

    /** Whether it can be used where these are missing. */
    public Match without(Set<SignInMeans> gone) {
        if (row.needs.stream().anyMatch(gone::contains)) {
            return Match.NO;
        }
        return row.mayNeed.stream().anyMatch(gone::contains) ? Match.MAYBE : Match.YES;
    }

    /** Whether it makes this combination of a strength by itself. */
    public Match makes(String combination) {
        return row.alone.contains(combination) ? row.sure : Match.NO;
    }

    /** Whether it is this second factor of a combination. */
    public boolean isSecond(String factor) {
        return row.second.contains(factor);
    }

    /** Whether it needs another first factor before it. */
    public boolean second() {
        return !row.second.isEmpty();
    }

    /** Whether it is MFA, a second factor with another first one. */
    public Match mfa() {
        return row.mfaOnly || second() ? Match.YES : row.alone.isEmpty() ? Match.NO : row.sure;
    }

    /** Whether the legacy policies for MFA and password reset may allow it too, until they are migrated. */
    public boolean ofLegacyPolicyToo() {
        return row.legacy;
    }

    /**
     * Whether it can be registered while signing in. Source: "How Conditional Access authentication strength works",
     * methods that cannot be registered in interrupt mode.
     */
    public Match registeredAtSignIn() {
        return row.atSignIn;
    }
}
