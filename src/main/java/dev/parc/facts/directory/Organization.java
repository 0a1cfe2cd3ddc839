package dev.parc.facts.directory;

import java.util.List;

/**
 * The tenant itself.
 *
 * @param technicalMails whom Microsoft writes to about the services
 * @param securityMails whom Microsoft writes to about security and compliance
 */
public record Organization(
        String id, String displayName, SyncState sync, List<String> technicalMails, List<String> securityMails) {

    public Organization {
        technicalMails = List.copyOf(technicalMails);
        securityMails = List.copyOf(securityMails);
    }
}
