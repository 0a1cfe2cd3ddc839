package dev.parc.app;

/** A run is asked for a stage or check that does not exist. The message is one line that lists what exists. */
public final class UnknownItemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Item item;

    /** What is not known. */
    public enum Item {
        STAGE,
        CHECK
    }

    public UnknownItemException(Item item, String message) {
        super(message);
        this.item = item;
    }

    public Item item() {
        return item;
    }
}
