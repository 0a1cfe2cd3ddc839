package dev.parc.functions.http;

import dev.parc.app.Settings;

/**
 * Who can reach the app, and under which name.
 *
 * @param settings whether it asks for a sign-in or for a key, and what it is called
 * @param desk whether only this machine can call
 */
public record Access(Settings settings, boolean desk) {}
