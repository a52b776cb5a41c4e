package io.econtext.connect;

import io.econtext.connect.SshTarget.HostRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the known-hosts files hold for one host.
 *
 * <p>Immutable after {@link #read}; {@link #add} may be called by any thread.
 */
final class KnownHosts {
    private static final int SALT = 20;
    private static final Object APPENDING = new Object();

    enum Mark {
        NONE,
        REVOKED,
        AUTHORITY
    }

    /** A key for the host. {@code exact} is false where only the name without the port is known. */
    record Entry(Path file, int line, Mark mark, boolean exact, WireKey key) {
        String place() {
            return file + ":" + line;
        }
    }

    private final String name;
    private final List<Entry> entries = new ArrayList<>();

    private KnownHosts(String name) {
        this.name = name;
    }

    /** Reads what is there of the files. */
    static KnownHosts read(HostRules rules) throws IOException {
        KnownHosts known = new KnownHosts(rules.name());
        for (Path file : rules.knownHosts()) {
            try {
                int number = 0;
                for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                    known.take(file, ++number, line.trim(), rules.host());
                }
            } catch (NoSuchFileException e) {
                continue;
            }
        }
        return known;
    }

    /** The host's keys, revoked ones and certificate authorities among them, in the order of the files. */
    List<Entry> entries() {
        return entries;
    }

    /** The line that would make {@code key} known. */
    String line(WireKey key) {
        return name + " " + key.type() + " " + key.base64();
    }

    private void take(Path file, int number, String line, String host) {
        List<String> words = new ArrayList<>(Arrays.asList(line.split("[ \t]+")));
        Mark mark = Mark.NONE;
        if (words.get(0).equals("@revoked") || words.get(0).equals("@cert-authority")) {
            mark = words.remove(0).equals("@revoked") ? Mark.REVOKED : Mark.AUTHORITY;
        }
        if (words.size() < 3 || words.get(0).startsWith("#")) {
            return;
        }
        boolean exact = isNamed(words.get(0), name);
        if (exact || isNamed(words.get(0), host)) {
            entries.add(new Entry(file, number, mark, exact, new WireKey(words.get(1), words.get(2))));
        }
    }

    private static boolean isNamed(String names, String host) {
        if (!names.startsWith("|1|")) {
            return Patterns.match(List.of(names.split(",")), host);
        }
        try {
            String[] parts = names.split("\\|");
            byte[] salt = Base64.getDecoder().decode(parts[2]);
            return parts[3].equals(hash(salt, host));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    private static String hash(byte[] salt, String host) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt, "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(host.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Appends the key, creating the file and its directory for nobody else to read. */
    void add(WireKey key, Path file, boolean hashed) throws IOException {
        String line = line(key);
        if (hashed) {
            byte[] salt = new byte[SALT];
            new SecureRandom().nextBytes(salt);
            line = "|1|" + Base64.getEncoder().encodeToString(salt) + "|" + hash(salt, name)
                    + line.substring(name.length());
        }
        synchronized (APPENDING) {
            create(file);
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            if (lines.contains(line)) {
                return;
            }
            byte[] content = Files.readAllBytes(file);
            boolean unfinished = content.length > 0 && content[content.length - 1] != '\n';
            Files.writeString(file, (unfinished ? "\n" : "") + line + "\n", StandardOpenOption.APPEND);
        }
    }

    private static void create(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.exists(directory)) {
            Files.createDirectories(directory);
            if (posix) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        }
        if (!Files.exists(file)) {
            Files.createFile(file);
            if (posix) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }
}
