package io.econtext.types;

import io.econtext.core.ValueException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;

/**
 * The text of java.time's types: their own, but where that can't be read back.
 *
 * <p>Stateless.
 */
final class Times {
    private Times() {}

    static String text(Object value) {
        // YearMonth alone forgets the sign that its own parser asks for
        return value instanceof YearMonth && ((YearMonth) value).getYear() > 9999 ? "+" + value : value.toString();
    }

    static Object parse(String text, Class<?> type) {
        if (type == Duration.class) {
            return duration(text);
        }
        if (type == Year.class) {
            return Year.of(Integer.parseInt(text));
        }
        if (type == ZonedDateTime.class) {
            return zoned(text);
        }
        if (type == ZoneId.class) {
            return ZoneId.of(text);
        }
        if (type == ZoneOffset.class) {
            return ZoneOffset.of(text);
        }
        if (type == Date.class) {
            return Date.from(Instant.parse(text));
        }
        try {
            return type.getMethod("parse", CharSequence.class).invoke(null, text);
        } catch (InvocationTargetException e) {
            throw new ValueException(e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new ValueException(e.toString());
        }
    }

    /** Java 8 parses PT-0.5S as half a second, without the sign. */
    private static Duration duration(String text) {
        int minus = text.indexOf("-0.");
        return minus < 0
                ? Duration.parse(text)
                : Duration.parse(text.substring(0, minus) + "0S")
                        .minus(Duration.parse("PT" + text.substring(minus + 1)));
    }

    /** Java 8 parses the second of two equal hours in autumn as the first. */
    private static ZonedDateTime zoned(String text) {
        int bracket = text.indexOf('[');
        if (bracket < 0) {
            return OffsetDateTime.parse(text).toZonedDateTime();
        }
        OffsetDateTime time = OffsetDateTime.parse(text.substring(0, bracket));
        ZoneId zone = ZoneId.of(text.substring(bracket + 1, text.length() - 1));
        return ZonedDateTime.ofInstant(time.toLocalDateTime(), time.getOffset(), zone);
    }
}
