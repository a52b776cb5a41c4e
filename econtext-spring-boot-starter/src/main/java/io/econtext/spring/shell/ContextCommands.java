package io.econtext.spring.shell;

import io.econtext.spring.Contexts;
import io.econtext.spring.Specs;
import io.econtext.spring.history.RecentLogs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.shell.core.command.Command;

/** The commands as beans, as Spring Shell doesn't look for those of a starter. */
@Configuration(proxyBeanMethods = false)
public class ContextCommands {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    TypedPasswords econtextTypedPasswords() {
        return new TypedPasswords();
    }

    @Bean
    Places econtextPlaces(@Lazy Contexts contexts, Specs specs, TypedPasswords passwords) {
        return new Places(contexts, specs, passwords);
    }

    @Bean
    Command econtextListCommand(Places places) {
        return new ListCommand(places);
    }

    @Bean
    Command econtextConnectCommand(Places places) {
        return new ConnectCommand(places);
    }

    @Bean
    Command econtextCloseCommand(Places places) {
        return new CloseCommand(places);
    }

    @Bean
    Command econtextPingCommand(Places places) {
        return new PingCommand(places);
    }

    @Bean
    Command econtextExecCommand(Places places) {
        return new RunCommand(places);
    }

    @Bean
    Command econtextCallCommand(Places places) {
        return new CallCommand(places);
    }

    @Bean
    Command econtextFactsCommand(Places places) {
        return new FactsCommand(places);
    }

    @Bean
    Command econtextTailCommand(Places places) {
        return new TailCommand(places);
    }

    @Bean
    Command econtextLogsCommand(Places places, RecentLogs logs) {
        return new LogsCommand(places, logs);
    }

    @Bean
    Command econtextSizesCommand(Places places, @Lazy Contexts contexts) {
        return new SizesCommand(places, contexts);
    }
}
