package dev.parc.facts;

import java.time.Instant;

/**
 * The successful sign-ins of one user by one legacy client.
 *
 * @param client its name in the sign-in log, for example IMAP4
 * @param times how often at least
 */
public record LegacySignIns(String userId, String signInName, String client, int times, Instant last) {}
