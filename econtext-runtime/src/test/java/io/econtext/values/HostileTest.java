package io.econtext.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.econtext.NotPortableException;
import io.econtext.TypeRef;
import io.econtext.call.ValueCodec;
import io.econtext.core.Binder;
import io.econtext.core.ValueException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that lie: each is a typed error on either side, whatever type is declared. */
@Timeout(120)
class HostileTest {
    private static final byte[] HEADER = {0x3A, 0x29, 0x0A, 0x04};
    private static final List<Type> TYPES = List.of(
            Object.class,
            String.class,
            int.class,
            long.class,
            double.class,
            float.class,
            byte[].class,
            int[].class,
            BigInteger.class,
            BigDecimal.class,
            Samples.Boxes.class,
            Samples.Derived.class,
            Samples.Animal.class,
            new TypeRef<List<String>>() {}.type(),
            new TypeRef<Map<String, List<Object>>>() {}.type());

    private final Values values = new Values();

    static List<Path> corpus() throws IOException, URISyntaxException {
        URL folder = HostileTest.class.getResource("hostile");
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void theControllerRefusesIt(Path file) throws IOException {
        byte[] document = Files.readAllBytes(file);
        for (Type type : TYPES) {
            assertThatThrownBy(() -> values.decode(document, 0, document.length, type))
                    .as(type.getTypeName())
                    .isInstanceOf(NotPortableException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void aTargetRefusesItAsWell(Path file) throws IOException {
        byte[] document = Files.readAllBytes(file);
        // A target trusts its parent with the form of texts and numbers, and spends no code on it.
        String name = file.getFileName().toString();
        boolean mended = name.startsWith("utf8-") || name.startsWith("number-padded-");
        for (Type type : TYPES) {
            try {
                Object made = Binder.read(document, 0, document.length, type);
                assertThat(mended).as(type.getTypeName() + " became " + made).isTrue();
            } catch (ValueException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void noLengthIsBelievedEvenWhereTheArrayGoesOn() {
        byte[] document = Arrays.copyOf(Binder.write(new byte[100], byte[].class), 1000);
        assertThatThrownBy(() -> values.decode(document, 0, 50, byte[].class)).isInstanceOf(NotPortableException.class);
        assertThatThrownBy(() -> Binder.read(document, 0, 50, byte[].class)).isInstanceOf(ValueException.class);
    }

    @Test
    void aMillionOpenArraysAreRefusedAtTheHundredAndFirst() {
        byte[] document = Arrays.copyOf(HEADER, 1_000_000);
        Arrays.fill(document, HEADER.length, document.length, (byte) 0xF8);
        for (Type type : TYPES) {
            assertThatThrownBy(() -> values.decode(document, 0, document.length, type))
                    .isInstanceOf(NotPortableException.class);
            assertThatThrownBy(() -> Binder.read(document, 0, document.length, type))
                    .isInstanceOf(ValueException.class);
        }
    }

    @Test
    void keysThatTakeLongToParseAreRefused() {
        String digits = "7".repeat(1_000_000);
        byte[] document = Binder.write(Map.of(digits, 1), Object.class);
        Type type = new TypeRef<Map<BigInteger, Integer>>() {}.type();
        assertThatThrownBy(() -> values.decode(document, 0, document.length, type))
                .isInstanceOf(NotPortableException.class);
    }

    /** Each more accent multiplies the time that this one takes to compile. */
    @Test
    void aPatternThatMayTakeForeverToCompileIsRefused() {
        byte[] document = Binder.write(Pattern.CANON_EQ + ":e\u0300\u0316\u0327", String.class);
        assertThatThrownBy(() -> values.decode(document, 0, document.length, Pattern.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("CANON_EQ");
        assertThatThrownBy(() -> Binder.read(document, 0, document.length, Pattern.class))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("CANON_EQ");
    }

    record Pair(int a, int b) {}

    private static byte[] pairs(int number) {
        List<Pair> pairs =
                IntStream.range(0, number).mapToObj(a -> new Pair(a, -31 * a)).toList();
        return Binder.write(pairs, new TypeRef<List<Pair>>() {}.type());
    }

    @Test
    void aSetWhoseElementsWereMadeToCollideIsRefused() {
        Type set = new TypeRef<Set<Pair>>() {}.type();
        byte[] some = pairs(1000);
        assertThat((Set<?>) values.decode(some, 0, some.length, set)).hasSize(1000);
        byte[] many = pairs(40_000);
        for (ValueCodec codec : List.of(values, values.byJackson())) {
            assertThatThrownBy(() -> codec.decode(many, 0, many.length, set))
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageContaining("more than 1000 elements have one hash code");
        }
        List<Long> longs = LongStream.range(0, 5000).mapToObj(n -> n << 32 | n).toList();
        byte[] ordered = Binder.write(longs, new TypeRef<List<Long>>() {}.type());
        assertThat((Set<?>) values.decode(ordered, 0, ordered.length, new TypeRef<Set<Long>>() {}.type()))
                .hasSize(5000);
    }

    static List<Object[]> talkative() {
        String text = "\u001b]0;owned\u0007\n\r" + "x".repeat(1_000_000);
        return List.of(
                new Object[] {Map.of(text, 1), Samples.Boxes.class},
                new Object[] {Map.of(text, "x"), new TypeRef<Map<String, Integer>>() {}.type()},
                new Object[] {Map.of(text, 1), new TypeRef<Map<Integer, Integer>>() {}.type()},
                new Object[] {List.of(Map.of(text, 1)), new TypeRef<List<Samples.Boxes>>() {}.type()},
                new Object[] {"0:" + text + "(", Pattern.class},
                new Object[] {text, InetAddress.class},
                new Object[] {text, Samples.Color.class},
                new Object[] {text, URL.class},
                new Object[] {text, Instant.class});
    }

    /** A target's text goes to logs and terminals with the failure, and with its causes. */
    @ParameterizedTest
    @MethodSource("talkative")
    void whatARefusedDocumentSaysIsShownAsAShortLine(Object held, Type type) {
        byte[] document = Binder.write(held, Object.class);
        for (ValueCodec codec : List.of(values, values.byJackson())) {
            Throwable refused = catchThrowable(() -> codec.decode(document, 0, document.length, type));
            assertThat(refused).isInstanceOf(NotPortableException.class);
            for (Throwable told = refused; told != null; told = told.getCause()) {
                assertThat(told.toString()).hasSizeLessThan(2000).doesNotContain("\u001b", "\u0007", "\n", "\r");
            }
        }
    }

    /** Sound documents with a few bytes changed: refused or read, alike on both sides, and nothing else. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void damagedDocumentsAreJudgedAlike(long seed) {
        Random random = new Random(seed);
        Generator generator = new Generator(seed);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            Type type = generator.type();
            byte[] sound = Binder.write(generator.value(type), type);
            for (int j = 0; j < 4; j++) {
                byte[] document = damaged(sound, random);
                String controller = controller(document, type);
                String target = target(document, type);
                if (controller.equals("refused")) {
                    refused++;
                    if (!isSound(document)) {
                        continue; // a target may have mended it
                    }
                } else {
                    read++;
                }
                assertThat(target)
                        .as("seed " + seed + ", " + i + ", " + type.getTypeName())
                        .isEqualTo(controller);
            }
        }
        assertThat(read).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] document = sound.clone();
        for (int k = random.nextInt(3); k >= 0; k--) {
            int at = HEADER.length + random.nextInt(document.length - HEADER.length);
            document[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : document[at] ^ 1 << random.nextInt(8));
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(document, random.nextInt(document.length + 1)) : document;
    }

    private static boolean isSound(byte[] document) {
        try {
            StrictReader.walk(document, 0, document.length);
            return true;
        } catch (ValueException e) {
            return false;
        }
    }

    private String controller(byte[] document, Type type) {
        try {
            return Rendered.of(values.decode(document, 0, document.length, type));
        } catch (NotPortableException e) {
            return "refused";
        }
    }

    private static String target(byte[] document, Type type) {
        try {
            return Rendered.of(Binder.read(document, 0, document.length, type));
        } catch (ValueException e) {
            return "refused";
        }
    }
}
