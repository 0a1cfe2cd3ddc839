package dev.parc.collect.http;

import java.io.IOException;

/** An answer began and did not come to its end. */
public final class CutOffException extends IOException {

    private static final long serialVersionUID = 1L;

    public CutOffException() {
        super("the answer was cut off");
    }

    public CutOffException(Throwable cause) {
        super("the answer was cut off", cause);
    }
}
