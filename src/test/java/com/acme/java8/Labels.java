package com.acme.java8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Has a type that Jackson alone can make. Stateless. */
public final class Labels {
    private Labels() {}

    /** A text. Immutable. */
    public static final class Label {
        @JsonProperty
        private final String text;

        @JsonCreator
        public Label(@JsonProperty("text") String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public static int length(Label label) {
        return label.text.length();
    }

    public static Label of(String text) {
        return new Label(text);
    }
}
