package io.econtext;

import java.nio.charset.StandardCharsets;

/** Makes a specification: {@code docker://db?user=postgres}. Used by one thread. */
final class Address {
    private static final String HEX = "0123456789ABCDEF";

    private final StringBuilder text;
    private char separator = '?';

    private Address(String text) {
        this.text = new StringBuilder(text);
    }

    static Address of(String scheme, String place) {
        Address address = new Address(scheme + "://");
        address.add(place);
        return address;
    }

    /** One without a place. */
    static Address of(String scheme) {
        return new Address(scheme + ":");
    }

    /** One that goes on where another ends. */
    static Address more(String specification) {
        Address address = new Address(specification);
        address.separator = specification.indexOf('?') < 0 ? '?' : '&';
        return address;
    }

    /** Adds an option, if it has a value. */
    Address with(String option, String value) {
        if (value != null) {
            text.append(separator).append(option).append('=');
            add(value);
            separator = '&';
        }
        return this;
    }

    private void add(String value) {
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c > ' ' && c < 0x7f && "%?&#+".indexOf(c) < 0) {
                text.append(c);
            } else {
                text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
