package io.econtext.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import io.econtext.NotPortableException;
import io.econtext.Sender;
import io.econtext.TypeRef;
import io.econtext.call.Contexts;
import io.econtext.call.ValueCodec;
import io.econtext.core.Binder;
import io.econtext.core.ValueException;
import io.econtext.types.ByJackson;
import io.econtext.types.Signatures;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.Version;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonPOJOBuilder;
import tools.jackson.databind.annotation.JsonTypeIdResolver;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.impl.ClassNameIdResolver;
import tools.jackson.databind.module.SimpleModule;

/** Values by Jackson's annotations, written and read by the controller's codec and by that of targets. */
class AnnotatedTest {
    private final ValueCodec values = new Values().byJackson();

    /** Final fields, a renamed property, one that stays, and a constructor: nothing that goes by fields could. */
    static final class Account {
        @JsonProperty("user-name")
        private final String user;

        private final long balance;

        @JsonIgnore
        private String secret = "none";

        @JsonCreator
        Account(@JsonProperty("user-name") String user, @JsonProperty("balance") long balance) {
            this.user = user;
            this.balance = balance;
        }

        public long getBalance() {
            return balance;
        }

        Account with(String password) {
            secret = password;
            return this;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(Disk.class), @JsonSubTypes.Type(value = Share.class, name = "share")})
    interface Volume {}

    @JsonTypeName("disk")
    record Disk(Path device, Account owner) implements Volume {}

    record Share(@JsonUnwrapped Address at, Set<Flag> flags) implements Volume {}

    record Address(String host, int port) {}

    enum Flag {
        @JsonProperty("read-only")
        READ_ONLY,
        @JsonProperty("shared")
        SHARED
    }

