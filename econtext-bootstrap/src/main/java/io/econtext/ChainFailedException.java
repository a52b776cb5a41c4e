package io.econtext;

/** The call was not run, as one before it in its chain failed; what that threw is the cause. */
public final class ChainFailedException extends EcontextException {
    private static final long serialVersionUID = 1;

    private final String failedCall;

    /**
     * @param call what was not run, as {@code Class#method in context}
     * @param failedCall what failed, as {@code Class#method}
     */
    public ChainFailedException(String call, String failedCall, Throwable cause) {
        super(call + " was not run: " + failedCall + " before it in its chain failed: " + cause, cause);
        this.failedCall = failedCall;
    }

    /** The call that failed, as {@code Class#method}. */
    public String failedCall() {
        return failedCall;
    }
}
