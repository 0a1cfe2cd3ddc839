package dev.parc.analysis.administrators;

import dev.parc.facts.FactKind;
import dev.parc.facts.Unseen;
import java.util.Locale;

/**
 * A holder of roles that could not be looked into: a group of which the members could not be read, or a principal of which
 * a kind of fact tells nothing. It stands for nobody, somebody or many.
 *
 * @param holder with those of its roles that were asked about
 * @param kind what was not read of it
 */
public record OpaqueHolder(Administrator holder, FactKind kind, Unseen unseen) {

    /** Whether no other run can see more: the directory does not have it. */
    public boolean unresolved() {
        return unseen.cause() == Unseen.Cause.UNRESOLVED;
    }

    /** Whether it may stand for many: a group, by way of which its members hold the roles. */
    public boolean isGroup() {
        return FactKind.MEMBERS.contains(kind);
    }

    /** What is not known of it, to stand after its name. */
    public String inWords() {
        return unresolved() ? unseen.reason() : "was not read: " + unseen.reason();
    }

    /** The same as a sentence of its own. */
    public String sentence() {
        return kind.title() + ": " + holder.name() + (unresolved() ? " " : ": ") + unseen.reason();
    }

    /** By which it is the same holder, whatever was not read of it. */
    String key() {
        return holder.id().toLowerCase(Locale.ROOT);
    }
}
