package io.econtext.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ByJacksonTest {
    static class Own<T extends Comparable<T>> {
        List<? extends Map<String, Own<Integer>[]>> wildcard;
        T variable;
        Map<String, List<? super Path>> others;
        int[][] numbers;
    }

    @Test
    void aTypeIsMarkedWhereAnyPartOfItIsOfAnApplication() throws NoSuchFieldException {
        for (Type type : List.of(Own.class, Own[][].class, field("wildcard"))) {
            ParameterizedType named = (ParameterizedType) ByJackson.of(type);
            assertThat(named.getRawType()).isEqualTo(ByJackson.class);
            assertThat(named.getActualTypeArguments()).containsExactly(type);
        }
        for (Type type : List.of(String.class, field("variable"), field("others"), field("numbers"))) {
            assertThat(ByJackson.of(type)).isSameAs(type);
        }
    }

    private static Type field(String name) throws NoSuchFieldException {
        return Own.class.getDeclaredField(name).getGenericType();
    }

    @Test
    void onlyWhatJacksonLacksIsCalledSo() {
        assertThat(ByJackson.missing(new NoClassDefFoundError("tools/jackson/core/TreeNode")))
                .isEqualTo(ByJackson.MISSING);
        assertThat(ByJackson.missing(new NoClassDefFoundError("com/acme/Lost"))).contains("com/acme/Lost");
    }

    @Test
    void itsRefusalsAreInTheDocs() throws IOException {
        Path docs = Path.of(Files.isDirectory(Path.of("docs")) ? "docs" : "../docs", "values.md");
        assertThat(Files.readString(docs)).contains(ByJackson.MISSING, ByJackson.TOO_OLD.replace("%", "8"));
    }
}
