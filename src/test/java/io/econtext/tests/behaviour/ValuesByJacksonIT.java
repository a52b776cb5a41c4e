package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.econtext.Channel;
import io.econtext.ContextOptions;
import io.econtext.Econtext;
import io.econtext.Local;
import io.econtext.NotPortableException;
import io.econtext.RemoteCallException;
import io.econtext.RemoteContext;
import io.econtext.Sender;
import io.econtext.broker.ContextCounters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Types with Jackson's annotations travel to and from contexts that were started for that, and to no other. */
@OverEveryWay
class ValuesByJacksonIT extends Behaviour {
    private static final Logger LOG = LoggerFactory.getLogger(ValuesByJacksonIT.class);
    private static final int PLAIN_BYTES = 100 << 10;
    /** As in docs/values.md. */
    private static final int MOST_REQUESTS = 80;

    private static final int MOST_BYTES = 3_300_000;
    private static final int MOST_REQUESTS_LATER = 2;
    private static final int MOST_BYTES_LATER = 1_600_000;
    /** Classes; Jackson takes more. */
    private static final int MANY = 300;

    private static final ContextOptions BY_JACKSON =
            PATIENT.toBuilder().valuesByJackson(true).build();
    private static final Account ACCOUNT = new Account("root", List.of(new Group("wheel", 0)));

    private RemoteContext annotated;

    @BeforeParameterizedClassInvocation
    void startOneByJackson() {
        annotated = connect("annotated", BY_JACKSON);
        Cost cost = cost("by Jackson, first", () -> annotated.call(There::grouped, new Group("wheel", 1)));
        assertThat(cost.requests).isLessThan(MOST_REQUESTS);
        assertThat(cost.bytes).isLessThan(MOST_BYTES);
    }

    @AfterParameterizedClassInvocation
    void forgetIt() {
        annotated = null;
    }

    @Test
    void anAnnotatedTypeIsRefusedWithoutTheOption() {
        assertThatThrownBy(() -> context.call(There::renamed, ACCOUNT, "toor"))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("has the final field name, and is no record");
    }

    @Test
    void anAnnotatedTypeTravelsInBothDirectionsWithTheOption() {
        Account there = annotated.call(There::renamed, ACCOUNT, "toor");
        assertThat(there.name).isEqualTo("toor");
        assertThat(there.owners).isEqualTo(ACCOUNT.owners);
        assertThat(there.secret).isEqualTo("kept here");
    }

    @Test
    void subtypesGoByTheirNames() {
        List<Owner> owners = annotated.call(There::swapped, List.of(new Group("wheel", 1), new Person("Eve")));
        assertThat(owners).containsExactly(new Person("Eve"), new Group("wheel", 1));
    }

    @Test
    void itemsOfChannelsObjectsThatStayAndLambdasGoByItAsWell() {
        List<Account> items = new ArrayList<>();
        try (Channel<Account> channel = annotated.open(There::follow, ACCOUNT)) {
            channel.forEach(items::add);
        }
        assertThat(items).extracting(each -> each.name).containsExactly("root", "root 1");

        Accounts accounts = annotated.proxy(Accounts.class, InMemory::new);
        accounts.add(ACCOUNT);
        assertThat(accounts.all().get("root").owners).isEqualTo(ACCOUNT.owners);
        annotated.release(accounts);

        Account captured = ACCOUNT;
        assertThat(annotated.call(() -> captured.owners.size())).isEqualTo(1);
    }

    @Test
    void whatIsTheJdksOrEcontextsTravelsAsEver() {
        Places places = annotated.call(There::same, new Places(Path.of("../x"), context, ACCOUNT));
        assertThat(places.path()).isEqualTo(Path.of("../x"));
        assertThat(places.context()).isSameAs(context);
        assertThat(places.owner().name).isEqualTo("root");
        assertThat(annotated.exec("echo", "one").out()).isEqualTo("one\n");
        assertThat(annotated.call(There::texts, Map.of("k", List.of(Path.of("p")))))
                .containsExactly("k", "p");
    }

    @Test
    void exceptionsStayWhatTheyAre() {
        assertThatThrownBy(() -> annotated.call(There::failing, ACCOUNT))
                .isInstanceOf(RemoteCallException.class)
                .hasMessage("java.lang.IllegalStateException: no root");
    }

    @Test
    void childrenOfTheContextHaveItWhereItsCodeSaysSo() {
        assertThat(annotated.call(There::renamedInAChild, ACCOUNT, "toor").name).isEqualTo("toor");
        await().untilAsserted(() ->
                assertThat(broker.contexts()).extracting(RemoteContext::name).doesNotContain("annotated/child"));
    }

