package io.econtext.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Holds what the class files that travel to targets may contain. */
class BytecodeTest {

    private static final int MAJOR_VERSION_OFFSET = 6;

    @Test
    void everyClassOfTheBootstrapIsJava8Bytecode() {
        List<String> others = new ArrayList<>();
        int seen = 0;
        for (JavaClass type : Modules.all().that(inModule(Modules.BOOTSTRAP))) {
            int major = reader(type).readUnsignedShort(MAJOR_VERSION_OFFSET);
            if (major != Opcodes.V1_8) {
                others.add(type.getName() + " has version " + major);
            }
            seen++;
        }
        assertThat(seen).isPositive();
        assertThat(others).isEmpty();
    }

    @Test
    void theCoreHasNoLambdas() {
        List<String> places = new ArrayList<>();
        for (JavaClass type : core()) {
            reader(type).accept(new LambdaFinder(type.getName(), places), ClassReader.SKIP_DEBUG);
        }
        assertThat(places)
                .as("the first lambda costs a target 8 ms; write a class instead")
                .isEmpty();
    }

    @Test
    void theCoreHasNoEnums() {
        assertThat(core().stream().filter(JavaClass::isEnum).map(JavaClass::getName))
                .as("an enum with a switch costs a kilobyte; write int constants instead")
                .isEmpty();
    }

    private static List<JavaClass> core() {
        List<JavaClass> core = Modules.all().stream()
                .filter(type -> type.getPackageName().equals("io.econtext.core"))
                .toList();
        assertThat(core).isNotEmpty();
        return core;
    }

    private static DescribedPredicate<JavaClass> inModule(String module) {
        Predicate<JavaClass> test = type -> Modules.of(type).equals(module);
        return DescribedPredicate.describe("in " + module, test);
    }

    private static ClassReader reader(JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return new ClassReader(in);
        } catch (IOException e) {
            throw new UncheckedIOException(type.getName(), e);
        }
    }

    /** Notes every method that has an invokedynamic instruction. Used by one thread. */
    private static final class LambdaFinder extends ClassVisitor {
        private final String type;
        private final List<String> places;

        LambdaFinder(String type, List<String> places) {
            super(Opcodes.ASM9);
            this.type = type;
            this.places = places;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInvokeDynamicInsn(String name, String to, Handle bootstrap, Object... arguments) {
                    places.add(type + "." + method);
                }
            };
        }
    }
}
