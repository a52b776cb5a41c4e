package io.econtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {

    @TempDir
    Path directory;

    private Path log;
    private final CollectingSender lines = new CollectingSender();

    @BeforeEach
    void placeTheLog() {
        log = directory.resolve("app.log");
    }

    @Test
    void beginsWithTheLastTenLinesAndEndsWhenTheChannelIsClosed() throws Exception {
        Files.write(log, IntStream.rangeClosed(1, 25).mapToObj(i -> "line " + i).collect(Collectors.toList()));
        CollectingSender ten = new CollectingSender(10);

        Tail.follow(log, ten);

        assertThat(ten.sent).hasSize(10).startsWith("line 16").endsWith("line 25");
    }

    @Test
    void beginsWithAsManyLinesAsAskedFor() throws Exception {
        Files.writeString(log, "one\ntwo\nthree\n");

        assertThat(linesOf(2)).containsExactly("two", "three");
        assertThat(linesOf(0)).isEmpty();
        assertThat(linesOf(7)).containsExactly("one", "two", "three");
    }

    @Test
    void findsTheLastLinesAcrossBlocks() throws Exception {
        String wide = "x".repeat(5000);
        Files.writeString(log, "first\n" + wide + "\n" + wide + "\n" + wide + "\n");

        assertThat(linesOf(3)).containsExactly(wide, wide, wide);
    }

    @Test
    void aLineIsSentOnlyWhenItIsComplete() throws Exception {
        Files.writeString(log, "half");
        try (FollowedFile file = new FollowedFile(log.toFile(), 10, lines)) {
            file.step();
            assertThat(lines.sent).isEmpty();

            append(" and half\r\n");
            assertThat(file.step()).isTrue();
            assertThat(lines.sent).containsExactly("half and half");
            assertThat(file.step()).isFalse();
        }
    }

    @Test
    void goesOnWithTheNewFileWhenTheOldOneIsRenamed() throws Exception {
        Files.writeString(log, "old 1\n");
        try (FollowedFile file = new FollowedFile(log.toFile(), 10, lines)) {
            file.step();
            append("old 2\nold, unfinished");
            Files.move(log, directory.resolve("app.log.1"));
            file.step();
            Files.writeString(log, "new 1\n");
            file.step();
            file.step();
        }
        assertThat(lines.sent).containsExactly("old 1", "old 2", "old, unfinished", "new 1");
    }

    @Test
    void beginsAnewWhenTheFileIsTruncated() throws Exception {
        Files.writeString(log, "a long line\nanother\n");
        try (FollowedFile file = new FollowedFile(log.toFile(), 1, lines)) {
            file.step();
            Files.writeString(log, "short\n");
            file.step();
            file.step();
        }
        assertThat(lines.sent).containsExactly("another", "short");
    }

    @Test
    void aVeryLongLineComesInPiecesThatKeepCharactersWhole() throws Exception {
        String wide = "é".repeat(70_000);
        Files.writeString(log, "x" + wide + "\n");
        try (FollowedFile file = new FollowedFile(log.toFile(), 1, lines)) {
            file.step();
        }
        assertThat(lines.sent).hasSizeGreaterThan(2);
        assertThat(String.join("", lines.sent)).isEqualTo("x" + wide);
        assertThat(lines.sent)
                .allSatisfy(piece ->
                        assertThat(piece.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(64 * 1024));
    }

    @Test
    void aFileThatIsNotThereAtFirstIsAnError() {
        assertThatThrownBy(() -> Tail.follow(log, lines))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("app.log");
    }

    @Test
    void aDirectoryIsAnError() {
        assertThatThrownBy(() -> Tail.follow(directory, lines))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a regular file");
    }

    private List<String> linesOf(int last) throws IOException, InterruptedException {
        CollectingSender sender = new CollectingSender();
        try (FollowedFile file = new FollowedFile(log.toFile(), last, sender)) {
            file.step();
        }
        return sender.sent;
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }
}
