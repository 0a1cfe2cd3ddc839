package dev.parc.facts.azure;

import java.util.Locale;
import java.util.Optional;

/**
 * A subscription that PARC's identity sees.
 *
 * @param tenantId the tenant it belongs to; another one where it is delegated to this tenant
 * @param directoryOnly whether it is the old one by which Azure gave access to a directory; it can hold nothing
 * @param offer what it was bought as
 */
public record AzureSubscription(
        String id, String displayName, String tenantId, State state, boolean directoryOnly, Offer offer) {

    /**
     * What a subscription was bought as, by the id of its quota; who pays for it, that does not tell. Source: "Azure
     * subscription offers".
     */
    public enum Offer {
        TRIAL("is a free trial, which ends and belongs to whoever signed up for it"),
        VISUAL_STUDIO("comes with a person's Visual Studio subscription and leaves with it"),
        SPONSORSHIP("is paid by a sponsorship, which ends"),
        PARTNER("is sold by a partner (CSP), who holds its bill"),
        /** Bought by a contract, or in a way that PARC does not know: nothing to say. */
        OTHER("");

        private final String words;

        Offer(String words) {
            this.words = words;
        }

        /** Why its ownership is worth a question, to stand after the name; empty where it is not. */
        public Optional<String> words() {
            return Optional.of(words).filter(text -> !text.isEmpty());
        }

        /**
         * The offer of a quota.
         *
         * @param quotaId as Azure writes it, for example {@code MSDN_2014-09-01}
         */
        public static Offer of(String quotaId) {
            String name = quotaId.toLowerCase(Locale.ROOT).replaceAll("_.*", "");
            return switch (name) {
                case "freetrial", "lightweighttrial", "azureforstudents", "azureforstudentsstarter", "dreamspark" ->
                    TRIAL;
                case "msdn", "msdndevtest", "mpn", "bizspark", "bizsparkplus" -> VISUAL_STUDIO;
                case "sponsored", "azurepass" -> SPONSORSHIP;
                case "csp" -> PARTNER;
                default -> OTHER;
            };
        }
    }

    /** What Azure says of its life. */
    public enum State {
        ENABLED,
        /** Soon to be disabled; everything runs until then. */
        WARNED,
        /** Not paid; everything runs for now. */
        PAST_DUE,
        /** Nothing runs and nothing can be made, but what is there can be read, and who has rights keeps them. */
        DISABLED,
        /** As disabled, and gone soon. */
        DELETED,
        /** Something that PARC does not know. */
        OTHER
    }

    /** An enabled subscription. */
    public AzureSubscription(String id, String displayName, String tenantId) {
        this(id, displayName, tenantId, State.ENABLED, false);
    }

    /** One that was bought by a contract. */
    public AzureSubscription(String id, String displayName, String tenantId, State state, boolean directoryOnly) {
        this(id, displayName, tenantId, state, directoryOnly, Offer.OTHER);
    }

    /** Its scope, as Azure Resource Manager writes it. */
    public String scope() {
        return "/subscriptions/" + id;
    }

    /** Whether something can run in it: neither disabled nor deleted, nor there for the directory only. */
    public boolean running() {
        return state != State.DISABLED && state != State.DELETED && !directoryOnly;
    }
}
