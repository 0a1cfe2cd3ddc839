package dev.parc.facts.activity;

import dev.parc.facts.directory.Microsoft365Service;
import dev.parc.facts.directory.PrincipalFact;
import java.time.LocalDate;
import java.util.Map;

/**
 * When an account last used the services of Microsoft 365, as the usage report tells it.
 *
 * @param asOf the last day that the report covers, some days back
 * @param listed whether the report has a row for the account; it has none where there never was a licence or any use
 * @param lastUse the last day of use by service; services that were not used in the 90 days before are not in it
 */
public record Microsoft365Activity(
        String accountId, LocalDate asOf, boolean listed, Map<Microsoft365Service, LocalDate> lastUse)
        implements PrincipalFact {

    public Microsoft365Activity {
        lastUse = Map.copyOf(lastUse);
    }

    @Override
    public String principalId() {
        return accountId;
    }
}
