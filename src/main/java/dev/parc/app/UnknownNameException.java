package dev.parc.app;

/** Nothing in the tenant has the name that was asked for. The message is one line with the names that come near. */
public final class UnknownNameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownNameException(String message) {
        super(message);
    }
}
