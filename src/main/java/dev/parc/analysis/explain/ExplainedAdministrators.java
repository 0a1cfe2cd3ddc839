package dev.parc.analysis.explain;

import java.util.List;

/**
 * The effective administrators, each explained: who holds or can activate a role of the directory, or one in Azure with
 * which one can give roles there.
 *
 * @param administrators those who can sign in without MFA first
 * @param missing what of the list, and of what is said of each, could not be read, a sentence each
 */
public record ExplainedAdministrators(List<Explanation> administrators, List<String> missing) {

    public ExplainedAdministrators {
        administrators = List.copyOf(administrators);
        missing = List.copyOf(missing);
    }
}
