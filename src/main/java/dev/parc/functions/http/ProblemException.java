package dev.parc.functions.http;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    /** @param reply what the request is answered with */
    public ProblemException(Reply reply) {
        super(reply.body());
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
