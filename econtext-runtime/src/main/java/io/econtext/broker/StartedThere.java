package io.econtext.broker;

import io.econtext.ContextOptions;
import io.econtext.Way;

/** The way of a context that code in another one started: how is known there only. */
record StartedThere(String name, String address, ContextOptions options) implements Way {}