    @Test
    void aSubtypeThatIsNotListedIsRefused() {
        assertThatThrownBy(() -> annotated.call(There::unnamed))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("known type ids = [group, person]");
        assertThat(annotated.call(There::renamed, ACCOUNT, "x").name).isEqualTo("x");
    }

    @Test
    void typesThatNameClassesAreRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> annotated.call(There::byClass))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("There#byClass can't travel")
                .hasMessageContaining("@JsonTypeInfo(use = CLASS)");
    }

    @Test
    void aContextWithoutTheOptionPaysNothing() {
        RemoteContext plain = connect("plain");
        try {
            Cost cost = cost("by fields", () -> plain.call(There::grouped, new Group("wheel", 1)));
            assertThat(cost.bytes).isLessThan(PLAIN_BYTES);
        } finally {
            broker.remove(plain.name());
        }
    }

    @Test
    void jacksonGoesAheadOfAnyCallOnceAContextUsedIt() throws Exception {
        annotated.call(There::renamed, ACCOUNT, "toor");
        await().until(() -> all().mapToLong(ContextCounters::classesHit).sum() > MANY);
        RemoteContext second = connect("second", BY_JACKSON);
        try {
            List<Owner> owners = List.of(new Person("Eve"), ACCOUNT.owners.get(0));
            Cost cost = cost("by Jackson, later", () -> second.call(There::swapped, owners));
            assertThat(cost.requests).isLessThanOrEqualTo(MOST_REQUESTS_LATER);
            assertThat(cost.bytes).isLessThan(MOST_BYTES_LATER);
        } finally {
            broker.remove(second.name());
        }
    }

    /** What it took is printed. */
    private Cost cost(String how, Runnable call) {
        long requests = all().mapToLong(ContextCounters::classRequests).sum();
        long bytes = all().mapToLong(ContextCounters::bytesOut).sum();
        long start = System.nanoTime();
        call.run();
        long millis = (System.nanoTime() - start) / 1_000_000;
        Cost cost = new Cost(
                all().mapToLong(ContextCounters::classRequests).sum() - requests,
                all().mapToLong(ContextCounters::bytesOut).sum() - bytes);
        LOG.info("{} {}: {} in {} ms", wayIn, how, cost, millis);
        return cost;
    }

    private Stream<ContextCounters> all() {
        return broker.contexts().stream().map(each -> broker.counters(each.name()));
    }

    private record Cost(long requests, long bytes) {}

    /** Runs in the context. */
    static final class There {
        static Account renamed(Account account, String name) {
            return new Account(name, account.owners);
        }

        static Account renamedInAChild(Account account, String name) {
            ContextOptions options = ContextOptions.builder()
                    .connectTimeout(Duration.ofSeconds(90))
                    .callTimeout(Duration.ofSeconds(90))
                    .valuesByJackson(true)
                    .build();
            try (RemoteContext child =
                    Econtext.current().connect(Local.process().named("child").with(options))) {
                return child.call(There::renamed, account, name);
            }
        }

        static List<Owner> swapped(List<Owner> owners) {
            return List.of(owners.get(1), owners.get(0));
        }

        static Group grouped(Group group) {
            return new Group(group.name(), group.id() + 1);
        }

        static void follow(Account account, Sender<Account> sender) throws InterruptedException {
            sender.send(account);
            sender.send(new Account(account.name + " 1", account.owners));
        }

        static Places same(Places places) {
            return places;
        }

        static List<String> texts(Map<String, List<Path>> paths) {
            return List.of(
                    paths.keySet().iterator().next(),
                    paths.values().iterator().next().get(0).toString());
        }

        static Account failing(Account account) {
            throw new IllegalStateException("no " + account.name);
        }

        static Owner unnamed() {
            return new Stranger();
        }

        static ByClass byClass() {
            return null;
        }
    }

    static final class Account {
        @JsonProperty("user-name")
        final String name;

        @JsonProperty
        final List<Owner> owners;

        @JsonIgnore
        final String secret = "kept here";

        @JsonCreator
        Account(@JsonProperty("user-name") String name, @JsonProperty("owners") List<Owner> owners) {
            this.name = name;
            this.owners = owners;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Group.class, name = "group"),
        @JsonSubTypes.Type(value = Person.class, name = "person")
    })
    interface Owner {}

    record Group(String name, int id) implements Owner {}

    record Person(String name) implements Owner {}

    static final class Stranger implements Owner {
        public int id = 1;
    }

    record Places(Path path, RemoteContext context, Account owner) {}

    interface Accounts {
        void add(Account account);

        Map<String, Account> all();
    }

    static final class InMemory implements Accounts {
        private final Map<String, Account> all = new java.util.concurrent.ConcurrentHashMap<>();

        @Override
        public void add(Account account) {
            all.put(account.name, account);
        }

        @Override
        public Map<String, Account> all() {
            return all;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface ByClass {}
}
