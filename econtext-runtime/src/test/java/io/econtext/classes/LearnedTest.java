package io.econtext.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearnedTest {
    private final Learned learned = new Learned();

    private static List<String> names(String prefix, int number) {
        return IntStream.range(0, number).mapToObj(i -> prefix + i).toList();
    }

    @Test
    void whatTheLastCallLoadedComesFirst() {
        learned.add("a", List.of("x", "y", "z"));
        learned.add("a", List.of("w", "y"));

        assertThat(learned.of("a").all()).containsExactly("w", "y", "x", "z");
    }

    @Test
    void namesThatOneContextMakesUpGiveWayToWhatTheOthersLoad() {
        learned.add("a", names("junk", 100_000));
        learned.add("a", names("honest", 500));

        assertThat(learned.of("a").all()).hasSize(Learned.MOST_OF_METHOD).startsWith("honest0", "honest1");
        assertThat(learned.of("a").all()).containsAll(names("honest", 500));
    }

    @Test
    void oneMethodDoesNotMakeTheOthersForgotten() {
        learned.add("a", List.of("x"));
        learned.add("b", names("junk", 100_001));
        learned.add("b", names("more", 100_001));

        assertThat(learned.of("a").all()).containsExactly("x");
    }

    @Test
    void theMethodUsedLongestAgoIsForgottenFirst() {
        learned.add("first", List.of("x"));
        learned.add("second", List.of("x"));
        names("other", 998).forEach(method -> learned.add(method, List.of("x")));
        learned.of("first");

        learned.add("last", List.of("x"));

        assertThat(learned.of("second").all()).isEmpty();
        assertThat(learned.of("first").all()).isNotEmpty();
    }

    @Test
    void theVersionTellsWhetherSomethingIsNew() {
        learned.add("a", List.of("x", "y"));
        learned.add("b", List.of("x"));
        long before = learned.of("a").version();

        learned.add("a", List.of("x"));
        assertThat(learned.of("a").version()).isEqualTo(before);

        learned.add("a", List.of("z"));
        assertThat(learned.of("a").version()).isGreaterThan(learned.of("b").version());
        assertThat(learned.of("none").version()).isZero();
    }
}
