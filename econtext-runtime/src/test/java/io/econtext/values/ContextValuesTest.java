package io.econtext.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import io.econtext.call.Contexts;
import io.econtext.call.ValueCodec;
import io.econtext.core.Binder;
import io.econtext.core.ValueException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContextValuesTest {
    private final Map<Integer, RemoteContext> known = new HashMap<>();
    private final ValueCodec values = new Values().knowing(new Known());
    private final RemoteContext web = context(7, "wéb");

    @Test
    void aContextIsItsIdAndItsName() {
        byte[] document = values.encode(web, RemoteContext.class);
        byte[] reference = {0, 0, 0, 7, 'w', (byte) 0xC3, (byte) 0xA9, 'b'};
        assertThat(document).isEqualTo(Binder.write(reference, byte[].class));
        assertThat(values.decode(document, 0, document.length, RemoteContext.class))
                .isSameAs(web);
    }

    @Test
    void itStaysItselfWithinOtherValues() {
        Pair pair = new Pair(web, List.of(web, web), null);
        byte[] document = values.encode(pair, Pair.class);
        Pair same = (Pair) values.decode(document, 0, document.length, Pair.class);
        assertThat(same.one()).isSameAs(web);
        assertThat(same.more()).containsExactly(web, web);
        assertThat(same.none()).isNull();
        values.checkPortable(Pair.class);
    }

    @Test
    void oneThatIsNotKnownIsRefused() {
        known.remove(7);
        assertThatThrownBy(() -> values.encode(web, RemoteContext.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("'wéb' is no context");
        byte[] other = Binder.write(new byte[] {0, 0, 0, 9, 'x'}, byte[].class);
        assertThatThrownBy(() -> values.decode(other, 0, other.length, RemoteContext.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("none by 9");
        assertThatThrownBy(() -> new Values().encode(web, RemoteContext.class))
                .isInstanceOf(NotPortableException.class);
    }

    @Test
    void oneThatWasNeverConnectedIsRefused() {
        RemoteContext fresh = context(-1, "fresh");
        assertThatThrownBy(() -> values.encode(fresh, RemoteContext.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("'fresh' was never connected");
    }

    @Test
    void whatIsNoReferenceIsRefused() {
        for (byte[] document : List.of(
                Binder.write(new byte[3], byte[].class),
                Binder.write("web", String.class),
                Binder.write(7, int.class))) {
            assertThatThrownBy(() -> values.decode(document, 0, document.length, RemoteContext.class))
                    .isInstanceOf(NotPortableException.class);
        }
    }

    private RemoteContext context(int id, String name) {
        RemoteContext context = (RemoteContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RemoteContext.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "id" -> id;
                        case "name" -> name;
                        case "hashCode" -> id;
                        case "equals" -> proxy == arguments[0];
                        default -> name + "(" + id + ")";
                    };
                });
        known.put(id, context);
        return context;
    }

    record Pair(RemoteContext one, List<RemoteContext> more, RemoteContext none) {}

    private final class Known extends Contexts {
        @Override
        protected boolean owns(RemoteContext context) {
            return known.containsValue(context);
        }

        @Override
        protected RemoteContext find(int id, String name) {
            RemoteContext found = known.get(id);
            if (found == null) {
                throw new ValueException("none by " + id);
            }
            return found;
        }
    }
}
