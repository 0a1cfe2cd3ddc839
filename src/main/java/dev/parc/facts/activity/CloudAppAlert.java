package dev.parc.facts.activity;

import java.time.Instant;

/** An alert that Defender for Cloud Apps raised. */
public record CloudAppAlert(String id, Instant raisedAt) {}
