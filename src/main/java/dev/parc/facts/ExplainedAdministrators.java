package dev.parc.facts;

import java.util.List;

/**
 * The administrators of the highly privileged roles, each explained.
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
