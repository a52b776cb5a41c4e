package io.econtext.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds who may know whom. */
class DependenciesTest {

    private static final String API = "io.econtext";
    private static final String CORE = "io.econtext.core..";

    @Test
    void bootstrapNeedsNothingButTheJdk() {
        classes()
                .that(comeFrom(Modules.BOOTSTRAP))
                .and()
                .resideOutsideOfPackage("io.econtext.logging..")
                .should()
                .onlyDependOnClassesThat(comeFrom(Modules.BOOTSTRAP)
                        .or(resideInAnyPackage("java..", "javax.net.ssl", "org.jspecify.annotations")))
                .check(Modules.all());
    }

    @Test
    void theLoggingBridgeKnowsSlf4jAndNothingElse() {
        classes()
                .that()
                .resideInAPackage("io.econtext.logging..")
                .should()
                .onlyDependOnClassesThat(comeFrom(Modules.BOOTSTRAP)
                        .or(resideInAnyPackage("java..", "org.slf4j..", "org.jspecify.annotations")))
                .allowEmptyShould(true)
                .check(Modules.all());
    }

    @Test
    void theCoreKnowsOnlyItself() {
        classes()
                .that()
                .resideInAPackage(CORE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", CORE, "org.jspecify.annotations"))
                .check(Modules.all());
    }

    @Test
    void runtimeKnowsNoSpring() {
        noClasses()
                .that(comeFrom(Modules.RUNTIME))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.micrometer..")
                .check(Modules.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "classes", "values", "logs", "files"})
    void featuresOfTheRuntimeDoNotSeeEachOther(String feature) {
        String self = "io.econtext." + feature + "..";
        DescribedPredicate<JavaClass> ours = resideInAPackage("io.econtext..");
        DescribedPredicate<JavaClass> visible = resideInAnyPackage(
                API,
                "io.econtext.broker..",
                CORE,
                "io.econtext.call..",
                "io.econtext.levels..",
                "io.econtext.parent..",
                "io.econtext.types..",
                self);
        noClasses()
                .that()
                .resideInAPackage(self)
                .should()
                .dependOnClassesThat(ours.and(DescribedPredicate.not(visible)))
                .allowEmptyShould(true)
                .check(Modules.all());
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.(**)").should().beFreeOfCycles().check(Modules.all());
    }

    @Test
    void noPackageIsSplitOverTwoJars() {
        Map<String, Set<String>> homes = new TreeMap<>();
        for (JavaClass type : Modules.all()) {
            homes.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                    .add(Modules.of(type));
        }
        assertThat(homes)
                .isNotEmpty()
                .allSatisfy((name, modules) -> assertThat(modules).as(name).hasSize(1));
    }

    @Test
    void nothingIsEverDeserializedByJava() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.io.ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.io.ObjectOutputStream.class)
                .check(Modules.all());
    }

    /** Also true for arrays of a module's types, which themselves come from nowhere. */
    private static DescribedPredicate<JavaClass> comeFrom(String module) {
        return DescribedPredicate.describe("come from " + module, type -> {
            JavaClass base = type.getBaseComponentType();
            return base.getSource().isPresent()
                    && base.getPackageName().startsWith(API)
                    && Modules.of(base).equals(module);
        });
    }
}
