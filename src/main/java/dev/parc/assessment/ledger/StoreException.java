package dev.parc.assessment.ledger;

/** The store cannot be reached, or what it holds cannot be read. The message is one line for the operator. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
