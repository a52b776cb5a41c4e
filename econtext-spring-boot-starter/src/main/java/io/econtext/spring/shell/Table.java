package io.econtext.spring.shell;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Lines up cells in columns. Used by one thread. */
final class Table {
    private static final int GAP = 2;

    private final List<String[]> rows = new ArrayList<>();
    private final int[] widths;

    /** A table with these headings. */
    Table(String... headings) {
        widths = new int[headings.length];
        row(headings);
    }

    /** Adds a row; control characters are replaced. */
    Table row(String... cells) {
        String[] clean = new String[widths.length];
        for (int i = 0; i < clean.length; i++) {
            clean[i] = i < cells.length ? cells[i].replaceAll("\\p{Cntrl}", "?") : "";
            widths[i] = Math.max(widths[i], clean[i].length());
        }
        rows.add(clean);
        return this;
    }

    /** Prints all rows, without blanks at their ends. */
    void print(PrintWriter out) {
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] + GAP - row[i].length()));
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }
}
