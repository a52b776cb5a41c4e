package io.econtext.connect;

import io.econtext.ConnectFailedException.Misconfigured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One host's settings in an OpenSSH client configuration: the first value that applies wins, identities add up.
 *
 * <p>Filled and read by one thread; nothing is kept from host to host, as the file may change.
 */
final class SshConfig {
    private static final int MAX_INCLUDES = 16;

    /** What would lead elsewhere, or past a check, if it were ignored. */
    private static final Set<String> REFUSED =
            Set.of("proxycommand", "proxyusefdpass", "bindaddress", "bindinterface", "revokedhostkeys");

    /** A value and where it stands. */
    record Setting(List<String> values, String origin) {
        String value() {
            return values.get(0);
        }
    }

    private final Surroundings surroundings;
    private final String host;
    private final String user;
    private final Map<String, Setting> settings = new HashMap<>();
    private final List<Setting> identities = new ArrayList<>();

    private SshConfig(Surroundings surroundings, String host, String user) {
        this.surroundings = surroundings;
        this.host = host;
        this.user = user;
    }

    /** Settings for a host that is in no configuration. */
    static SshConfig none(Surroundings surroundings) {
        return new SshConfig(surroundings, "", null);
    }

    /**
     * @param host as the user names it
     * @param user as the user names it, or {@code null}
     * @param required whether it is an error that there is no such file
     */
    static SshConfig read(Path file, Surroundings surroundings, String host, String user, boolean required)
            throws SshFailure {
        SshConfig config = new SshConfig(surroundings, host, user);
        try {
            config.read(file, true, 0);
        } catch (NoSuchFileException e) {
            if (required) {
                throw new SshFailure(Misconfigured::new, "there is no file " + file, e);
            }
        } catch (IOException e) {
            throw new SshFailure(Misconfigured::new, "can't read " + file + ": " + e, e);
        }
        return config;
    }

    /** The setting, or {@code null}. */
    Setting get(String keyword) {
        return settings.get(keyword.toLowerCase(Locale.ROOT));
    }

    /** The setting's first value, or {@code otherwise}. */
    String get(String keyword, String otherwise) {
        Setting setting = get(keyword);
        return setting == null ? otherwise : setting.value();
    }

    boolean isYes(String keyword, boolean otherwise) {
        String value = get(keyword, null);
        return value == null ? otherwise : value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("true");
    }

    int number(String keyword, int otherwise) throws SshFailure {
        Setting setting = get(keyword);
        try {
            return setting == null ? otherwise : Integer.parseInt(setting.value());
        } catch (NumberFormatException e) {
            throw misconfigured(setting.origin(), keyword + " " + setting.value() + " is not a number");
        }
    }

    /** Every {@code IdentityFile} that applies, in order. */
    List<String> identityFiles() {
        return identities.stream().map(Setting::value).toList();
    }

    /** Refuses what is set for this host and can't be followed. */
    void refuseUnsupported() throws SshFailure {
        for (String keyword : REFUSED) {
            Setting setting = get(keyword);
            if (setting != null
                    && !setting.value().equalsIgnoreCase("none")
                    && !setting.value().equalsIgnoreCase("no")) {
                throw misconfigured(
                        setting.origin(),
                        keyword + " is not supported; ProxyJump is, or use another configuration file");
            }
        }
    }

    static SshFailure misconfigured(String origin, String problem) {
        return new SshFailure(Misconfigured::new, origin + ": " + problem);
    }

    private void read(Path file, boolean enclosing, int depth) throws IOException, SshFailure {
        boolean applies = enclosing;
        int number = 0;
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\\R")) {
            String origin = file + ":" + ++number;
            List<String> words = words(line, origin);
            if (words.isEmpty()) {
                continue;
            }
            String keyword = words.get(0).toLowerCase(Locale.ROOT);
            List<String> values = words.subList(1, words.size());
            if (values.isEmpty()) {
                throw misconfigured(origin, words.get(0) + " has no value");
            }
            switch (keyword) {
                case "host" -> applies = enclosing && Patterns.match(values, host);
                case "match" -> applies = enclosing && matches(values, origin);
                case "include" -> include(values, applies, depth, origin);
                default -> {
                    if (applies) {
                        set(keyword, new Setting(List.copyOf(values), origin));
                    }
                }
            }
        }
    }

    private void set(String keyword, Setting setting) {
        if (keyword.equals("identityfile")) {
            identities.add(setting);
        } else {
            settings.putIfAbsent(keyword, setting);
        }
    }

    private void include(List<String> globs, boolean applies, int depth, String origin) throws IOException, SshFailure {
        if (depth == MAX_INCLUDES) {
            throw misconfigured(origin, "included more than " + MAX_INCLUDES + " deep");
        }
        for (String glob : globs) {
            Path pattern = surroundings.path(glob, name -> null);
            Path absolute = surroundings.home().resolve(".ssh").resolve(pattern);
            Path directory = absolute.getParent();
            if (!Files.isDirectory(directory)) {
                continue;
            }
            List<Path> files = new ArrayList<>();
            try (DirectoryStream<Path> matching =
                    Files.newDirectoryStream(directory, absolute.getFileName().toString())) {
                matching.forEach(files::add);
            }
            Collections.sort(files);
            for (Path file : files) {
                read(file, applies, depth + 1);
            }
        }
    }

    private boolean matches(List<String> criteria, String origin) throws SshFailure {
        String undecided = null;
        for (int i = 0; i < criteria.size(); i++) {
            String criterion = criteria.get(i).toLowerCase(Locale.ROOT);
            boolean negated = criterion.startsWith("!");
            String name = negated ? criterion.substring(1) : criterion;
            if (name.equals("all") || name.equals("final") || name.equals("canonical")) {
                if (name.equals("canonical") != negated) {
                    return false;
                }
                continue;
            }
            if (++i == criteria.size()) {
                throw misconfigured(origin, "Match " + name + " has no value");
            }
            String subject = subject(name);
            if (subject == null) {
                undecided = name;
            } else if (Patterns.match(List.of(criteria.get(i).split(",")), subject) == negated) {
                return false;
            }
        }
        if (undecided != null) {
            throw misconfigured(origin, "Match " + undecided + " is not supported; use another configuration file");
        }
        return true;
    }

    private String subject(String criterion) {
        return switch (criterion) {
            case "host" -> get("HostName", host).replace("%h", host);
            case "originalhost" -> host;
            case "user" -> user != null ? user : get("User", surroundings.user());
            case "localuser" -> surroundings.user();
            default -> null;
        };
    }

    /** Keyword and values: parted by blanks or one {@code =}, quoted or not, up to a comment. */
    private static List<String> words(String line, String origin) throws SshFailure {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (true) {
            while (i < line.length() && (line.charAt(i) <= ' ' || words.size() == 1 && line.charAt(i) == '=')) {
                i++;
            }
            if (i == line.length() || line.charAt(i) == '#') {
                return words;
            }
            int end;
            if (line.charAt(i) == '"') {
                end = line.indexOf('"', ++i);
                if (end < 0) {
                    throw misconfigured(origin, "a quote is not closed");
                }
                words.add(line.substring(i, end++));
            } else {
                end = i;
                while (end < line.length() && line.charAt(end) > ' ' && (!words.isEmpty() || line.charAt(end) != '=')) {
                    end++;
                }
                words.add(line.substring(i, end));
            }
            i = end;
        }
    }
}
