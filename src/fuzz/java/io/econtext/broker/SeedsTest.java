package io.econtext.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.econtext.core.LinkFuzz;
import io.econtext.parent.DialogFuzz;
import io.econtext.values.ValuesFuzz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Replays what fuzzers begin with, and what they once found. */
class SeedsTest {

    @Test
    void aLinkStandsWhatNeighboursSend() throws Exception {
        replay("LinkFuzz", LinkFuzz::fuzzerTestOneInput);
    }

    @Test
    void aTalkStandsWhatProgramsPrint() throws Exception {
        replay("DialogFuzz", DialogFuzz::fuzzerTestOneInput);
    }

    @Test
    void aControllerStandsWhatChildrenSend() throws Exception {
        replay("SessionFuzz", SessionFuzz::fuzzerTestOneInput);
    }

    @Test
    void aControllerStandsBodiesOfAnyKind() throws Exception {
        replay("BodyFuzz", BodyFuzz::fuzzerTestOneInput);
    }

    @Test
    void bothCodecsStandDocumentsOfAnyKind() throws Exception {
        replay("ValuesFuzz", ValuesFuzz::fuzzerTestOneInput);
    }

    private static void replay(String target, Consumer<byte[]> fuzzer) throws IOException, URISyntaxException {
        Path folder = Path.of(SeedsTest.class.getResource("/seeds/" + target).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> seeds = files.sorted().toList();
            assertTrue(seeds.size() > 5, "no seeds in " + folder);
            for (Path seed : seeds) {
                try {
                    fuzzer.accept(Files.readAllBytes(seed));
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("with " + seed.getFileName(), e);
                }
            }
        }
    }
}
