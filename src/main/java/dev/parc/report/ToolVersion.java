package dev.parc.report;

import java.util.Optional;

/** The version of this build. */
final class ToolVersion {

    private ToolVersion() {}

    /** Empty where it is not packaged. */
    static Optional<String> get() {
        return Optional.ofNullable(ToolVersion.class.getPackage().getImplementationVersion());
    }
}
