package io.econtext.classes;

import io.econtext.call.LambdaBodies;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads the class files of lambdas. Stateless. */
public final class UsesOfThis implements LambdaBodies {

    @Override
    public String usedOfThis(ClassLoader loader, String className, String method, String descriptor) {
        try (InputStream in = loader.getResourceAsStream(className.replace('.', '/') + ".class")) {
            return in == null ? "" : new Search(new ClassReader(in)).from(method + descriptor);
        } catch (IOException | RuntimeException e) {
            // The refusal stands without it; the class file may be newer than what reads it here.
            return "";
        }
    }

    /** Goes through a lambda's body, and those of the lambdas in it. */
    private static final class Search extends ClassVisitor {
        private final ClassReader in;
        private final String owner;
        private final Deque<String> bodies = new ArrayDeque<>();
        private final Set<String> seen = new HashSet<>();
        private final Set<String> fields = new LinkedHashSet<>();
        private final Set<String> methods = new LinkedHashSet<>();
        private String wanted = "";

        Search(ClassReader in) {
            super(Opcodes.ASM9);
            this.in = in;
            owner = in.getClassName();
        }

        String from(String body) {
            bodies.add(body);
            while (!bodies.isEmpty()) {
                wanted = bodies.remove();
                if (seen.add(wanted)) {
                    in.accept(this, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
                }
            }
            // a method may be another object's; a field that is read from variable 0 is not
            return String.join(", ", fields.isEmpty() ? methods : fields);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return wanted.equals(name + descriptor) ? new Body() : null;
        }

        private void call(String type, String name) {
            if (type.equals(owner)) {
                methods.add("its method " + name);
            }
        }

        /** One lambda's instructions. */
        private final class Body extends MethodVisitor {
            private boolean afterThis;

            Body() {
                super(Opcodes.ASM9);
            }

            @Override
            public void visitVarInsn(int opcode, int variable) {
                afterThis = opcode == Opcodes.ALOAD && variable == 0;
            }

            @Override
            public void visitFieldInsn(int opcode, String type, String name, String descriptor) {
                boolean ofThis = opcode == Opcodes.GETFIELD ? afterThis : opcode == Opcodes.PUTFIELD;
                if (ofThis && type.equals(owner)) {
                    fields.add("its field " + name + " ("
                            + Type.getType(descriptor).getClassName() + ")");
                }
                afterThis = false;
            }

            @Override
            public void visitMethodInsn(int opcode, String type, String name, String descriptor, boolean ofInterface) {
                if (name.equals("<init>")) {
                    if (descriptor.startsWith("(L" + owner + ";")) {
                        methods.add(
                                "its inner class " + Type.getObjectType(type).getClassName());
                    }
                } else if (opcode == Opcodes.INVOKESPECIAL) {
                    methods.add("its method " + name);
                } else if (opcode != Opcodes.INVOKESTATIC) {
                    call(type, name);
                }
                afterThis = false;
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
                for (Object argument : arguments) {
                    if (argument instanceof Handle handle && handle.getOwner().equals(owner)) {
                        if (handle.getName().startsWith("lambda$")) {
                            bodies.add(handle.getName() + handle.getDesc());
                        } else if (handle.getTag() != Opcodes.H_INVOKESTATIC) {
                            call(handle.getOwner(), handle.getName());
                        }
                    }
                }
                afterThis = false;
            }
        }
    }
}
