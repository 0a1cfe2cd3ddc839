package dev.parc.report.text;

import java.util.Optional;

/** The version of this build. */
public final class ToolVersion {

    private ToolVersion() {}

    /** Empty where it is not packaged. */
    public static Optional<String> get() {
        return Optional.ofNullable(ToolVersion.class.getPackage().getImplementationVersion());
    }
}
