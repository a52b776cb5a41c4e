package io.econtext.parent;

import io.econtext.ConnectFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Why a context did not come up, as its parent tells it to who wants it. Immutable.
 *
 * <p>Text and lines are as the target printed them: whoever shows them cleans them.
 */
public final class BootFailure {
    private static final String NOT_STARTED = "could not be started: ";
    /** What each nested type of {@link ConnectFailedException} is made of. */
    private static final Class<?>[] MADE_OF = {String.class, String.class, List.class, Throwable.class};

    private String type;
    private String text;
    private List<String> lines;

    private BootFailure() {}

    /**
     * @param type the simple name of a nested type of {@link ConnectFailedException}
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

    /** As an exception, clean; a type that isn't known counts as {@code Died}. */
    public ConnectFailedException exception(String address) {
        List<String> clean = new ArrayList<>();
        for (String line : lines) {
            clean.add(Printable.line(line));
        }
        String reason = Printable.line(text);
        for (Class<?> kind : ConnectFailedException.class.getDeclaredClasses()) {
            if (kind.getSimpleName().equals(type)) {
                try {
                    return (ConnectFailedException)
                            kind.getConstructor(MADE_OF).newInstance(address, reason, clean, null);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return new ConnectFailedException.Died(address, reason, clean, null);
    }
}
