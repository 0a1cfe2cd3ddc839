package dev.parc.roadmap;

import dev.parc.check.Check;
import java.util.List;

/** All checks, in the order of the published roadmap. */
public final class Roadmap {

    private static final List<Check> CHECKS = List.of();

    private Roadmap() {}

    public static List<Check> checks() {
        return CHECKS;
    }
}
