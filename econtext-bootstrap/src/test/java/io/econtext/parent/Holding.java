package io.econtext.parent;

/** The ways to hold the boot jar, by what the target has. */
enum Holding {
    PERL("perl"),
    PYTHON("python3"),
    RAM_FILE;

    private final String[] programs;

    Holding(String... programs) {
        this.programs = programs;
    }

    Programs programs() {
        return Programs.of(programs);
    }
}
