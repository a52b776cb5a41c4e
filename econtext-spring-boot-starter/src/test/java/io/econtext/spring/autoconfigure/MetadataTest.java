package io.econtext.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What development environments show of the properties. */
class MetadataTest {

    private final Map<String, JsonNode> properties = properties();

    @Test
    void everyOptionOfAContextIsDescribed() {
        assertDescribed("econtext.defaults.", ContextProperties.class);
        assertDescribed("econtext.defaults.connect-back.", ContextProperties.CallBack.class);
    }

    private void assertDescribed(String prefix, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType() != ContextProperties.CallBack.class) {
                assertDescribed(prefix + DataObjectPropertyName.toDashedForm(component.getName()));
            }
        }
    }

    @Test
    void theOtherPropertiesAreDescribed() {
        for (String name : Arrays.asList(
                "enabled",
                "unidirectional",
                "max-own-children",
                "resources",
                "contexts",
                "groups",
                "endpoint.operations",
                "events.queue",
                "logs.capacity",
                "shell.enabled")) {
            assertDescribed("econtext." + name);
        }
        assertThat(properties.get("econtext.enabled").get("defaultValue").asBoolean())
                .isTrue();
    }

    private void assertDescribed(String name) {
        assertThat(properties).containsKey(name);
        assertThat(properties.get(name).path("description").asString(""))
                .as(name)
                .isNotBlank();
    }

    private static Map<String, JsonNode> properties() {
        try (InputStream in =
                EcontextProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode all = JsonMapper.builder().build().readTree(in).get("properties");
            return StreamSupport.stream(all.spliterator(), false)
                    .filter(property -> property.get("name").asString().startsWith("econtext."))
                    .collect(Collectors.toMap(property -> property.get("name").asString(), property -> property));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
