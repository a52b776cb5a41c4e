package io.econtext.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expands {@code web[1:20].example}, also several ranges and leading zeros as in {@code [01:20]}. Stateless. */
final class HostRange {
    private static final Pattern RANGE = Pattern.compile("\\[(\\d{1,9}):(\\d{1,9})]");
    private static final int LIMIT = 10_000;

    private HostRange() {}

    static boolean isRange(String text) {
        return RANGE.matcher(text).find();
    }

    /** @throws IllegalArgumentException if a range runs backwards or there are too many */
    static List<String> expand(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.find()) {
            return List.of(text);
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = Integer.parseInt(matcher.group(2));
        if (last < first) {
            throw new IllegalArgumentException("the range in '" + text + "' runs backwards");
        }
        String before = text.substring(0, matcher.start());
        List<String> rests = expand(text.substring(matcher.end()));
        if ((long) (last - first + 1) * rests.size() > LIMIT) {
            throw new IllegalArgumentException("'" + text + "' are more than " + LIMIT + " hosts");
        }
        int width = matcher.group(1).startsWith("0") ? matcher.group(1).length() : 1;
        List<String> hosts = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            String digits = Integer.toString(number);
            String padded = "0".repeat(Math.max(0, width - digits.length())) + digits;
            for (String rest : rests) {
                hosts.add(before + padded + rest);
            }
        }
        return hosts;
    }
}
