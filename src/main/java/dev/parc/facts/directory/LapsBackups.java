package dev.parc.facts.directory;

/**
 * Backups of local administrator passwords that Windows LAPS keeps in Microsoft Entra ID, by one page of the list, which
 * grows with devices.
 *
 * @param devices how many devices the page holds
 * @param recent how many of them backed their password up within the last 60 days
 * @param more whether the list goes on behind the page
 */
public record LapsBackups(int devices, int recent, boolean more) {}
