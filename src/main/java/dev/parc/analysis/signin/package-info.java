/** What a sign-in can be: applications, places, devices and methods, without anybody who signs in. */
@NullMarked
package dev.parc.analysis.signin;

import org.jspecify.annotations.NullMarked;
