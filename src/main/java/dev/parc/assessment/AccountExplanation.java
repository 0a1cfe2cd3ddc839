package dev.parc.assessment;

import dev.parc.analysis.explain.Explanation;
import dev.parc.analysis.explain.WhatIf;
import java.time.Instant;
import java.util.Optional;

/**
 * An account explained: schema {@code parc-explanation/2}.
 *
 * @param source {@code live}, {@code demo} or {@code snapshot}
 * @param takenAt when the facts were read
 * @param explanation of the account, with the policy of {@code whatIf} on if there is one
 */
public record AccountExplanation(
        String tenantId,
        String tenantName,
        String source,
        Instant takenAt,
        RequestCount requests,
        Explanation explanation,
        Optional<WhatIf> whatIf) {}
