package io.econtext.spring.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void blanksDivideWords() {
        assertThat(Words.of("  context   list\t--json ")).containsExactly("context", "list", "--json");
        assertThat(Words.of("")).isEmpty();
    }

    @Test
    void quotesKeepBlanksAndCanBeEmpty() {
        assertThat(Words.of("a 'b c' \"d e\" '' x'y'z")).containsExactly("a", "b c", "d e", "", "xyz");
    }

    @Test
    void singleQuotesKeepEverything() {
        assertThat(Words.of("sh -c 'echo \"$HOME\" \\n'")).containsExactly("sh", "-c", "echo \"$HOME\" \\n");
    }

    @Test
    void backslashesEscape() {
        assertThat(Words.of("a\\ b \"c\\\"d\\e\"")).containsExactly("a b", "c\"d\\e");
    }

    @Test
    void anUnclosedQuoteIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Words.of("echo 'oops"))
                .withMessage(Words.UNCLOSED + "echo 'oops");
    }
}