    /** A text wherever it stands, also as a key. */
    record Tag(@JsonValue String text) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Tag {}
    }

    record Leaves(
            Path path,
            Duration duration,
            ZonedDateTime time,
            UUID id,
            BitSet bits,
            Optional<Tag> tag,
            Map<Tag, Path> paths,
            Object anything) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(int radius) implements Shape {}

    record Square(@JsonProperty("a") int side) implements Shape {}

    record Drawing(List<Shape> shapes, Shape[] more) {}

    interface Animal {}

    record Dog(String name) implements Animal {}

    record Kennel(
            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
            @JsonSubTypes(@JsonSubTypes.Type(value = Dog.class, name = "dog"))
            List<Animal> animals,

            @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME) @JsonSubTypes(@JsonSubTypes.Type(Dog.class))
            Animal guard) {}

    @JsonIdentityInfo(generator = ObjectIdGenerators.IntSequenceGenerator.class)
    static class Knot {
        public Knot next;
        public String name;
    }

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"y", "x"})
    record Point(int x, int y) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    static class Loose {
        public String text;
        public Point at;
        private final Map<String, Object> more = new LinkedHashMap<>();

        @JsonAnyGetter
        public Map<String, Object> more() {
            return more;
        }

        @JsonAnySetter
        void put(String name, Object value) {
            more.put(name, value);
        }
    }

    @JsonDeserialize(builder = Built.Builder.class)
    static final class Built {
        private final List<Point> points;

        private Built(List<Point> points) {
            this.points = points;
        }

        public List<Point> getPoints() {
            return points;
        }

        @JsonPOJOBuilder(withPrefix = "")
        static final class Builder {
            private List<Point> points;

            Builder points(List<Point> all) {
                points = all;
                return this;
            }

            Built build() {
                return new Built(points);
            }
        }
    }

    @Test
    void whatRefersToItselfDoesSoAgainWhereItsIdentityTravels() {
        Knot knot = new Knot();
        knot.name = "k";
        knot.next = knot;
        Knot back = (Knot) again(knot, Knot.class);
        assertThat(back.next).isSameAs(back);
        assertThat(back.name).isEqualTo("k");
    }

    static List<Object[]> sound() {
        Loose loose = new Loose();
        loose.at = new Point(1, 2);
        loose.put("a", List.of(1, "x"));
        Disk disk = new Disk(Path.of("dev/sda"), new Account("root", 1L << 40));
        Share share = new Share(new Address("nas", 445), Set.of(Flag.READ_ONLY));
        return List.of(
                new Object[] {new Account("root", 5), Account.class},
                new Object[] {List.of(disk, share), new TypeRef<List<Volume>>() {}.type()},
                new Object[] {new Volume[] {share, null}, Volume[].class},
                new Object[] {disk, Volume.class},
                new Object[] {disk, Disk.class},
                new Object[] {Map.of("k", List.of(share)), new TypeRef<Map<String, List<Volume>>>() {}.type()},
                new Object[] {Map.of(new Tag("k"), Flag.SHARED), new TypeRef<Map<Tag, Flag>>() {}.type()},
                new Object[] {Optional.of(new Tag("t")), new TypeRef<Optional<Tag>>() {}.type()},
                new Object[] {
                    new Leaves(
                            Path.of("a/../b"),
                            Duration.ofSeconds(3, 1),
                            ZonedDateTime.parse("2026-11-21T19:00:00+01:00[Europe/Berlin]"),
                            new UUID(1, 2),
                            BitSet.valueOf(new byte[] {5}),
                            Optional.of(new Tag("x")),
                            Map.of(new Tag("home"), Path.of("home")),
                            Map.of("n", List.of(1, 2.5, "t"))),
                    Leaves.class
                },
                new Object[] {new Drawing(List.of(new Circle(1)), new Shape[] {new Square(2)}), Drawing.class},
                new Object[] {new Square(2), Shape.class},
                new Object[] {new Kennel(List.of(new Dog("Rex"), new Dog("Ada")), new Dog("Max")), Kennel.class},
                new Object[] {List.of(loose), new TypeRef<List<Loose>>() {}.type()},
                new Object[] {new Built(List.of(new Point(3, 4))), Built.class},
                new Object[] {
                    new TreeMap<>(Map.of("k", new Point(5, 6))), new TypeRef<SortedMap<String, Point>>() {}.type()
                },
                new Object[] {
                    new Samples.Box<>(1L, List.of(2L), new Long[] {3L}, Map.of("x", 4L)),
                    new TypeRef<Samples.Box<Long>>() {}.type()
                });
    }

    @ParameterizedTest
    @MethodSource("sound")
    void bothSidesWriteTheSameAndReadEachOthers(Object value, Type type) {
        values.checkPortable(type);
        byte[] here = values.encode(value, type);
        byte[] there = Binder.write(value, values.named(type));
        assertThat(HexFormat.of().formatHex(there)).isEqualTo(HexFormat.of().formatHex(here));
        String expected = Rendered.of(value);
        assertThat(Rendered.of(values.decode(there, 0, there.length, type))).isEqualTo(expected);
        assertThat(Rendered.of(Binder.read(here, 0, here.length, values.named(type))))
                .isEqualTo(expected);
    }

    @Test
    void propertiesAreCalledWhatTheAnnotationsSayAndIgnoredOnesStayBehind() {
        byte[] document = values.encode(new Account("root", 5).with("s3cret"), Account.class);
        assertThat(new String(document, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("user-name")
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> new Values().encode(new Account("root", 5), Account.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("has the final field");
    }

    @Test
    void treesAndNullsCanTravel() {
        JsonNode tree = new JsonMapper().readTree("{\"a\":[1,2.5,null,\"t\"]}");
        assertThat(again(tree, JsonNode.class)).isEqualTo(tree);
        assertThat(again(null, Account.class)).isNull();
        assertThat(again(null, new TypeRef<Optional<Tag>>() {}.type())).isEqualTo(Optional.empty());
    }

    private Object again(Object value, Type type) {
        byte[] document = Binder.write(value, values.named(type));
        Object here = values.decode(document, 0, document.length, type);
        byte[] back = values.encode(here, type);
        return Binder.read(back, 0, back.length, values.named(type));
    }

    @Test
    void onlyTypesWithAClassOfTheApplicationAreNamedOtherwise() {
        for (Type type : List.of(
                String.class,
                int[].class,
                Path.class,
                io.econtext.RemoteContext.class,
                io.econtext.ExecResult.class,
                new TypeRef<Map<String, List<Path>>>() {}.type(),
                new TypeRef<Sender<String>>() {}.type())) {
            assertThat(values.named(type)).isSameAs(type);
        }
        String mark = "Lio/econtext/types/ByJackson<";
        String tag = Signatures.of(Tag.class);
        assertThat(Signatures.of(values.named(Tag[].class))).isEqualTo(mark + "[" + tag + ">;");
        assertThat(Signatures.of(values.named(new TypeRef<Sender<List<Tag>>>() {}.type())))
                .isEqualTo("Lio/econtext/Sender<" + mark + "Ljava/util/List<" + tag + ">;>;>;");
        Type again = Signatures.parse(mark + tag + ">;", AnnotatedTest.class.getClassLoader());
        assertThat(again).isEqualTo(values.named(Tag.class)).isEqualTo(ByJackson.of(Tag.class));
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface ByClass {}

    record Any(
            @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
            Object any) {}

    record Held(List<ByClass> held) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    @JsonSubTypes(@JsonSubTypes.Type(Deduced.class))
    interface Deducible {}

    record Deduced(int a) implements Deducible {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM)
    @JsonTypeIdResolver(ClassNameIdResolver.class)
    interface Custom {}

    @Test
    void whatLetsADocumentNameClassesIsRefusedBeforeAnythingIsSentAndWhenItArrives() {
        byte[] document = Binder.write(Map.of("@class", "javax.swing.JEditorPane"), Object.class);
        for (Type type : List.of(
                ByClass.class,
                Any.class,
                Held.class,
                Custom.class,
                Deducible.class,
                new TypeRef<List<ByClass>>() {}.type())) {
            assertThatThrownBy(() -> values.checkPortable(type))
                    .as(type.getTypeName())
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageContaining("would let who sends a value choose the class")
                    .hasMessageContaining("use @JsonTypeInfo(use = NAME)");
            assertThatThrownBy(() -> values.decode(document, 0, document.length, type))
                    .as(type.getTypeName())
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageContaining("choose the class");
        }
    }

    record Reference(AtomicReference<Tag> held) {}

    record Named(Class<?> type) {}

    record Typed(JavaType type) {}

    record Hosts(Set<URL> hosts) {}

    record HostKeys(Map<URL, Tag> hosts) {}

    record Twice(Optional<Optional<Tag>> tag) {}

    record Sending(Sender<Tag> sender) {}

    @Test
    void ofTheJdkTheSameTypesCanTravelAsEver() {
        for (Class<?> type : List.of(
                Reference.class, Named.class, Typed.class, Hosts.class, HostKeys.class, Twice.class, Sending.class)) {
            assertThatThrownBy(() -> values.checkPortable(type))
                    .as(type.getName())
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageContaining("can't travel");
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = TypedLink.class, name = "link"))
    interface Linked {}

    record TypedLink(URL url) implements Linked {}

    record Link(URL url) {}

    record Links(Set<List<Link>> links) {}

    record Beside(Set<String> names, Link link) {}

    @Test
    void aUrlThatASetWouldHashIsRefusedWhenItComes() {
        String url = "http://host.invalid/";
        byte[] links = Binder.write(Map.of("links", List.of(List.of(Map.of("url", url)))), Object.class);
        Map<String, String> late = new LinkedHashMap<>();
        late.put("url", url);
        late.put("@type", "link");
        byte[] typed = Binder.write(List.of(late), Object.class);
        Type set = new TypeRef<Set<Linked>>() {}.type();
        assertThatThrownBy(() -> values.decode(links, 0, links.length, Links.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("looks up its host when it is hashed");
        assertThatThrownBy(() -> values.decode(typed, 0, typed.length, set))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("looks up its host when it is hashed");
        byte[] beside = Binder.write(Map.of("names", List.of("a"), "link", Map.of("url", url)), Object.class);
        assertThat(values.decode(beside, 0, beside.length, Beside.class))
                .isInstanceOfSatisfying(
                        Beside.class, read -> assertThat(read.link().url()).hasToString(url));
    }

    static class Parent {
        public int a = 1;
    }

    static class Child extends Parent {
        public int b = 2;
    }

    record Family(Parent head) {}

    static class Closed {
        private int size = 3;
    }

    static class Cycle {
        public Cycle next;
    }

    @Test
    void whatWouldBeLostIsRefusedWhereItIsSent() {
        assertThatThrownBy(() -> values.encode(new Child(), Parent.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("declared as " + Parent.class.getName())
                .hasMessageContaining("@JsonSubTypes");
        assertThatThrownBy(() -> values.encode(List.of(new Family(new Child())), new TypeRef<List<Family>>() {}.type()))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith("at [0].head: " + Child.class.getName() + " can't travel");
        assertThatThrownBy(() -> values.encode(new Closed(), Closed.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("no properties");
        Cycle cycle = new Cycle();
        cycle.next = cycle;
        assertThatThrownBy(() -> values.encode(cycle, Cycle.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("too deep: a cycle?");
        assertThatThrownBy(() -> Binder.write(cycle, values.named(Cycle.class)))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("too deep: a cycle?");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Later.class, name = "later"))
    interface Harmless {}

    record Later(ByClass held) implements Harmless {}

    @Test
    void aSubtypeThatLetsADocumentNameClassesIsRefusedWhenItComes() {
        byte[] document = Binder.write(
                Map.of("@type", "later", "held", Map.of("@class", "javax.swing.JEditorPane")), Object.class);
        assertThatThrownBy(() -> values.decode(document, 0, document.length, Harmless.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("choose the class");
    }

    /** A class of others, who know nothing of Jackson. */
    static final class Foreign {
        private final String text;

        Foreign(String text) {
            this.text = text;
        }
    }

    abstract static class ForeignMixIn {
        @JsonProperty
        String text;

        @JsonCreator
        ForeignMixIn(@JsonProperty("text") String text) {
            this.text = text;
        }
    }

    public static final class Mixing extends SimpleModule {
        private static final long serialVersionUID = 1;

        public Mixing() {
            setMixInAnnotation(Foreign.class, ForeignMixIn.class);
        }
    }

    public static final class Typing extends JacksonModule {
        @Override
        public String getModuleName() {
            return "typing";
        }

        @Override
        public Version version() {
            return Version.unknownVersion();
        }

        @Override
        public void setupModule(SetupContext context) {
            ((MapperBuilder<?, ?>) context.getOwner())
                    .activateDefaultTyping(BasicPolymorphicTypeValidator.builder()
                            .allowIfBaseType(Object.class)
                            .build());
        }
    }

    @Test
    void modulesOfTheApplicationCount(@TempDir Path directory) throws Exception {
        try (URLClassLoader application = withModule(directory, Mixing.class)) {
            Annotated codec = new Annotated(() -> Contexts.NONE, application);
            byte[] document = codec.write(new Foreign("x"), Foreign.class);
            assertThat(((Foreign) codec.read(document, 0, document.length, Foreign.class)).text)
                    .isEqualTo("x");
        }
        assertThatThrownBy(() -> values.encode(new Foreign("x"), Foreign.class))
                .isInstanceOf(NotPortableException.class);
    }

    @Test
    void aModuleThatLetsADocumentNameClassesIsRefused(@TempDir Path directory) throws Exception {
        try (URLClassLoader application = withModule(directory, Typing.class)) {
            assertThatThrownBy(() -> new Annotated(() -> Contexts.NONE, application))
                    .isInstanceOf(ValueException.class)
                    .hasMessage(NoClassNames.MODULE);
        }
    }

    private static URLClassLoader withModule(Path directory, Class<?> module) throws IOException {
        Path service = directory.resolve("META-INF/services/" + JacksonModule.class.getName());
        Files.createDirectories(service.getParent());
        Files.writeString(service, module.getName());
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, AnnotatedTest.class.getClassLoader());
    }

    static List<Path> hostile() throws Exception {
        return HostileTest.corpus();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void documentsThatLieAreRefused(Path file) throws IOException {
        byte[] document = Files.readAllBytes(file);
        for (Type type : List.of(Account.class, Volume.class, Leaves.class, Shape.class, JsonNode.class)) {
            assertThatThrownBy(() -> values.decode(document, 0, document.length, type))
                    .as(type.getTypeName())
                    .isInstanceOf(NotPortableException.class);
        }
    }

    @Test
    void documentsOfOtherShapesAreRefused() {
        List<Object> wrong = new ArrayList<>(List.of(
                "text",
                5,
                List.of(1),
                Map.of("kind", "java.lang.Runtime"),
                Map.of("kind", Disk.class.getName()),
                Map.of("@class", Disk.class.getName()),
                Map.of("kind", "disk", "none", 1),
                Arrays.asList(Disk.class.getName(), Map.of())));
        for (Object value : wrong) {
            byte[] document = Binder.write(value, Object.class);
            assertThatThrownBy(() -> values.decode(document, 0, document.length, Volume.class))
                    .as(value.toString())
                    .isInstanceOf(NotPortableException.class);
        }
    }

    @Test
    void deepDocumentsAreRefused() {
        byte[] document = Arrays.copyOf(new byte[] {0x3A, 0x29, 0x0A, 0x04}, 1_000_000);
        Arrays.fill(document, 4, document.length, (byte) 0xF8);
        assertThatThrownBy(() -> values.decode(document, 0, document.length, JsonNode.class))
                .isInstanceOf(NotPortableException.class);
    }
}
