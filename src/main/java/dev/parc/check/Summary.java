package dev.parc.check;

/** A summary as one line that fits into a table, a list of tests or a notification, whatever the names and numbers in it. */
public final class Summary {

    /** How many characters a summary has at most. */
    public static final int LONGEST = 160;

    private static final int LONGEST_END = 100;
    private static final String CUT = "…";

    private Summary() {}

    /** The line, cut after a word where it is too long; reasons and findings say the rest. */
    public static String of(String line) {
        return cut(line, LONGEST);
    }

    /** The line with something after it that is not lost where the line is cut. */
    public static String of(String line, String end) {
        String last = cut(end, LONGEST_END);
        return cut(line, LONGEST - last.length()) + last;
    }

    /** Whether nothing of the line is lost. */
    public static boolean fits(String line) {
        return line.length() <= LONGEST;
    }

    private static String cut(String line, int longest) {
        if (line.length() <= longest) {
            return line;
        }
        int most = longest - CUT.length();
        int word = line.lastIndexOf(' ', most);
        int end = word > most / 2 ? word : Character.isHighSurrogate(line.charAt(most - 1)) ? most - 1 : most;
        return line.substring(0, end) + CUT;
    }
}
