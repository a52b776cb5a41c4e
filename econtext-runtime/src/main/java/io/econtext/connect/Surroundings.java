package io.econtext.connect;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * What the client takes from the process it runs in: whose it is and where that user's files are. Immutable.
 *
 * @param home where {@code ~} points
 * @param user who logs in where no user is named
 * @param variables the environment
 */
record Surroundings(Path home, String user, UnaryOperator<String> variables) {

    static Surroundings ofThisProcess() {
        return new Surroundings(
                Path.of(System.getProperty("user.home")), System.getProperty("user.name"), System::getenv);
    }

    /** A path of the configuration: {@code ~}, <code>${VARIABLE}</code> and the given percent tokens are filled in. */
    Path path(String text, UnaryOperator<String> tokens) {
        String expanded = expand(text, tokens);
        if (expanded.equals("~") || expanded.startsWith("~/")) {
            return home.resolve(expanded.substring(Math.min(2, expanded.length())));
        }
        return Path.of(expanded);
    }

    String expand(String text, UnaryOperator<String> tokens) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int end = text.startsWith("${", i) ? text.indexOf('}', i) : -1;
            String value = null;
            if (end > 0) {
                value = variables.apply(text.substring(i + 2, end));
            } else if (c == '%' && i + 1 < text.length()) {
                end = i + 1;
                value = token(text.substring(end, end + 1), tokens);
            }
            if (value == null) {
                out.append(c);
            } else {
                out.append(value);
                i = end;
            }
        }
        return out.toString();
    }

    private String token(String name, UnaryOperator<String> tokens) {
        return switch (name) {
            case "%" -> "%";
            case "d" -> home.toString();
            case "u" -> user;
            default -> tokens.apply(name);
        };
    }
}
