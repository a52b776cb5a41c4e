package io.econtext.spring.autoconfigure;

import io.econtext.spring.Contexts;
import io.econtext.spring.shell.ContextCommands;
import io.econtext.spring.shell.OneShotRunner;
import io.econtext.spring.shell.WordParser;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.shell.core.InteractiveShellRunner;
import org.springframework.shell.core.autoconfigure.SpringShellAutoConfiguration;
import org.springframework.shell.core.command.CommandRegistry;

/** Configures the commands for Spring Shell, and the runner of one-shot commands. */
@AutoConfiguration(after = {EcontextAutoConfiguration.class, SpringShellAutoConfiguration.class})
@ConditionalOnClass({SpringShellAutoConfiguration.class, CommandRegistry.class})
@ConditionalOnBooleanProperty(name = "econtext.shell.enabled", matchIfMissing = true)
@ConditionalOnBean({Contexts.class, CommandRegistry.class})
@Import(ContextCommands.class)
public final class EcontextShellAutoConfiguration {

    @Bean
    @Primary
    OneShotRunner econtextOneShotRunner(CommandRegistry commands, ObjectProvider<InteractiveShellRunner> interactive) {
        return new OneShotRunner(new WordParser(commands), commands, interactive);
    }
}
