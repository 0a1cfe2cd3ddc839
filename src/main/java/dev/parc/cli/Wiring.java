package dev.parc.cli;

import dev.parc.app.CompositionRoot;
import dev.parc.cli.console.Source;

/** Puts PARC together for one command; the command gets what it uses of it. */
public interface Wiring extends Source<CompositionRoot> {}
