package dev.parc.analysis.administrators;

import dev.parc.facts.directory.PrincipalType;

/**
 * A way in which a principal could get a role that it does not hold that way: it owns a group or an application that
 * leads there, or is an application with a permission that does.
 *
 * @param principalName as the list gave it that the way was found in
 * @param leadsTo the role, with the scope where it is not the whole tenant
 * @param path in words, to stand after "gets there"
 */
public record EscalationPath(
        String principalId, PrincipalType principalType, String principalName, String leadsTo, String path) {}
