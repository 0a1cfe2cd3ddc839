package dev.parc.cli;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a command or an option that does not exist: that it does not, and which one was probably meant. */
final class Misspelling {

    private Misspelling() {}

    /** One line, without a full stop. */
    static String inWords(UnmatchedArgumentException wrong) {
        CommandLine command = wrong.getCommandLine();
        String given = wrong.getUnmatched().get(0);
        String kind =
                wrong.isUnknownOption() ? "option" : command.getSubcommands().isEmpty() ? "argument" : "command";
        String meant = likely(command, given, kind)
                .map(name -> "; did you mean '" + name + "'? See")
                .orElse("; see");
        return "unknown %s '%s'%s %s --help"
                .formatted(kind, given, meant, command.getCommandSpec().qualifiedName());
    }

    /** The name that is nearest to what was given, if it is near: picocli suggests any name that shares two letters. */
    private static Optional<String> likely(CommandLine command, String given, String kind) {
        String name = given.replaceFirst("=.*", "").toLowerCase(Locale.ROOT);
        Stream<String> names = kind.equals("option")
                ? command.getCommandSpec().optionsMap().keySet().stream().filter(option -> option.startsWith("--"))
                : command.getSubcommands().keySet().stream();
        return names.filter(known ->
                        distance(name, known) <= Math.max(1, bare(known).length() / 3))
                .min(Comparator.comparingInt((String known) -> distance(name, known))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String bare(String name) {
        return name.replaceFirst("^-+", "");
    }

    /** How many letters must be added, left out, exchanged or swapped with the next one. */
    private static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int exchanged = steps[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(exchanged, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[from.length()][to.length()];
    }
}
