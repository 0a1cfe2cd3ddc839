package dev.parc.report.html;

import dev.parc.assessment.CheckResult;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.NamedObject;
import dev.parc.check.Finding;
import dev.parc.check.SubjectType;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.report.portal.Portals;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where what a report names stands in the tenant's portals: subjects by their ids, and names inside sentences, if the run knows one
 * thing of that name and not two. A name stands in quotes there, after the word "application", or is a sign-in name. Nothing follows from a name but a link.
 */
final class PortalLinks {

    private static final String NAME = "'([^']{1,256})'|[^\\s,;:'\"()<>]{1,128}@[^\\s,;:'\"()<>]{1,128}(?<![.])";

    private final Portals portals;
    private final Pattern names;
    private final Map<String, String> byName = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();

    PortalLinks(ReportInput input) {
        this(input.portals(), input.inventory());
        for (CheckResult result : input.assessment().results()) {
            for (Finding finding : result.findings()) {
                know(finding.subjectName(), of(finding.subjectType(), finding.subjectId()));
            }
        }
    }

    PortalLinks(Portals portals, Optional<AdministratorInventory> inventory) {
        this.portals = portals;
        this.names = Pattern.compile(inventory.map(PortalLinks::applications).orElse("") + NAME);
        inventory.ifPresent(known -> {
            known.named().forEach(one -> know(one.name(), of(one.type(), one.id())));
            known.explained().administrators().forEach(one -> {
                know(one.name(), of(one.type(), one.id()));
                one.account().map(Account::signInName).ifPresent(name -> know(name, of(one.type(), one.id())));
            });
        });
    }

    /** The names of applications where a sentence calls them so, the longest first; nothing if none is known. */
    private static String applications(AdministratorInventory inventory) {
        String names = inventory.named().stream()
                .filter(one -> one.type() == SubjectType.SERVICE_PRINCIPAL)
                .map(NamedObject::name)
                .filter(name -> !name.isBlank())
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return names.isEmpty() ? "" : "(?<=\\bapplication )(?:" + names + ")(?![\\w-])|";
    }

    private void know(String name, Optional<String> place) {
        place.ifPresent(address -> {
            String before = byName.putIfAbsent(name, address);
            if (before != null && !before.equalsIgnoreCase(address)) {
                ambiguous.add(name);
            }
        });
    }

    Optional<String> of(SubjectType type, String id) {
        return portals.of(type, id);
    }

    Optional<String> of(PrincipalType type, String id) {
        return portals.of(type, id);
    }

    /** A name of something, with a link if it is known. */
    Html named(String name) {
        return Html.name(name, place(name));
    }

    private Optional<String> place(String name) {
        return Optional.ofNullable(byName.get(name)).filter(address -> !ambiguous.contains(name));
    }

    /** Several names, one after the other. */
    Html named(List<String> names) {
        return names.stream().map(this::named).collect(Html.joined(", "));
    }

    /** A sentence that may hold names of the tenant, with links where they are known. */
    Html in(String sentence) {
        Matcher found = names.matcher(sentence);
        Html told = Html.NONE;
        int from = 0;
        while (found.find()) {
            String quoted = found.group(1);
            String name = quoted == null ? found.group() : quoted;
            Optional<String> place = place(name);
            if (place.isPresent()) {
                int start = quoted == null ? found.start() : found.start(1);
                told = Html.all(told, Html.of("{}", sentence.substring(from, start)), Html.name(name, place));
                from = start + name.length();
            } else if (quoted != null) {
                // what closes one name may open another
                found.region(found.end() - 1, sentence.length());
            }
        }
        return from == 0 ? Html.name(sentence) : Html.of("<bdi>{}{}</bdi>", told, sentence.substring(from));
    }
}
