package dev.parc.cli.command;

import picocli.CommandLine.Command;

/** {@code parc snapshot}: what can be done with snapshots. */
@Command(
        name = "snapshot",
        synopsisSubcommandLabel = "COMMAND",
        description = "Export a snapshot of what PARC reads, to assess later or elsewhere.")
public final class Snapshots {}
