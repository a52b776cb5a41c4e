package io.econtext.classes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lengths of Huffman codes as the deflate format has them, and the numbers of its symbols. Stateless. */
final class DeflateCodes {
    static final int LITERALS = 286;
    static final int DISTANCES = 30;
    static final int END = 256;
    static final int LONGEST_MATCH = 258;
    static final int LONGEST_CODE = 15;

    private static final int FIRST_LENGTH = 257;

    private DeflateCodes() {}

    /** The symbol of a match's length. */
    static int lengthSymbol(int length) {
        if (length == LONGEST_MATCH) {
            return LITERALS - 1;
        }
        int n = length - 3;
        int extra = lengthBits(length);
        return FIRST_LENGTH + 4 * extra + (n >> extra);
    }

    /** How many more bits tell the length. */
    static int lengthBits(int length) {
        int n = length - 3;
        return n < 8 || length == LONGEST_MATCH ? 0 : 29 - Integer.numberOfLeadingZeros(n);
    }

    static int distanceSymbol(int distance) {
        int n = distance - 1;
        int extra = distanceBits(distance);
        return 2 * extra + (n >> extra);
    }

    static int distanceBits(int distance) {
        int n = distance - 1;
        return n < 4 ? 0 : 30 - Integer.numberOfLeadingZeros(n);
    }

    /** The best code lengths for symbols of these frequencies, by package-merge; 0 for those that don't occur. */
    static int[] lengths(int[] frequencies, int longest) {
        int[] lengths = new int[frequencies.length];
        List<Package> leaves = new ArrayList<>();
        for (int i = 0; i < frequencies.length; i++) {
            if (frequencies[i] > 0) {
                leaves.add(new Package(frequencies[i], new int[] {i}));
            }
        }
        if (leaves.size() < 2) {
            leaves.forEach(leaf -> lengths[leaf.symbols[0]] = 1);
            return lengths;
        }
        leaves.sort((a, b) -> Long.compare(a.weight, b.weight));
        List<Package> merged = leaves;
        for (int i = 1; i < longest; i++) {
            List<Package> next = new ArrayList<>(leaves);
            for (int k = 0; k + 1 < merged.size(); k += 2) {
                next.add(merged.get(k).with(merged.get(k + 1)));
            }
            next.sort((a, b) -> Long.compare(a.weight, b.weight));
            merged = next;
        }
        for (Package p : merged.subList(0, 2 * leaves.size() - 2)) {
            for (int symbol : p.symbols) {
                lengths[symbol]++;
            }
        }
        return lengths;
    }

    /** The codes that follow from their lengths, first bit lowest, as they are written. */
    static int[] codes(int[] lengths) {
        int[] next = new int[LONGEST_CODE + 2];
        for (int length : lengths) {
            if (length > 0) {
                next[length + 1]++;
            }
        }
        for (int i = 2; i < next.length; i++) {
            next[i] = next[i - 1] + next[i] << 1;
        }
        int[] codes = new int[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > 0) {
                codes[i] = Integer.reverse(next[lengths[i]]++) >>> 32 - lengths[i];
            }
        }
        return codes;
    }

    /** Symbols and the sum of their frequencies. */
    private record Package(long weight, int[] symbols) {
        Package with(Package other) {
            int[] both = Arrays.copyOf(symbols, symbols.length + other.symbols.length);
            System.arraycopy(other.symbols, 0, both, symbols.length, other.symbols.length);
            return new Package(weight + other.weight, both);
        }
    }
}
