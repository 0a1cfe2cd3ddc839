package dev.parc.facts.directory;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A user of the directory.
 *
 * @param signInName the user principal name
 * @param identityIssuers who issues the account's identities, as Graph gives it
 * @param invitation {@code externalUserState}, for example PendingAcceptance
 * @param mailbox whether an Exchange Online plan is enabled for it
 * @param initialDomain the domain that the tenant was created with, lower case; empty if it could not be read
 */
public record Account(
        String id,
        String signInName,
        String displayName,
        State state,
        SyncState sync,
        boolean guest,
        List<String> identityIssuers,
        Optional<String> invitation,
        Optional<String> mail,
        List<String> otherMails,
        boolean mailbox,
        Optional<Instant> createdAt,
        Optional<Instant> passwordChangedAt,
        Optional<String> initialDomain)
        implements PrincipalFact {

    private static final String INVITED = "#EXT#";

    private static final Set<String> ELSEWHERE =
            Set.of("externalazuread", "microsoftaccount", "live.com", "google.com", "facebook.com", "mail");

    private static final Set<String> NO_TENANT =
            Set.of("microsoftaccount", "live.com", "google.com", "facebook.com", "mail");

    /** Whether the account can sign in at all. */
    public enum State {
        ENABLED,
        DISABLED,
        /** The directory no longer has it, yet something still points to it. */
        DELETED
    }

    public Account {
        identityIssuers = List.copyOf(identityIssuers);
        otherMails = List.copyOf(otherMails);
    }

    /** An account that an assignment or a setting names and the directory does not have. */
    public static Account deleted(String id, String name) {
        return new Account(
                id,
                name,
                name,
                State.DELETED,
                SyncState.NEVER_SYNCED,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A member of the directory of which nothing else is known. */
    public static Account unnamed() {
        return unnamed("", false);
    }

    /** A guest invited for collaboration of which nothing else is known. */
    public static Account unnamedGuest() {
        return unnamed("guest#EXT#@", true);
    }

    private static Account unnamed(String signInName, boolean guest) {
        return new Account(
                "",
                signInName,
                "",
                State.ENABLED,
                SyncState.NEVER_SYNCED,
                guest,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The part of the sign-in name after the {@code @}, lower case; empty text if there is none. */
    public String domain() {
        int at = signInName.lastIndexOf('@');
        return at < 0 ? "" : signInName.substring(at + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether the sign-in name is on the domain that the tenant was created with, or on another one that Microsoft hosts
     * for tenants: none of them can be federated.
     */
    public boolean onInitialDomain() {
        return !external() && hostedByMicrosoft(domain());
    }

    /** Whether this tenant issued all of its identities; false if none is told. */
    public boolean issuedByItsTenant() {
        return !identityIssuers.isEmpty()
                && identityIssuers.stream()
                        .map(issuer -> issuer.toLowerCase(Locale.ROOT))
                        .allMatch(this::hostedByMicrosoft);
    }

    private boolean hostedByMicrosoft(String domain) {
        return initialDomain.filter(domain::equals).isPresent() || MicrosoftDomains.holds(domain);
    }

    /** Whether somebody else's directory signs it in: a guest, or a member that was invited ({@code #EXT#}). */
    public boolean external() {
        return guest || invited();
    }

    /** Whether it was invited from elsewhere: its sign-in name says so, be it a guest or a member. */
    public boolean invited() {
        return signInName.toUpperCase(Locale.ROOT).contains(INVITED);
    }

    /** Every e-mail address that it is known by, and the one by which it was invited. */
    public List<String> addresses() {
        int mark = signInName.toUpperCase(Locale.ROOT).indexOf(INVITED);
        String invited = mark < 0 ? "" : signInName.substring(0, mark);
        int at = invited.lastIndexOf('_');
        return Stream.of(
                        mail.stream(),
                        otherMails.stream(),
                        Stream.of(at < 0 ? "" : invited.substring(0, at) + "@" + invited.substring(at + 1)))
                .flatMap(addresses -> addresses)
                .filter(address -> address.indexOf('@') > 0)
                .distinct()
                .toList();
    }

    /** Those of its addresses that are with a mail service for private persons. */
    public List<String> personalAddresses() {
        return addresses().stream().filter(ConsumerMail::holds).toList();
    }

    /** Who signs it in other than this directory. */
    public List<String> foreignIssuers() {
        return identityIssuers.stream()
                .filter(issuer -> !issuer.equalsIgnoreCase(domain()))
                .distinct()
                .toList();
    }

    /**
     * Whether an issuer of its identities is another directory or provider by name, as it is of an account that came by
     * federation and whose sign-in name does not show it. Source: Graph's objectIdentity, issuer.
     */
    public boolean signedInElsewhere() {
        return identityIssuers.stream()
                .map(issuer -> issuer.toLowerCase(Locale.ROOT).replace(" ", ""))
                .anyMatch(ELSEWHERE::contains);
    }

    /** Whether this directory signs it in, though it is a guest: one that was made here and not invited. */
    public boolean internalGuest() {
        return guest && !invited() && issuedByItsTenant();
    }

    /**
     * Whether each of those who sign it in is known to be no tenant of Microsoft Entra ID: a personal account, or a code by
     * mail. False where Graph names nobody.
     */
    public boolean signedInByNoTenant() {
        List<String> foreign = foreignIssuers();
        return !foreign.isEmpty()
                && foreign.stream()
                        .map(issuer -> issuer.toLowerCase(Locale.ROOT).replace(" ", ""))
                        .allMatch(NO_TENANT::contains);
    }

    /** Whether it is a personal Microsoft account, told by the issuer of its identity. */
    public boolean microsoftAccount() {
        return identityIssuers.stream()
                .map(issuer -> issuer.toLowerCase(Locale.ROOT).replace(" ", ""))
                .anyMatch(issuer -> issuer.equals("microsoftaccount") || issuer.equals("live.com"));
    }

    /**
     * Why it may be a personal Microsoft account although no issuer says so, in words; empty if nothing speaks for it. An
     * account of another directory can have a personal address, and a Microsoft account a company's.
     */
    public Optional<String> doubtAboutIssuer() {
        if (!external()) {
            return Optional.empty();
        }
        String issuers = String.join(", ", foreignIssuers());
        if (!personalAddresses().isEmpty()) {
            return Optional.of("is an external account with the personal address "
                    + personalAddresses().get(0) + ", signed in by "
                    + (issuers.isEmpty() ? "nobody that Graph names" : issuers));
        }
        return invited() && issuers.isEmpty()
                ? Optional.of("is an external account, and Graph does not name who signs it in")
                : Optional.empty();
    }

    @Override
    public String principalId() {
        return id;
    }
}
