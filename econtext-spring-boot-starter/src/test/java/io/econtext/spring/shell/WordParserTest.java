package io.econtext.spring.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.econtext.spring.ScriptedContexts;
import io.econtext.spring.Specs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

class WordParserTest {

    private final CommandRegistry commands = new CommandRegistry();
    private final WordParser parser = new WordParser(commands);

    WordParserTest() {
        Places places = new Places(new ScriptedContexts(), new Specs(), new TypedPasswords());
        commands.registerCommand(new ListCommand(places));
        commands.registerCommand(new RunCommand(places));
        commands.registerCommand(new PingCommand(places));
        commands.registerCommand(Command.builder().name("greet").execute((context) -> "hello"));
    }

    @Test
    void everythingBehindTheSeparatorIsLeftAsItIs() {
        ParsedInput input = parser.parse(List.of("context", "exec", "web1", "--", "ls", "-l", "--", "a b", ""));

        assertThat(input.commandName()).isEqualTo("context");
        assertThat(input.subCommands()).containsExactly("exec");
        assertThat(arguments(input)).containsExactly("web1", "ls", "-l", "--", "a b", "");
        assertThat(input.options()).isEmpty();
    }

    @Test
    void aFlagTakesNoValue() {
        ParsedInput input = parser.parse("context list --json web1");

        assertThat(input.options()).extracting(CommandOption::value).containsExactly("true");
        assertThat(arguments(input)).containsExactly("web1");
    }

    @Test
    void anOptionTakesItsValueWithOrWithoutEquals() {
        for (String line : List.of("context ping web1 --count=-3", "context ping --count -3 web1")) {
            ParsedInput input = parser.parse(line);

            assertThat(input.options()).singleElement().satisfies(option -> {
                assertThat(option.longName()).isEqualTo("count");
                assertThat(option.value()).isEqualTo("-3");
            });
            assertThat(arguments(input)).containsExactly("web1");
        }
    }

    @Test
    void anUnknownOptionOfOurCommandsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parser.parse("context exec web1 ls -l"))
                .withMessageContaining("context exec: unknown option '-l'; it has none")
                .withMessageContaining("behind '--'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parser.parse("context ping web1 --cuont=3"))
                .withMessageContaining("it knows --count, --json");
    }

    @Test
    void anOptionWithoutItsValueIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parser.parse("context ping web1 --count"))
                .withMessage("option '--count' needs a value");
    }

    @Test
    void otherCommandsMayHaveOptionsThatTheyDoNotDeclare() {
        ParsedInput input = parser.parse("greet --who 'Ada L' -n=2 now");

        assertThat(input.commandName()).isEqualTo("greet");
        assertThat(input.options()).extracting(CommandOption::value).containsExactly("Ada L", "2");
        assertThat(input.options().get(1).shortName()).isEqualTo('n');
        assertThat(arguments(input)).containsExactly("now");
    }

    @Test
    void helpIsAFlagOfEveryCommand() {
        assertThat(parser.parse("context list --help").options())
                .extracting(CommandOption::longName)
                .containsExactly("help");
        assertThat(parser.parse("greet -h").options())
                .extracting(CommandOption::longName)
                .containsExactly("help");
    }

    @Test
    void theBeginningOfANameIsNoArgument() {
        assertThat(parser.parse("context").subCommands()).isEmpty();
        assertThat(arguments(parser.parse("context lis"))).containsExactly("lis");
    }

    private static List<String> arguments(ParsedInput input) {
        return input.arguments().stream().map(CommandArgument::value).toList();
    }
}
