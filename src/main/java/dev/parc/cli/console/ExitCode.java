package dev.parc.cli.console;

/** What the process tells the shell. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int FINDINGS = 1;
    public static final int USAGE = 2;
    public static final int NOTHING_ASSESSED = 3;

    private ExitCode() {}
}
