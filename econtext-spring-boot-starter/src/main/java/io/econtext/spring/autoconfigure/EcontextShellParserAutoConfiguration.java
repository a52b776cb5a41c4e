package io.econtext.spring.autoconfigure;

import io.econtext.spring.Contexts;
import io.econtext.spring.shell.WordParser;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.shell.core.autoconfigure.SpringShellAutoConfiguration;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;

/** Configures the parser for Spring Shell, before its own is. */
@AutoConfiguration(after = EcontextAutoConfiguration.class, before = SpringShellAutoConfiguration.class)
@ConditionalOnClass({SpringShellAutoConfiguration.class, CommandRegistry.class})
@ConditionalOnBooleanProperty(name = "econtext.shell.enabled", matchIfMissing = true)
@ConditionalOnBean(Contexts.class)
public final class EcontextShellParserAutoConfiguration {

    @Bean
    // there are no commands where Spring Shell's own configuration was excluded
    @Lazy
    @ConditionalOnMissingBean(CommandParser.class)
    WordParser econtextCommandParser(CommandRegistry commands) {
        return new WordParser(commands);
    }
}
