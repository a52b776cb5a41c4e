package io.econtext.classes;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes classes and resources as the protocol has them: one compressed stream. Stateless. */
final class Entries {
    /** How much goes into one message: compressed, that fits one fragment. */
    private static final int PIECE = 112 << 10;
    /** Bytes that take long enough to compress well that a target could keep the controller busy with it. */
    private static final int LONG = 1 << 20;

    private Entries() {}

    /** @param prefix what comes before the stream */
    static byte[] of(byte[] prefix, Collection<Entry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(prefix);
        long length = entries.stream().mapToLong(entry -> entry.bytes().length).sum();
        Deflater deflater = new Deflater(length > LONG ? Deflater.BEST_SPEED : Deflater.BEST_COMPRESSION);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
            Collection<Entry> all = withPackages(entries);
            out.writeInt(all.size());
            for (Entry entry : all) {
                out.writeInt(entry.owner());
                out.writeUTF(entry.name());
                out.writeInt(entry.bytes().length);
                out.write(entry.bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** Says in each stream what its classes' packages are: no other may have come, or to nobody who gets this one. */
    private static Collection<Entry> withPackages(Collection<Entry> entries) {
        Map<String, Entry> all = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Entry about = entry.about();
            if (about != null) {
                all.putIfAbsent(about.key(), about);
            }
            all.put(entry.key(), entry);
        }
        return all.values();
    }

    /**
     * Streams of {@code limit} bytes at most each; one that can't be as short is left out.
     *
     * @param left takes what was left out
     */
    static List<byte[]> pieces(List<Entry> entries, int limit, Collection<Entry> left) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        int size = 0;
        for (int i = 0; i < entries.size(); i++) {
            int length = entries.get(i).bytes().length;
            if (size + length > PIECE && i > from) {
                add(entries.subList(from, i), limit, pieces, left);
                from = i;
                size = 0;
            }
            size += length;
        }
        if (from < entries.size()) {
            add(entries.subList(from, entries.size()), limit, pieces, left);
        }
        return pieces;
    }

    private static void add(List<Entry> entries, int limit, List<byte[]> pieces, Collection<Entry> left) {
        byte[] piece = of(new byte[0], entries);
        int half = entries.size() / 2;
        if (piece.length <= limit) {
            pieces.add(piece);
        } else if (half == 0) {
            left.addAll(entries);
        } else {
            add(entries.subList(0, half), limit, pieces, left);
            add(entries.subList(half, entries.size()), limit, pieces, left);
        }
    }
}
