package io.econtext.spring.remotecall;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Resolves placeholders earlier than the bean factory itself does. Stateless. */
final class Placeholders {

    private Placeholders() {}

    static String resolve(BeanFactory beans, String text) {
        return beans.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class)
                .resolvePlaceholders(text);
    }
}
