package io.econtext;

/** Where a failed call was made: a stack trace to be attached to what the call threw, never thrown itself. */
public final class CallSite extends Throwable {
    private static final long serialVersionUID = 1;

    public CallSite(String context) {
        super("called here, in " + context);
    }
}
