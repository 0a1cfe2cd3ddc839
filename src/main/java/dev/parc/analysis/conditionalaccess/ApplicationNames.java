package dev.parc.analysis.conditionalaccess;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.EnterpriseApplication;
import dev.parc.facts.directory.MicrosoftApplication;
import dev.parc.facts.directory.PublishedApplication;
import dev.parc.facts.policies.PolicyObject;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What applications are called: Microsoft's by their public ids, others by what was read of the tenant. */
final class ApplicationNames {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Map<String, String> byId = new HashMap<>();

    /** Takes applications and what is published where they are at hand; asks for none of them. */
    static ApplicationNames of(Facts facts) {
        ApplicationNames names = new ApplicationNames();
        if (facts.asksFor(FactKind.PUBLISHED_APPLICATIONS)) {
            facts.<PublishedApplication>list(FactKind.PUBLISHED_APPLICATIONS)
                    .forEach(one -> names.byId.put(one.appId(), one.displayName()));
        }
        if (facts.asksFor(FactKind.ENTERPRISE_APPLICATIONS)) {
            facts.<EnterpriseApplication>list(FactKind.ENTERPRISE_APPLICATIONS)
                    .forEach(one -> names.byId.put(one.appId(), one.displayName()));
        }
        facts.policyObjects().stream()
                .filter(one -> one.kind() == PolicyObject.Kind.APPLICATION)
                .forEach(one -> names.byId.put(one.id(), one.name()));
        for (MicrosoftApplication one : MicrosoftApplication.values()) {
            names.byId.put(one.appId(), one.title());
        }
        return names;
    }

    /** The text with names in place of the ids that have one. */
    String inWords(String text) {
        return ID.matcher(text)
                .replaceAll(id -> byId.getOrDefault(id.group(), id.group())
                        .replace("\\", "\\\\")
                        .replace("$", "\\$"));
    }
}
