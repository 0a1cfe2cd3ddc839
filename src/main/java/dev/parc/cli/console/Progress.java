package dev.parc.cli.console;

import dev.parc.report.text.VisibleText;
import java.util.function.Consumer;

/** Says what is being done: on a terminal in one line that is overwritten, elsewhere only how it begins. */
public final class Progress implements Consumer<String>, AutoCloseable {

    private static final String OVERWRITE = "\r\u001B[K";
    private static final int WIDTH = 76;

    private final Console console;

    public Progress(Console console, String beginning) {
        this.console = console;
        if (console.errIsTerminal()) {
            accept(beginning);
        } else {
            console.err().println("parc: " + beginning);
            console.err().flush();
        }
    }

    @Override
    public synchronized void accept(String phrase) {
        if (console.errIsTerminal()) {
            String line = VisibleText.of(phrase);
            console.err().print(OVERWRITE + (line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line));
            console.err().flush();
        }
    }

    /** Leaves the line empty for what comes. */
    @Override
    public synchronized void close() {
        if (console.errIsTerminal()) {
            console.err().print(OVERWRITE);
            console.err().flush();
        }
    }
}
