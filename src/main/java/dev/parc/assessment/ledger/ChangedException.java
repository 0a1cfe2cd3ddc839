package dev.parc.assessment.ledger;

/** What is kept is not what the caller's {@link Precondition} asks for. The message is one line. */
public final class ChangedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what has changed, to begin a sentence with */
    public ChangedException(String message) {
        super(message);
    }
}
