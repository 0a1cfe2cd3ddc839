package dev.parc.app;

/**
 * A fault of PARC that a run went on without.
 *
 * @param what what it was about: an item's id, or a short phrase
 */
public record Fault(String what, Throwable cause) {}
