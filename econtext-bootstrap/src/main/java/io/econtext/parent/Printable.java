package io.econtext.parent;

/** Makes text from elsewhere fit to be shown. Stateless. */
public final class Printable {
    private static final int MOST = 1000;

    private Printable() {}

    /** The first 1,000 characters of what may be of any length, as one line. */
    public static String brief(String text) {
        return line(text.length() > MOST ? text.substring(0, MOST) + "…" : text);
    }

    /** Cleans each line by itself. */
    public static String lines(String text) {
        StringBuilder clean = new StringBuilder();
        for (String line : text.split("\\R")) {
            clean.append(clean.length() == 0 ? "" : "\n").append(line(line));
        }
        return clean.toString();
    }

    /** Control characters, which could drive a terminal, become pictures of themselves; tabs stay. */
    public static String line(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\t') {
                if (clean == null) {
                    clean = new StringBuilder(text);
                }
                clean.setCharAt(i, c < 0x20 ? (char) (0x2400 + c) : c == 0x7f ? '\u2421' : '\ufffd');
            }
        }
        return clean == null ? text : clean.toString();
    }
}
