package dev.parc.change;

/** A change file cannot be read, or its change cannot be made. The message is one line that names the request. */
public final class ChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ChangeException(String message) {
        super(message);
    }

    public ChangeException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Something about one request. */
    public static ChangeException of(ChangeRequest request, String what) {
        return new ChangeException(request.inWords() + ": " + what);
    }

    /** What is shown of a text that comes from outside: one line of ASCII, no longer than this. */
    static String shown(String text, int longest) {
        String line = text.replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() > longest ? line.substring(0, longest) + "…" : line;
    }
}
