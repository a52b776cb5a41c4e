package io.econtext.spring.autoconfigure;

import io.econtext.spring.Contexts;
import io.econtext.spring.shell.WordCompleter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.shell.core.autoconfigure.JLineShellAutoConfiguration;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.jline.CommandCompleter;

/** Configures the completion of the interactive shell, before Spring Shell's own is. */
@AutoConfiguration(after = EcontextAutoConfiguration.class, before = JLineShellAutoConfiguration.class)
@ConditionalOnClass({JLineShellAutoConfiguration.class, CommandCompleter.class, CommandRegistry.class})
@ConditionalOnBooleanProperty(name = "econtext.shell.enabled", matchIfMissing = true)
@ConditionalOnBean(Contexts.class)
public final class EcontextCompleterAutoConfiguration {

    @Bean
    // there is no shell where Spring Shell's own configuration was excluded
    @Lazy
    @ConditionalOnMissingBean(CommandCompleter.class)
    WordCompleter econtextCommandCompleter(CommandRegistry commands) {
        return new WordCompleter(commands);
    }
}
