package io.econtext.values;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Values without parts; half of the numbers and times are extremes. */
final class Leaves {
    /** What may be declared. */
    static final List<Class<?>> CLASSES = List.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Character.class,
            String.class,
            byte[].class,
            char[].class,
            BigInteger.class,
            BigDecimal.class,
            Number.class,
            Object.class,
            UUID.class,
            URI.class,
            URI.class,
            Path.class,
            File.class,
            Locale.class,
            Charset.class,
            Currency.class,
            InetAddress.class,
            Pattern.class,
            BitSet.class,
            Date.class,
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            ZonedDateTime.class,
            Duration.class,
            Period.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            Month.class,
            DayOfWeek.class,
            ZoneId.class,
            ZoneOffset.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class);

    /** What may be a map's key. */
    static final List<Class<?>> KEYS = List.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Character.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Path.class,
            File.class,
            Locale.class,
            Charset.class,
            Currency.class,
            InetAddress.class,
            Date.class,
            Instant.class,
            LocalDate.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Duration.class,
            Period.class,
            Year.class,
            YearMonth.class,
            ZoneId.class,
            Samples.Color.class,
            DayOfWeek.class);

    private static final List<String> PARTS = List.of(
            "a", "Z", "0", " ", "\0", "\n", "\"", "ä", "ß", "é", "中", "文", "\u2028", "\uFFFF", "😀", "\u007F",
            "\u0080");
    private static final List<ZoneId> ZONES = List.of(
            ZoneOffset.UTC,
            ZoneOffset.MIN,
            ZoneOffset.MAX,
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("Asia/Kolkata"),
            ZoneId.of("America/St_Johns"),
            ZoneId.of("UTC"),
            ZoneId.of("GMT+3"));

    private final Random random;
    private final Map<Class<?>, Supplier<Object>> makers = new HashMap<>();

    Leaves(Random random) {
        this.random = random;
        numbers();
        texts();
        times();
    }

    boolean knows(Class<?> type) {
        return makers.containsKey(type);
    }

    Object value(Class<?> type) {
        return makers.get(type).get();
    }

    boolean isComparable(Class<?> type) {
        return Comparable.class.isAssignableFrom(type);
    }

    /** Null; but an Optional that is null arrives as an empty one. */
    Object absent(Class<?> type) {
        return type == OptionalInt.class
                ? OptionalInt.empty()
                : type == OptionalLong.class
                        ? OptionalLong.empty()
                        : type == OptionalDouble.class
                                ? OptionalDouble.empty()
                                : type == Optional.class ? Optional.empty() : null;
    }

    /** What arrives as it was though declared as Object. */
    Object undeclared() {
        return random.nextInt(3) == 0
                ? value(String.class)
                : random.nextInt(5) == 0
                        ? value(byte[].class)
                        : random.nextInt(5) == 0 ? random.nextBoolean() : value(Number.class);
    }

    private <T> void add(Class<T> type, Supplier<Object> maker) {
        makers.put(type, maker);
    }

    private long whole() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(70) - 35;
            case 1 -> (1L << random.nextInt(64)) + random.nextInt(3) - 1;
            case 2 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private double real() {
        return switch (random.nextInt(4)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 ->
                List.of(
                                0.0,
                                -0.0,
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                Double.MIN_VALUE,
                                Double.MAX_VALUE,
                                Double.MIN_NORMAL)
                        .get(random.nextInt(8));
            case 2 -> random.nextInt(100) / 4.0;
            default -> random.nextGaussian();
        };
    }

    private void numbers() {
        for (Class<?> type : List.of(boolean.class, Boolean.class)) {
            add(type, random::nextBoolean);
        }
        for (Class<?> type : List.of(byte.class, Byte.class)) {
            add(type, () -> (byte) whole());
        }
        for (Class<?> type : List.of(short.class, Short.class)) {
            add(type, () -> (short) whole());
        }
        for (Class<?> type : List.of(int.class, Integer.class)) {
            add(type, () -> (int) whole());
        }
        for (Class<?> type : List.of(long.class, Long.class)) {
            add(type, this::whole);
        }
        for (Class<?> type : List.of(float.class, Float.class)) {
            add(type, () -> random.nextBoolean() ? (float) real() : Float.intBitsToFloat(random.nextInt()));
        }
        for (Class<?> type : List.of(double.class, Double.class)) {
            add(type, this::real);
        }
        for (Class<?> type : List.of(char.class, Character.class)) {
            add(type, () -> {
                char c = random.nextBoolean() ? (char) random.nextInt(128) : (char) random.nextInt(0x10000);
                return Character.isSurrogate(c) ? '\uFFFD' : c;
            });
        }
        add(BigInteger.class, this::big);
        add(BigDecimal.class, () -> {
            int scale = random.nextInt(4) == 0 ? (int) whole() >> 1 : random.nextInt(40) - 20;
            return new BigDecimal(big(), scale);
        });
        add(Number.class, () -> {
            long n = whole();
            return switch (random.nextInt(5)) {
                case 0 -> n == (int) n ? (Number) (int) n : (Number) n;
                case 1 -> real();
                case 2 -> (float) real();
                case 3 -> big();
                default -> new BigDecimal(big(), random.nextInt(9));
            };
        });
        add(OptionalInt.class, () -> OptionalInt.of((int) whole()));
        add(OptionalLong.class, () -> OptionalLong.of(whole()));
        add(OptionalDouble.class, () -> OptionalDouble.of(real()));
    }

    private BigInteger big() {
        BigInteger big =
                random.nextBoolean() ? BigInteger.valueOf(whole()) : new BigInteger(random.nextInt(400), random);
        return random.nextBoolean() ? big.negate() : big;
    }

    private String text() {
        int length = random.nextInt(8) == 0 ? random.nextInt(300) : random.nextInt(70);
        StringBuilder text = new StringBuilder();
        boolean ascii = random.nextBoolean();
        for (int i = 0; i < length; i++) {
            text.append(PARTS.get(random.nextInt(ascii ? 3 : PARTS.size())));
        }
        return text.toString();
    }

    /** ASCII, as a JVM without a locale refuses other names. */
    private String file() {
        return List.of("a", "b c", "d.e", "-", "..").get(random.nextInt(5));
    }

    private String word() {
        return List.of("a", "bc", "üb", "中", "x y", "Z9").get(random.nextInt(6));
    }

    private void texts() {
        add(String.class, this::text);
        add(byte[].class, () -> {
            byte[] bytes = new byte[random.nextInt(random.nextInt(200) + 1)];
            random.nextBytes(bytes);
            return bytes;
        });
        add(char[].class, () -> text().toCharArray());
        add(UUID.class, () -> new UUID(random.nextLong(), whole()));
        add(URI.class, () -> URI.create("http://host/" + word().replace(" ", "%20") + "?q=" + random.nextInt()));
        add(URL.class, () -> {
            try {
                return new URL("file:/" + word()); // without a host, as a URL asks for its address when it is hashed
            } catch (MalformedURLException e) {
                throw new AssertionError(e);
            }
        });
        add(Path.class, () -> Path.of(random.nextBoolean() ? "/" : "", file(), file()));
        add(File.class, () -> new File(random.nextBoolean() ? "/" + file() : file() + "/" + file()));
        add(
                Locale.class,
                () -> List.of(
                                Locale.ROOT,
                                Locale.GERMANY,
                                Locale.forLanguageTag("zh-Hant-TW"),
                                Locale.forLanguageTag("sl-rozaj"))
                        .get(random.nextInt(4)));
        add(Charset.class, () -> random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16LE);
        add(Currency.class, () -> Currency.getInstance(random.nextBoolean() ? "EUR" : "CNY"));
        add(InetAddress.class, () -> {
            byte[] address = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(address);
            try {
                return random.nextBoolean()
                        ? InetAddress.getByAddress(address)
                        : InetAddress.getByAddress("host.invalid", address);
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        });
        add(Pattern.class, () -> Pattern.compile("[a:b]+" + word(), random.nextInt(0x80) & ~Pattern.LITERAL));
        add(BitSet.class, () -> {
            BitSet bits = new BitSet();
            for (int i = random.nextInt(9); i > 0; i--) {
                bits.set(random.nextInt(300));
            }
            return bits;
        });
    }

    private LocalDateTime time() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextBoolean() ? LocalDateTime.MIN.plusDays(2) : LocalDateTime.MAX.minusDays(2);
            // the two equal hours of autumn
            case 1 -> LocalDateTime.of(2025, 10, 26, 2, random.nextInt(60), random.nextInt(60));
            case 2 -> LocalDateTime.of(random.nextInt(3000), 1 + random.nextInt(12), 1, 0, 0);
            default ->
                LocalDateTime.ofEpochSecond(random.nextInt() * 9L, random.nextInt(1_000_000_000), ZoneOffset.UTC);
        };
    }

    private void times() {
        Supplier<ZoneId> zone = () -> ZONES.get(random.nextInt(ZONES.size()));
        Supplier<ZoneOffset> offset = () -> ZoneOffset.ofTotalSeconds(random.nextInt(2 * 64800 + 1) - 64800);
        add(LocalDateTime.class, this::time);
        add(LocalDate.class, () -> time().toLocalDate());
        add(LocalTime.class, () -> random.nextInt(5) == 0 ? LocalTime.MAX : time().toLocalTime());
        add(OffsetDateTime.class, () -> time().atOffset(offset.get()));
        add(OffsetTime.class, () -> time().toLocalTime().atOffset(offset.get()));
        add(ZonedDateTime.class, () -> {
            ZonedDateTime at = time().atZone(zone.get());
            return random.nextBoolean() ? at.withLaterOffsetAtOverlap() : at;
        });
        add(Instant.class, () -> random.nextInt(5) == 0 ? Instant.MIN : time().toInstant(offset.get()));
        add(
                Duration.class,
                () -> Duration.ofSeconds(whole(), random.nextInt(1_000_000_000) / (random.nextInt(2) * 999 + 1)));
        add(Period.class, () -> Period.of((int) whole(), (int) whole(), (int) whole()));
        add(Year.class, () -> Year.of(random.nextBoolean() ? random.nextInt(3000) : Year.MIN_VALUE));
        add(YearMonth.class, () -> YearMonth.from(time()));
        add(MonthDay.class, () -> MonthDay.from(time()));
        add(ZoneId.class, zone::get);
        add(ZoneOffset.class, offset::get);
        add(Date.class, () -> new Date(random.nextInt() * 1000_007L));
    }
}
