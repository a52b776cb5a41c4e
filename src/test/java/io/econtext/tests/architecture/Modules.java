package io.econtext.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project's own classes and the module that each came from. Immutable. */
final class Modules {

    static final String BOOTSTRAP = "econtext-bootstrap";
    static final String RUNTIME = "econtext-runtime";
    static final String STARTER = "econtext-spring-boot-starter";
    static final String DEMO = "demo-app";

    /** A class folder while the build is in the test phase, a jar in the verify phase. */
    private static final Pattern ORIGIN = Pattern.compile(
            ".*/(" + String.join("|", BOOTSTRAP, RUNTIME, STARTER, DEMO) + ")(?:/target/classes/|-[^/]+\\.jar!/).*");

    private static final ImportOption OUR_MODULES = location -> location.matches(ORIGIN);

    private static final JavaClasses ALL =
            new ClassFileImporter().withImportOption(OUR_MODULES).importPackages("io.econtext");

    private Modules() {}

    static JavaClasses all() {
        return ALL;
    }

    static String of(JavaClass type) {
        String uri = type.getSource().orElseThrow().getUri().toString();
        Matcher matcher = ORIGIN.matcher(uri);
        if (!matcher.matches()) {
            throw new IllegalStateException(uri + " belongs to no module");
        }
        return matcher.group(1);
    }
}
