package io.econtext.types;

import io.econtext.core.SmileReader;
import io.econtext.core.SmileWriter;
import io.econtext.core.ValueException;
import java.io.File;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Types whose values are a text; also as keys of maps.
 *
 * <p>Stateless.
 */
public final class TextForm implements Form {
    public static String text(Object value) {
        if (value instanceof Path) {
            if (((Path) value).getFileSystem() != FileSystems.getDefault()) {
                throw Forms.refused(value.getClass(), "belongs to another file system than the default one");
            }
            return value.toString();
        }
        if (value instanceof URL) {
            return ((URL) value).toExternalForm();
        }
        if (value instanceof Charset) {
            return ((Charset) value).name();
        }
        if (value instanceof Locale) {
            String tag = ((Locale) value).toLanguageTag();
            if (!Locale.forLanguageTag(tag).equals(value)) {
                throw Forms.refused(Locale.class, "has no language tag: " + value);
            }
            return tag;
        }
        if (value instanceof InetAddress) {
            return Addresses.text((InetAddress) value);
        }
        if (value instanceof Pattern) {
            return flags(((Pattern) value).flags()) + ":" + value;
        }
        if (value instanceof Date && value.getClass() != Date.class) {
            throw Forms.refused(value.getClass(), "is declared as java.util.Date only");
        }
        return value instanceof Date ? ((Date) value).toInstant().toString() : Times.text(value);
    }

    public static Object parse(String text, Class<?> type) {
        if (type == Path.class) {
            return Paths.get(text);
        }
        if (type == File.class) {
            return new File(text);
        }
        if (type == URI.class) {
            return URI.create(text);
        }
        if (type == UUID.class) {
            return UUID.fromString(text);
        }
        if (type == Locale.class) {
            return Locale.forLanguageTag(text);
        }
        if (type == Charset.class) {
            return Charset.forName(text);
        }
        if (type == Currency.class) {
            return Currency.getInstance(text);
        }
        if (type == Pattern.class) {
            int colon = text.indexOf(':');
            int flags = Integer.parseInt(text.substring(0, Math.max(0, colon)));
            return Pattern.compile(text.substring(colon + 1), flags(flags));
        }
        if (type == URL.class) {
            try {
                return new URL(text);
            } catch (MalformedURLException e) {
                throw new ValueException(e.getMessage());
            }
        }
        return InetAddress.class.isAssignableFrom(type) ? type.cast(Addresses.parse(text)) : Times.parse(text, type);
    }

    /** Says why a URL may be neither a key nor anywhere in a set. */
    public static ValueException hashedUrl() {
        return Forms.refused(URL.class, "looks up its host when it is hashed: use URI");
    }

    private static int flags(int flags) {
        if ((flags & Pattern.CANON_EQ) != 0) {
            throw Forms.refused(Pattern.class, "has the flag CANON_EQ: a few accents in it take hours");
        }
        return flags;
    }

    @Override
    public void put(SmileWriter out, Object value, Type declared) {
        out.scalar(text(value));
    }

    @Override
    public Object get(SmileReader in, Type declared) {
        String text = Form.text(in, declared);
        return text == null ? null : parse(text, Generics.raw(declared));
    }
}
