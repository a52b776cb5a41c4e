package io.econtext.parent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Why a context did not come up, as its parent tells it to the controller. Immutable.
 *
 * <p>Text and lines are as the target printed them: whoever shows them cleans them.
 */
public final class BootFailure {
    private static final String NOT_STARTED = "could not be started: ";

    private String type;
    private String text;
    private List<String> lines;

    private BootFailure() {}

    /**
     * @param type the simple name of a nested type of {@link io.econtext.ConnectFailedException}
     * @param lines what was printed last, oldest line first
     */
    public BootFailure(String type, String text, List<String> lines) {
        this.type = type;
        this.text = text;
        this.lines = new ArrayList<>(lines);
    }

    /** The program is not there, or may not be run. */
    public static BootFailure notStarted(IOException why) {
        return new BootFailure("ToolMissing", NOT_STARTED + why.getMessage(), Collections.<String>emptyList());
    }

    public String type() {
        return type;
    }

    public String text() {
        return text;
    }

    public List<String> lines() {
        return Collections.unmodifiableList(lines);
    }
}
