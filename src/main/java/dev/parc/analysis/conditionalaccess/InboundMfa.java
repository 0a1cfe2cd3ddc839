package dev.parc.analysis.conditionalaccess;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.InboundTrust;
import dev.parc.facts.policies.Match;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether MFA that was done in another tenant counts in this one. */
public final class InboundMfa {

    private InboundMfa() {}

    /**
     * Whether MFA that the external account does where it is signed in counts here. Which tenant that is Graph does not
     * tell, so it is a maybe where partners differ. Who is signed in by no tenant of Microsoft Entra ID always does it here.
     */
    public static Match of(Facts facts, Account account) {
        if (account.signedInByNoTenant()) {
            return Match.NO;
        }
        if (!(facts.reading(FactKind.INBOUND_TRUST) instanceof Reading.Read read)
                || !read.gaps().isEmpty()) {
            return Match.MAYBE;
        }
        List<InboundTrust> all = facts.list(FactKind.INBOUND_TRUST);
        Optional<Boolean> byDefault = all.stream()
                .filter(trust -> trust.tenantId().isEmpty())
                .flatMap(trust -> trust.mfaAccepted().stream())
                .findFirst();
        if (byDefault.isEmpty()) {
            return Match.MAYBE;
        }
        Set<Boolean> answers = all.stream()
                .map(trust -> trust.mfaAccepted().orElse(byDefault.get()))
                .collect(Collectors.toSet());
        return answers.size() == 1 ? Match.of(byDefault.get()) : Match.MAYBE;
    }
}
