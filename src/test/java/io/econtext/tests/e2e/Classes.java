package io.econtext.tests.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.springframework.util.StringUtils;

/** Names of classes. Functions only. */
final class Classes {
    private Classes() {}

    /** So many classes that no target has. */
    static List<String> ofSpring(int number) throws Exception {
        Path jar = Path.of(StringUtils.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName().replace('/', '.'))
                    .filter(name -> name.matches("org\\.springframework\\.util\\..*\\.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .limit(number)
                    .toList();
        }
    }
}
