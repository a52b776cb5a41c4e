package io.econtext.tests.behaviour;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class of tests that leaves a thread, a process, a pipe or a socket behind; {@link AfterEveryTest} does so for
 * each test. Used by one thread.
 */
final class NothingLeftBehind implements BeforeAllCallback, AfterAllCallback {
    private Footprint before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = Footprint.now();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        before.assertNothingWasAdded();
    }

    /** For tests that share nothing. */
    static final class AfterEveryTest implements BeforeEachCallback, AfterEachCallback {
        private Footprint before;

        @Override
        public void beforeEach(ExtensionContext context) {
            before = Footprint.now();
        }

        @Override
        public void afterEach(ExtensionContext context) {
            before.assertNothingWasAdded();
        }
    }
}
