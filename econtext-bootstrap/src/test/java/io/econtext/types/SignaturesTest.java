package io.econtext.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.TypeRef;
import io.econtext.core.ValueException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
    static class Inner<T> {}

    @Test
    void aSignatureIsTheJvmsOwn() {
        assertThat(Signatures.of(new TypeRef<List<String>>() {}.type()))
                .isEqualTo("Ljava/util/List<Ljava/lang/String;>;");
        assertThat(Signatures.of(int[][].class)).isEqualTo("[[I");
        assertThat(Signatures.of(void.class)).isEqualTo("V");
    }

    @Test
    void typesComeBack() {
        for (Type type : List.of(
                new TypeRef<Map<UUID, List<Optional<String>[]>>>() {}.type(),
                new TypeRef<Inner<Inner<byte[]>>>() {}.type(),
                new TypeRef<List<String>[][]>() {}.type(),
                String.class,
                double.class,
                Inner[].class)) {
            Type back = Signatures.parse(Signatures.of(type), getClass().getClassLoader());
            assertThat(Signatures.of(back)).isEqualTo(Signatures.of(type));
            assertThat(back.getTypeName()).isEqualTo(type.getTypeName());
        }
    }

    @Test
    void aWildcardIsWhatItIsAtLeast() {
        assertThat(Signatures.of(new TypeRef<List<? extends Number>>() {}.type()))
                .isEqualTo("Ljava/util/List<Ljava/lang/Number;>;");
        assertThat(Signatures.of(new TypeRef<List<?>>() {}.type())).isEqualTo("Ljava/util/List<Ljava/lang/Object;>;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "L",
                "X",
                "[",
                "Ljava/util/List",
                "Ljava/util/List<",
                "Ljava/util/List<>;",
                "Ljava/util/List<II>;",
                "Ljava/lang/String<I>;",
                "II",
                "Lno/such/Type;"
            })
    void whatIsNoSignatureIsRefused(String signature) {
        assertThatThrownBy(() -> Signatures.parse(signature, getClass().getClassLoader()))
                .isInstanceOf(ValueException.class);
    }
}
