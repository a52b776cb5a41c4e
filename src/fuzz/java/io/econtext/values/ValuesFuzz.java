package io.econtext.values;

import io.econtext.NotPortableException;
import io.econtext.TypeRef;
import io.econtext.core.Binder;
import io.econtext.core.ValueException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Documents, any bytes at all, read as one of several types by both sides' codecs. The first byte says which type.
 *
 * <p>Each gives a value or refuses the document; what is read can be written, and that is read as the same again by both.
 */
public final class ValuesFuzz {
    private static final Values CONTROLLER = new Values();
    private static final List<Type> TYPES = List.of(
            long.class,
            String.class,
            byte[].class,
            Node.class,
            new TypeRef<List<String>>() {}.type(),
            new TypeRef<Map<String, List<Integer>>>() {}.type(),
            new TypeRef<Set<DayOfWeek>>() {}.type(),
            new TypeRef<Map<DayOfWeek, Node[]>>() {}.type());

    private ValuesFuzz() {}

    /** A bit of everything that a value may hold. */
    public record Node(
            String name,
            double weight,
            BigDecimal price,
            BigInteger count,
            Instant at,
            LocalDate day,
            Optional<Node> next,
            int[] numbers,
            Map<String, Node> children) {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Type type = TYPES.get((data[0] & 255) % TYPES.size());
        byte[] document = Arrays.copyOfRange(data, 1, data.length);
        Object there;
        try {
            there = Binder.read(document, 0, document.length, type);
            check(Binder.write(there, type), type);
        } catch (ValueException e) {
            // refused
        }
        try {
            check(CONTROLLER.encode(CONTROLLER.decode(document, 0, document.length, type), type), type);
        } catch (NotPortableException e) {
            // refused
        }
    }

    /** What one of them writes, both read and write again as it is. */
    private static void check(byte[] written, Type type) {
        byte[] there = Binder.write(Binder.read(written, 0, written.length, type), type);
        byte[] here = CONTROLLER.encode(CONTROLLER.decode(written, 0, written.length, type), type);
        if (!Arrays.equals(there, written) || !Arrays.equals(here, written)) {
            throw new AssertionError("differs when it is written again, as " + type);
        }
    }
}
