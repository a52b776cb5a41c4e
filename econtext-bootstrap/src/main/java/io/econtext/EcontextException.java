package io.econtext;

/** The root of what econtext throws: something went wrong between here and a context. */
public abstract class EcontextException extends RuntimeException {
    private static final long serialVersionUID = 1;

    protected EcontextException(String message, Throwable cause) {
        super(message, cause);
    }
}
