package dev.parc.facts.activity;

import dev.parc.facts.directory.PrincipalFact;
import java.time.Instant;
import java.util.Optional;

/**
 * When an account last signed in.
 *
 * @param lastSuccess the last sign-in that succeeded; Microsoft records it since December 2023
 * @param lastAttempt the last sign-in, failed ones included
 */
public record SignIn(String accountId, Optional<Instant> lastSuccess, Optional<Instant> lastAttempt)
        implements PrincipalFact {
    @Override
    public String principalId() {
        return accountId;
    }
}
