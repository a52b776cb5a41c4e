package io.econtext.tests.e2e;

import io.econtext.RemoteContext;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/** An application with a web server, actuator and a context, which prints the port that it serves. */
@SpringBootApplication
public class LoggersApplication {
    static final String PORT = "port: ";

    public static void main(String[] arguments) {
        SpringApplication.run(LoggersApplication.class, arguments);
    }

    @EventListener
    void started(WebServerInitializedEvent event) {
        System.out.println(PORT + event.getWebServer().getPort());
    }

    @Bean
    DebugEndpoint debug(RemoteContext context) {
        return new DebugEndpoint(context);
    }

    /** Logs a debug line in the context, and says whether that is enabled there. */
    @Endpoint(id = "debug")
    record DebugEndpoint(RemoteContext context) {
        @ReadOperation
        public boolean debug(String logger, String message) {
            return context.call(There::debug, logger, message);
        }
    }

    /** Runs in the context. */
    static final class There {
        private There() {}

        static boolean debug(String logger, String message) {
            LoggerFactory.getLogger(logger).debug(message);
            return LoggerFactory.getLogger(logger).isDebugEnabled();
        }
    }
}
