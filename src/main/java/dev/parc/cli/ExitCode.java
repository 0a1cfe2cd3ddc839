package dev.parc.cli;

/** What the process tells the shell. */
final class ExitCode {

    static final int DONE = 0;
    static final int FINDINGS = 1;
    static final int USAGE = 2;
    static final int NOTHING_ASSESSED = 3;

    private ExitCode() {}
}
