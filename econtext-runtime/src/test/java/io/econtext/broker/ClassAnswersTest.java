package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ClassAnswersTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(ClassAnswers.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
        log.start();
    }

    @AfterEach
    void stopListening() {
        logger.setLevel(null);
        logger.setAdditive(true);
        logger.detachAppender(log);
    }

    @Test
    void whyNothingCanBeReadIsLoggedOnceAndNotToldToTheTarget() {
        ClassAnswers answers = new ClassAnswers(new Unreadable());

        for (int i = 0; i < 3; i++) {
            ClassServer.Request request = new ClassServer.Request(1, "com.acme.App" + i, false, false, 17);
            assertThat(answers.find(request, new ClassServer.Sent()).why())
                    .isEqualTo("com.acme.App" + i + ClassAnswers.UNREADABLE);
        }

        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.DEBUG, Level.DEBUG);
    }

    /** Fails as where a jar is damaged. */
    private static final class Unreadable implements ClassServer {
        @Override
        public Answer find(Request request, Sent sent) {
            throw new UncheckedIOException(new IOException("/home/acme/app.jar is damaged"));
        }

        @Override
        public int loaderId(ClassLoader loader) {
            return 1;
        }

        @Override
        public Ahead ahead(Need need, Sent sent) {
            throw new AssertionError("nothing is called");
        }

        @Override
        public byte[] bootJar() {
            throw new AssertionError("nothing is started");
        }

        @Override
        public byte[] core() {
            throw new AssertionError("nothing is started");
        }
    }
}
