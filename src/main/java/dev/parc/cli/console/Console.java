package dev.parc.cli.console;

import dev.parc.report.text.VisibleText;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes, and the environment it sees.
 *
 * @param outIsTerminal whether a person watches {@code out}; the launcher tells
 * @param errIsTerminal whether a person watches {@code err}
 */
public record Console(
        PrintWriter out,
        PrintWriter err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment) {

    /** That of this process. */
    public static Console ofProcess() {
        return new Console(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Boolean.getBoolean("parc.out.terminal"),
                Boolean.getBoolean("parc.err.terminal"),
                System.getenv());
    }

    /** The same, where nothing but answers is shown. */
    public Console withoutErr() {
        return new Console(out, new PrintWriter(Writer.nullWriter()), outIsTerminal, false, environment);
    }

    /** Writes a line of text that may hold names from the tenant. */
    public void say(String line) {
        out.println(VisibleText.of(line));
    }

    /** Whether the answers may be coloured; see https://no-color.org. */
    public boolean colour() {
        return outIsTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** How many characters a line of {@code out} may have; 0 where that is not known. */
    int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return outIsTerminal && columns.matches("\\d{1,4}") ? Integer.parseInt(columns) : 0;
    }

    /** Whether stack traces are wanted. */
    public boolean debug() {
        return environment.getOrDefault("PARC_DEBUG", "").equals("1");
    }
}
