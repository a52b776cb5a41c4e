package io.econtext.spring.shell;

import io.econtext.spring.Contexts;
import io.econtext.spring.Specs;
import io.econtext.spring.history.RecentLogs;
import org.springframework.beans.factory.ObjectProvider;
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
    Command econtextGroupCommand(ObjectProvider<ContextCommand> commands) {
        return new GroupCommand(commands);
    }

    @Bean
    ContextCommand econtextListCommand(Places places) {
        return new ListCommand(places);
    }

    @Bean
    ContextCommand econtextTreeCommand(Places places) {
        return new TreeCommand(places);
    }

    @Bean
    ContextCommand econtextConnectCommand(Places places) {
        return new ConnectCommand(places);
    }

    @Bean
    ContextCommand econtextCloseCommand(Places places) {
        return new CloseCommand(places);
    }

    @Bean
    ContextCommand econtextPingCommand(Places places) {
        return new PingCommand(places);
    }

    @Bean
    ContextCommand econtextExecCommand(Places places) {
        return new RunCommand(places);
    }

    @Bean
    ContextCommand econtextCallCommand(Places places) {
        return new CallCommand(places);
    }

    @Bean
    ContextCommand econtextFactsCommand(Places places) {
        return new FactsCommand(places);
    }

    @Bean
    ContextCommand econtextTailCommand(Places places) {
        return new TailCommand(places);
    }

    @Bean
    ContextCommand econtextLogsCommand(Places places, RecentLogs logs) {
        return new LogsCommand(places, logs);
    }

    @Bean
    ContextCommand econtextDoctorCommand(Places places) {
        return new DoctorCommand(places);
    }

    @Bean
    ContextCommand econtextSizesCommand(Places places, @Lazy Contexts contexts) {
        return new SizesCommand(places, contexts);
    }
}
