package dev.parc.app;

/** A setting is wrong. The message names the setting, never its value if that may be a secret, and says what to do. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }
}
