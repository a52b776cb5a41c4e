package io.econtext.spring.shell;

import java.util.ArrayList;
import java.util.List;

/** Splits a typed line into words as a POSIX shell does, without its expansions. Stateless. */
final class Words {
    static final String UNCLOSED = "a quote is not closed: ";

    private Words() {}

    /** @throws IllegalArgumentException if a quote isn't closed */
    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length() && isEscaped(line.charAt(i + 1), quote)) {
                word.append(line.charAt(++i));
                inWord = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException(UNCLOSED + line);
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    /** Within double quotes a backslash is itself unless it stands before a quote or another. */
    private static boolean isEscaped(char next, char quote) {
        return quote == 0 || next == '"' || next == '\\';
    }
}
