package dev.parc.collect.graph;

import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads fact kinds from Graph, and what they build on, each once, side by side. */
public final class GraphCollector {

    private final Graph graph;

    public GraphCollector(Graph graph) {
        this.graph = graph;
    }

    /** What became of each wanted kind, and of every kind that had to be read for one. */
    public Map<FactKind, Reading> collect(Set<FactKind> wanted, Designations designations, Consumer<String> progress) {
        progress.accept(graph + " " + wanted + designations);
        return Map.of();
    }
}
