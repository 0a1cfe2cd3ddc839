package dev.parc.analysis.signin;

import dev.parc.analysis.conditionalaccess.Reach;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What a sign-in may rest on and may be without one day; {@link Reach} asks who still gets in then. */
public enum SignInMeans {
    /** A device that the directory knows: compliant, joined or registered. */
    MANAGED_DEVICE("a managed device"),
    /** A telephone or another mobile device, its number and the applications on it. */
    PHONE("a phone"),
    /** The identity provider of a federated domain. */
    FEDERATION("federation"),
    /** An address in one of the named locations that are told by addresses, or a trusted one. */
    TRUSTED_NETWORK("a trusted network"),
    /** Another administrator who approves something or issues a Temporary Access Pass. */
    APPROVER("an approver");

    private final String title;

    SignInMeans(String title) {
        this.title = title;
    }

    /** In words, to stand after "without". */
    public String title() {
        return title;
    }

    /** These in words, to stand after "without". */
    public static String titles(Collection<SignInMeans> means) {
        List<String> titles = means.stream().sorted().map(SignInMeans::title).collect(Collectors.toList());
        return titles.size() < 2
                ? String.join("", titles)
                : String.join(", ", titles.subList(0, titles.size() - 1)) + " or " + titles.get(titles.size() - 1);
    }
}
