package dev.parc.app;

/** A subscriber did not take what it was due; its address is not told. */
public final class DeliveryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeliveryException(String message) {
        super(message);
    }
}
