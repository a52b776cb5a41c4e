package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusalsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Logger logger = (Logger) LoggerFactory.getLogger(Refusals.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> told = new ArrayList<>();
    private final Refusals refusals = new Refusals("mallory", Runnable::run, told::add);

    @BeforeEach
    void listen() {
        logger.addAppender(log);
        logger.setAdditive(false);
        log.start();
    }

    @AfterEach
    void stopListening() {
        logger.setAdditive(true);
        logger.detachAppender(log);
    }

    @Test
    void theFirstOfAKindIsLoggedAndToldAtOnce() {
        refusals.add(1, "claims to come from 3 on behalf of 5");
        refusals.add(1, "claims to come from -17 on behalf of 0");
        refusals.add(1, "sent noise");
        assertThat(told).containsExactly("claims to come from 3 on behalf of 5", "sent noise");
        assertThat(lines())
                .containsExactly(
                        "mallory claims to come from 3 on behalf of 5: refused", "mallory sent noise: refused");
        assertThat(refusals.sum()).isEqualTo(3);
    }

    @Test
    void theOthersAreLoggedAsANumberOnceASecond() {
        refusals.add(1, "claims to come from 3");
        long start = System.nanoTime() + SECOND;
        refusals.log(start);
        refusals.add(5, "claims to come from 4");
        refusals.log(start + SECOND - 1);
        refusals.add(1, "claims to come from 6");
        assertThat(lines()).hasSize(1);
        refusals.log(start + SECOND);
        refusals.log(start + 2 * SECOND);
        assertThat(lines())
                .hasSize(2)
                .contains("mallory: 6 more messages were refused, the last as it claims to come from 6");
        assertThat(refusals.sum()).isEqualTo(7);
    }

    @Test
    void whatIsLeftIsLoggedAtTheEnd() {
        refusals.add(3, "sent noise");
        refusals.log();
        refusals.log();
        assertThat(lines())
                .containsExactly(
                        "mallory sent noise: refused",
                        "mallory: 2 more messages were refused, the last as it sent noise");
    }

    @Test
    void aTextOfAnyLengthIsShownAsAShortLine() {
        refusals.add(1, "sent \u001b[2J\n" + "a".repeat(1_000_000));
        refusals.add(1, "sent \u001b[2J\n" + "a".repeat(1_000_000) + "b");
        refusals.log();
        assertThat(told)
                .hasSize(1)
                .allSatisfy(text -> assertThat(text).hasSizeLessThan(1100).startsWith("sent ␛[2J␊aaa"));
        assertThat(lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThan(1100)
                        .doesNotContain("\u001b")
                        .doesNotContain("\n"));
    }

    @Test
    void kindsWithoutEndAreLoggedAsANumberToo() {
        for (char c = 'a'; c < 'a' + 1000; c++) {
            refusals.add(1, "sent " + c);
        }
        assertThat(lines()).hasSizeLessThan(100);
        assertThat(told).hasSizeLessThan(100);
        assertThat(refusals.sum()).isEqualTo(1000);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
