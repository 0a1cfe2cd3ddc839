package dev.parc.facts.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What Graph tells about password hash synchronisation; at least one of the two was read. A tenant without
 * synchronisation has it too, with everything off.
 *
 * @param on what {@code passwordSyncEnabled} of the directory's synchronisation features says; empty if it was not read
 * @param received when hashes last came; empty if that was not read
 */
public record PasswordHashSync(Optional<Boolean> on, Optional<LastReceived> received) {

    /** How long ago the last hashes may have come; Microsoft Entra Connect sends some sign of life every half hour. */
    private static final Duration LONGEST_SILENCE = Duration.ofDays(3);

    /** {@code onPremisesLastPasswordSyncDateTime}: when the last request with password hashes came; empty if none ever did. */
    public record LastReceived(Optional<Instant> at) {

        /** Whether hashes came within the last three days. */
        public boolean isRecent(Instant now) {
            return at.filter(it -> Duration.between(it, now).compareTo(LONGEST_SILENCE) <= 0)
                    .isPresent();
        }
    }

    /** Whether it is certain that no hashes are kept up to date: none come, or it is off and none are known to come. */
    public boolean fails(Instant now) {
        return received.map(last -> !last.isRecent(now))
                .orElse(on.filter(it -> !it).isPresent());
    }
}
