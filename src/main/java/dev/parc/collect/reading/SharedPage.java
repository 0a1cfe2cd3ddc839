package dev.parc.collect.reading;

import dev.parc.collect.http.Answer;

/**
 * The first page of a list that answers several questions at once. It answers them only if it is the whole list: what one of
 * them fills leaves no room for the others, so that each is asked for itself then.
 */
public final class SharedPage {

    private static final int FILTER_REFUSED = 400;

    private SharedPage() {}

    /**
     * Whether nothing more is to be asked: all of the list is there, or the service refuses what no single question would be
     * let have either. A filter that is not understood, and an answer that did not come or is not in a snapshot, tell nothing.
     */
    public static boolean settles(Answer answer) {
        if (answer instanceof Answer.Value value) {
            return value.body().path("value").isArray() && !value.body().has("@odata.nextLink");
        }
        return answer instanceof Answer.Refused refused && refused.status() != FILTER_REFUSED;
    }
}
