package dev.parc.check;

import dev.parc.facts.FactKind;
import java.util.List;

/** What everything that fills a {@link TenantBuilder} is made of. */
interface TenantFacts {

    /** The builder itself. */
    TenantBuilder self();

    /** The values of a kind, to change them. */
    List<Object> of(FactKind kind);

    /** Adds a value of a kind. */
    TenantBuilder add(FactKind kind, Object value);
}
