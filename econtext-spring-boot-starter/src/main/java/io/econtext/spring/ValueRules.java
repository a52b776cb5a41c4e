package io.econtext.spring;

/** How records and beans in arguments, results and channels of a context travel. */
public enum ValueRules {
    /** By their fields. */
    FIELDS,
    /** As the annotations of Jackson on them say. */
    JACKSON;

    /** Where the definition of a context's bean, or of a group's, has the rules of it, or of all its contexts. */
    public static final String ATTRIBUTE = ValueRules.class.getName();
}
