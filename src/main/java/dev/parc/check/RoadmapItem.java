package dev.parc.check;

import dev.parc.facts.FactKind;
import dev.parc.facts.roles.RelevantRoles;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The card of a check: what the catalogue, the collector and the store need to know of it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RoadmapItem {
    /** The item's number in the roadmap. Stored with every result, so never changed and never used twice. */
    String id();

    /** Raised when the same facts may give another answer than before. */
    int version() default 1;

    /** The state to be in, as a sentence without a full stop. */
    String title();

    Severity severity();

    /** What putting it right usually takes. */
    Effort effort() default Effort.DAYS;

    /** What to do when it is not met, in one line without a full stop; the page has the steps. */
    String remedy() default "";

    /** The facts without which there is no answer: unread gives NOT_ASSESSED, unlicensed NOT_APPLICABLE. */
    FactKind[] needs();

    /**
     * The facts without which there is no PASS: unread or with gaps, a certain FAIL still stands and everything else is
     * NOT_ASSESSED; unlicensed, the check decides.
     */
    FactKind[] completedBy() default {};

    /**
     * Facts of single accounts that complete the answer too: unread as a whole, as {@link #completedBy}; where gaps leave some
     * accounts out, the check meets those that it asks about by itself, and the gaps are told beside its answer.
     */
    FactKind[] ofAccounts() default {};

    /**
     * Facts that the answer does without: unread, it stands and says what was not seen; read, they can speak against a
     * PASS, or settle what else would be for a person to look at.
     */
    FactKind[] signals() default {};

    /**
     * The statements that a person must attest before the item is met, each a whole sentence; an attestation names one
     * by its place, from 1. They settle only what the check leaves open for them: {@link Verdict#attest}.
     */
    String[] attests() default {};

    /** What it means that it has a finding which it did not have before. */
    NewFinding newFinding() default NewFinding.GAP;

    /** Whether it asks who the administrators are: {@link FactKind#ADMINISTRATORS} then complete it too. */
    boolean administrators() default false;

    /**
     * Whether administrators of Azure count too: {@link FactKind#AZURE_ADMINISTRATORS} and {@link FactKind#AZURE_POWERS}
     * then complete it as well.
     */
    boolean azureAdministrators() default false;

    /** Whose holders it asks about, of the roles that its facts tell of: others it is answered without. */
    RelevantRoles roles() default RelevantRoles.ALL;

    /**
     * Whether its PASS is about something that exists, so that it stands whoever else holds a role: what {@link
     * FactKind#ADMINISTRATORS} do not tell, and holders who could not be looked into, then take nothing from it.
     */
    boolean passStands() default false;
}
