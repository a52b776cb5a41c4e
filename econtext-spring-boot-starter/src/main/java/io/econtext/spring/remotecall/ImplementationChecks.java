package io.econtext.spring.remotecall;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.Aware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.Lifecycle;

/** Checks that a class can be made and can live on a target, where there is no Spring. Stateless. */
final class ImplementationChecks {
    /** By name, as some of them need not be there. */
    private static final Set<String> CONTAINER_ANNOTATIONS = Set.of(
            "org.springframework.beans.factory.annotation.Autowired",
            "org.springframework.beans.factory.annotation.Value",
            "jakarta.inject.Inject",
            "jakarta.annotation.Resource",
            "jakarta.annotation.PostConstruct",
            "jakarta.annotation.PreDestroy");

    private static final List<Class<?>> CONTAINER_INTERFACES =
            List.of(Aware.class, InitializingBean.class, DisposableBean.class, Lifecycle.class);

    private static final String NO_SPRING = "Spring isn't there. Pass what the method needs as arguments";

    private ImplementationChecks() {}

    static void check(String bean, Class<?> type) {
        checkKind(bean, type);
        checkConstructor(bean, type);
        for (Class<?> each = type; each != Object.class && each != null; each = each.getSuperclass()) {
            List<Member> members = new ArrayList<>(Arrays.asList(each.getDeclaredFields()));
            members.addAll(Arrays.asList(each.getDeclaredMethods()));
            for (Member member : members) {
                String annotation = containerAnnotation((AnnotatedElement) member);
                if (annotation != null) {
                    throw new RemoteCallDefinitionException(
                            bean,
                            "@" + annotation + " on " + each.getSimpleName() + "." + member.getName()
                                    + " has no effect on the target",
                            NO_SPRING);
                }
            }
        }
        for (Class<?> container : CONTAINER_INTERFACES) {
            if (container.isAssignableFrom(type)) {
                throw new RemoteCallDefinitionException(
                        bean,
                        type.getSimpleName() + " implements " + container.getSimpleName()
                                + ", which has no effect on the target",
                        NO_SPRING);
            }
        }
    }

    private static void checkKind(String bean, Class<?> type) {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new RemoteCallDefinitionException(
                    bean, type.getName() + " is abstract and can't be made on the target", "Name a class that can");
        }
        if (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
            throw new RemoteCallDefinitionException(
                    bean,
                    type.getName() + " is an inner class, whose outer object isn't on the target",
                    "Make it static");
        }
    }

    private static void checkConstructor(String bean, Class<?> type) {
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        if (Arrays.stream(constructors).noneMatch(constructor -> constructor.getParameterCount() == 0)) {
            throw new RemoteCallDefinitionException(
                    bean,
                    type.getName() + " has no constructor without parameters, by which it is made on the target",
                    "Add one. Beans can't be injected, as " + NO_SPRING);
        }
    }

    private static @Nullable String containerAnnotation(AnnotatedElement member) {
        return Arrays.stream(member.getAnnotations())
                .map(annotation -> annotation.annotationType())
                .filter(type -> CONTAINER_ANNOTATIONS.contains(type.getName()))
                .map(Class::getSimpleName)
                .findFirst()
                .orElse(null);
    }
}
