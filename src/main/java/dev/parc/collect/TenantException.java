package dev.parc.collect;

/** Nothing can be read from the tenant or snapshot. The message is one line that says what to do. */
public final class TenantException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TenantException(String message) {
        super(message);
    }

    public TenantException(String message, Throwable cause) {
        super(message, cause);
    }
}
