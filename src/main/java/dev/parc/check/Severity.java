package dev.parc.check;

/** How much an item that is not met matters, gravest first. */
public enum Severity {
    CRITICAL(10),
    HIGH(6),
    MEDIUM(3),
    LOW(1);

    private final int weight;

    Severity(int weight) {
        this.weight = weight;
    }

    /** Its share in the score. */
    public int weight() {
        return weight;
    }
}
