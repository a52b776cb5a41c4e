package io.econtext.connect;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StrangersTest {
    private final Strangers strangers = new Strangers();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Strangers.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.setAdditive(true);
        logger.detachAppender(log);
    }

    @Test
    void anAddressIsLoggedOnceForEachKindOfReason() throws Exception {
        for (int version = 2; version < 200; version++) {
            strangers.refused(address(1), "it speaks version " + version + ", not 1");
        }
        strangers.refused(address(1), "nobody is expected");
        strangers.refused(address(2), "nobody is expected");

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "a call back from 10.0.0.1 was refused: it speaks version 2, not 1",
                        "a call back from 10.0.0.1 was refused: nobody is expected",
                        "a call back from 10.0.0.2 was refused: nobody is expected");
        assertThat(strangers.refused()).isEqualTo(200);
    }

    @Test
    void afterSoManyTheyAreOnlyCountedWhichIsSaid() throws Exception {
        int all = Strangers.MAX_LOGGED + 100;
        for (int i = 0; i < all; i++) {
            strangers.refused(address(i), "nobody is expected");
        }

        assertThat(log.list).hasSize(Strangers.MAX_LOGGED + 1);
        assertThat(log.list.get(Strangers.MAX_LOGGED).getFormattedMessage()).contains("only counted from now on");
        assertThat(strangers.refused()).isEqualTo(all);
    }

    private static InetAddress address(int number) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
    }
}
