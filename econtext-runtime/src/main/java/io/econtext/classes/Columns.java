package io.econtext.classes;

import io.econtext.core.Unpacker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/** The columns of packed classes in the making, as {@link Unpacker} reads them. For one thread. */
final class Columns {
    private static final int ONE_BYTE = 240;
    private static final int TWO_BYTES = 1 << 12;

    private final List<ByteArrayOutputStream> columns = new ArrayList<>();
    private final List<List<String>> recent = new ArrayList<>();

    Columns() {
        for (int i = 0; i < Unpacker.COLUMNS; i++) {
            columns.add(new ByteArrayOutputStream());
            recent.add(new LinkedList<>());
        }
    }

    void number(int column, int n) {
        if (n < 0 || n >= TWO_BYTES) {
            throw new IllegalArgumentException(n + " is too much for column " + column);
        }
        if (n < ONE_BYTE) {
            columns.get(column).write(n);
        } else {
            columns.get(column).write(ONE_BYTE | n >> 8);
            columns.get(column).write(n);
        }
    }

    /** Writes which constant of its kind it is, and says whether it is a new one, whose parts must follow. */
    boolean isNew(int kind, String constant) {
        List<String> known = recent.get(kind);
        int rank = known.indexOf(constant);
        number(kind, rank + 1);
        if (rank >= 0) {
            known.remove(rank);
        }
        known.add(0, constant);
        return rank < 0;
    }

    void text(int kind, String text) {
        if (!isNew(kind, text)) {
            return;
        }
        ByteArrayOutputStream out = columns.get(Unpacker.TEXTS + kind);
        boolean type = kind == Unpacker.METHOD_TYPE || kind == Unpacker.FIELD_TYPE;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            if (type && c == 'L') {
                int end = text.indexOf(';', at);
                text(Unpacker.CLASS_NAME, text.substring(at, end));
                at = end + 1;
            }
        }
        out.write(0);
    }

    void bytes(byte[] bytes) {
        columns.get(Unpacker.NUMBERS).writeBytes(bytes);
    }

    /** The tables, the columns' lengths, then each column. */
    List<byte[]> finish() {
        ByteArrayOutputStream lengths = new ByteArrayOutputStream();
        List<byte[]> all = new ArrayList<>();
        for (ByteArrayOutputStream column : columns) {
            lengths.write(column.size() >> 8);
            lengths.write(column.size());
            all.add(column.toByteArray());
        }
        all.addAll(0, List.of(PackedTables.bytes(), lengths.toByteArray()));
        return all;
    }
}
