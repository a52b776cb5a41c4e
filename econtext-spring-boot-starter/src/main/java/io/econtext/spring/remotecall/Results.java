package io.econtext.spring.remotecall;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** How the results of a group's contexts become what a method returns. Stateless. */
enum Results {
    /** It returns nothing. */
    NONE {
        @Override
        @Nullable
        Object merge(Map<String, @Nullable Object> byContext) {
            return null;
        }
    },
    /** Each context returns an element of the list. */
    LIST {
        @Override
        Object merge(Map<String, @Nullable Object> byContext) {
            return new ArrayList<>(byContext.values());
        }
    },
    /** Each context returns a value of the map, whose keys are the names. */
    MAP {
        @Override
        Object merge(Map<String, @Nullable Object> byContext) {
            return byContext;
        }
    },
    /** Each context returns a part of the list. */
    JOINED_LIST {
        @Override
        Object merge(Map<String, @Nullable Object> byContext) {
            List<@Nullable Object> joined = new ArrayList<>();
            byContext.values().forEach(part -> {
                if (part != null) {
                    joined.addAll((List<?>) part);
                }
            });
            return joined;
        }
    },
    /** Each context returns a part of the map. */
    JOINED_MAP {
        @Override
        Object merge(Map<String, @Nullable Object> byContext) {
            Map<@Nullable Object, @Nullable Object> joined = new LinkedHashMap<>();
            byContext.values().forEach(part -> {
                if (part != null) {
                    joined.putAll((Map<?, ?>) part);
                }
            });
            return joined;
        }
    };

    abstract @Nullable Object merge(Map<String, @Nullable Object> byContext);

    /** The kind that fits, or {@code null} if the method can't be called on a group. */
    static @Nullable Results of(ResolvableType declared, ResolvableType onTarget) {
        Class<?> raw = declared.toClass();
        if (raw == void.class || raw == Void.class) {
            return NONE;
        }
        boolean joined = declared.getType().equals(onTarget.getType());
        if (raw == List.class) {
            return joined ? JOINED_LIST : fits(declared.getGeneric(0), onTarget) ? LIST : null;
        }
        if (raw == Map.class) {
            boolean named = declared.getGeneric(0).toClass() == String.class;
            return joined ? JOINED_MAP : named && fits(declared.getGeneric(1), onTarget) ? MAP : null;
        }
        return null;
    }

    static boolean fits(ResolvableType declared, ResolvableType onTarget) {
        return declared.isAssignableFrom(onTarget)
                || ResolvableType.forClass(boxed(declared.toClass())).isAssignableFrom(boxed(onTarget.toClass()));
    }

    private static Class<?> boxed(Class<?> type) {
        return ClassUtils.resolvePrimitiveIfNecessary(type);
    }

    /** What a method returns in the end, without the future around it. */
    static ResolvableType of(Method method, Class<?> type) {
        ResolvableType returned = ResolvableType.forMethodReturnType(method, type);
        return isFuture(method) ? returned.getGeneric(0) : returned;
    }

    static boolean isFuture(Method method) {
        Class<?> type = method.getReturnType();
        return type == CompletableFuture.class || type == CompletionStage.class || type == Future.class;
    }
}
